"""The numbers of README, of the data card and of the page behind it.

A number must stand, rounded or not, in one of these places:

1. in a sum that the text itself writes out;
2. in the measured table before its paragraph or behind it (between ``<!-- measured: name -->`` and ``<!-- end -->``;
   `tools.rendered_set card` writes those), within its section (``## ...``);
3. in the stored result of a benchmark that its paragraph names (``benchmarks.transfer``);
4. with the same noun in an earlier paragraph;
5. in ``documents.json`` beside this file, with its source (see `tools.prose.sources`).
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course_utils import results
from course_utils.environment import ROOT
from tools.prose import evidence
from tools.prose.arithmetic import read_sums
from tools.prose.blocks import Block, is_reference, split_blocks
from tools.prose.evidence import Evidence
from tools.prose.notebooks import Problem, may_be_lesson, one_line, with_nouns
from tools.prose.quantities import Quantity, read_quantities
from tools.prose.sources import source_problem

DOCUMENTS = ("README.md", "data/README.md", "data/MEASUREMENTS.md")
SOURCES = Path(__file__).with_name("documents.json")
_OUTLINE = re.compile(r"<!-- outline: \w+ -->.*?<!-- end -->", re.DOTALL)
_MEASURED = re.compile(r"<!-- measured: \w+ -->.*?<!-- end -->", re.DOTALL)
_BENCHMARK = re.compile(r"\bbenchmarks[./](\w+)")
_SECTION = re.compile(r"^## ", re.MULTILINE)


def _blank(match: re.Match) -> str:
    return re.sub(r"[^\n]", " ", match.group())


@dataclass(frozen=True)
class _Table:
    """A measured table: where it stands, and its numbers."""

    start: int
    end: int
    numbers: Evidence


class DocumentTexts:
    """A document, and what its numbers may come from.

    Parameters
    ----------
    name
        Path of the document from the course's folder.
    text
        What it says; by default what the file holds.
    """

    def __init__(self, name: str, text: str | None = None):
        self.name = name
        self.whole = (ROOT / name).read_text(encoding="utf-8") if text is None else text
        # Measured tables, and what the outline writes, have checks of their own; blank, they keep every other place.
        self.text = _OUTLINE.sub(_blank, _MEASURED.sub(_blank, self.whole))
        self.sources = json.loads(SOURCES.read_text(encoding="utf-8")).get(name, {})

    @cached_property
    def _tables(self) -> list[_Table]:
        matches = _MEASURED.finditer(self.whole)
        return [_Table(match.start(), match.end(), Evidence(evidence.of_text(match.group()))) for match in matches]

    def problems(self) -> list[Problem]:
        """Return what is wrong with the numbers of the document."""
        sums = read_sums(self.text)
        explained = {place for each in sums if each.holds for place in each.results}
        problems = [Problem(self.name, each.text, "is not so", each.text) for each in sums if not each.holds]
        blocks, quantities = split_blocks(self.text), read_quantities(self.text)
        for position, quantity in enumerate(quantities):
            block = next(block for block in blocks if block.start <= quantity.start < block.end)
            if is_reference(block, self.text, quantity.start) or (quantity.start, quantity.end) in explained:
                continue
            if quantity.is_malformed:
                message = None if may_be_lesson(quantity, block) else "begins with 0"
            else:
                found = not quantity.is_checked or self._is_found(quantity, block, quantities[:position])
                message = None if found else "is found nowhere near"
            if message:
                place = f"{self.name}, line {self.text.count(chr(10), 0, quantity.start) + 1}"
                problems.append(Problem(place, one_line(quantity.text), message, block.sentence_at(quantity.start)))
        return problems + self._wrong_sources({one_line(quantity.text) for quantity in quantities})

    def _is_found(self, quantity: Quantity, block: Block, earlier: list[Quantity]) -> bool:
        """Tell whether a number stands in one of the places 2 to 5 (see above)."""
        return (
            any(table.numbers.supports(quantity) for table in self._tables_next_to(block))
            or self._results_named(block).supports(quantity)
            or not with_nouns([quantity]).isdisjoint(with_nouns(earlier))
            or one_line(quantity.text) in self.sources
        )

    def _tables_next_to(self, block: Block) -> list[_Table]:
        """Return the last measured table before a block and the first one behind it, in its section."""
        starts = [match.start() for match in _SECTION.finditer(self.text)]
        start = max([0, *(place for place in starts if place <= block.start)])
        end = min([len(self.text), *(place for place in starts if place > block.start)])
        here = [table for table in self._tables if start <= table.start < end]
        before = [table for table in here if table.end <= block.start][-1:]
        behind = [table for table in here if table.start >= block.end - 1][:1]
        return before + behind

    def _results_named(self, block: Block) -> Evidence:
        names = [name for name in _BENCHMARK.findall(block.text) if (results.FOLDER / f"{name}.json").exists()]
        return Evidence(evidence.of_result([results.load(name)["rows"] for name in names]))

    def _wrong_sources(self, stated: set[str]) -> list[Problem]:
        problems = []
        for number, source in self.sources.items():
            message = source_problem(number, source) if number in stated else "has a source, and no text states it"
            if message:
                problems.append(Problem(f"{self.name} in {SOURCES.name}", number, message, source))
        return problems
