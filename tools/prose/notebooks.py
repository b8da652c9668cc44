"""Where the numbers of a notebook's texts have to be found.

A number of a text must stand, rounded or not, in one of these places:

1. in a sum that the text itself writes out (3 × 3 × 32 = 288), which must be right;
2. in the code cells next to the text, that is, the run of cells before it and the run behind it, or in their outputs;
3. in the cells of a section that its paragraph, list item or table row names ("section 4");
4. with the same noun in an earlier text of the notebook ("25 epochs"), where it was found;
5. if it is too particular to be met there by chance (three digits that say something, a million, or 64 × 64), anywhere
   in the notebook, in the stored results that it loads, in the lesson of solutions, or in a lesson that is named;
6. for the answer to an exercise, in its statement, code included;
7. among the ``numbers`` that the metadata of its cell name (under ``course``), each with its source.

Numbers of two digits that the statement of an exercise sets need no source.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from course_utils import results
from course_utils.environment import ROOT
from tools.notebooks.tidy import read_notebook
from tools.prose import evidence
from tools.prose.arithmetic import read_sums
from tools.prose.blocks import Block, is_reference, lessons_named, sections_named, split_blocks
from tools.prose.evidence import Evidence
from tools.prose.passages import SECTION, Passage, split_passages
from tools.prose.quantities import Quantity, read_quantities
from tools.prose.sources import source_problem

PARTICULAR = 3  # digits that say something
LAST_LESSON = 11  # lessons up to it are announced
_LARGE = re.compile(r"(?:thousand|million|billion)\b")
_RESULT = re.compile(r"results\.load\(\s*[\"'](\w+)[\"']")
_NO_NOUNS = frozenset(["a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or"])


@dataclass(frozen=True)
class Problem:
    """What is wrong with a number of a text.

    Attributes
    ----------
    place
        The id of its cell, or the line of a document.
    number
        As written.
    message
        What is wrong.
    sentence
        The sentence that it stands in.
    """

    place: str
    number: str
    message: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.number!r} {self.message}: {self.sentence}"


class NotebookTexts:
    """The texts of a notebook, and what their numbers may come from.

    Parameters
    ----------
    path
        A lesson, or the solutions of its exercises (in ``solutions/``, under the lesson's name).
    """

    def __init__(self, path: Path):
        self.path = path
        self.cells = read_notebook(path.read_text(encoding="utf-8")).cells
        self.passages = split_passages(self.cells)

    # --- what numbers may come from

    @cached_property
    def by_cell(self) -> dict[int, Evidence]:
        """The numbers of each code cell."""
        numbered = enumerate(self.cells)
        return {place: Evidence(evidence.of_cell(cell)) for place, cell in numbered if cell.cell_type == "code"}

    @cached_property
    def by_section(self) -> dict[int, Evidence]:
        """The numbers of the code cells of each section."""
        parts: dict[int, list[Evidence]] = {0: []}
        section = 0
        for place, cell in enumerate(self.cells):
            if place in self.by_cell:
                parts[section].append(self.by_cell[place])
            else:
                for number in SECTION.findall(cell.source):
                    section = int(number)
                    parts.setdefault(section, [])
        return {number: Evidence.joined(part) for number, part in parts.items()}

    @cached_property
    def everything(self) -> Evidence:
        """The numbers of all code cells, and of the stored results that they load."""
        source = "\n".join(cell.source for cell in self.cells if cell.cell_type == "code")
        stored = [results.load(name)["rows"] for name in sorted(set(_RESULT.findall(source)))]
        return Evidence.joined([*self.by_cell.values(), Evidence(evidence.of_result(stored))])

    @cached_property
    def lesson(self) -> "NotebookTexts":
        """The lesson that solutions belong to; a lesson itself."""
        return NotebookTexts(self.path.parents[1] / self.path.name) if self.path.parent.name == "solutions" else self

    @cached_property
    def _first_said(self) -> dict[tuple[float, str], int]:
        """The number of the first passage that says each number with its noun."""
        first: dict[tuple[float, str], int] = {}
        for order, passage in enumerate(self.passages):
            for key in with_nouns(read_quantities(passage.text)):
                first.setdefault(key, order)
        return first

    def _in_named_sections(self, block: Block, text: str) -> Evidence:
        """Return the numbers of the sections that a block names, of this lesson or of the lessons that it names."""
        sections = sections_named(block, text)
        owners = [self.lesson, *_lessons(block)]
        return Evidence.joined(
            texts.by_section[number] for texts in owners for number in sections & {*texts.by_section}
        )

    def _anywhere(self, block: Block) -> Evidence:
        """Return the numbers of this notebook, of its lesson, and of the lessons that a block names."""
        return Evidence.joined(texts.everything for texts in (self, self.lesson, *_lessons(block)))

    # --- the check

    def problems(self) -> list[Problem]:
        """Return what is wrong with the numbers of all texts."""
        return [problem for passage in self.passages for problem in self.problems_of(passage)] + self._wrong_sources()

    def problems_of(self, passage: Passage) -> list[Problem]:
        """Return what is wrong with the numbers of a passage."""
        judged = [problem for _, problem in self.judge(passage) if problem]
        return judged + self._wrong_sums(passage) + self._wrong_references(passage)

    def judge(self, passage: Passage) -> list[tuple[Quantity, Problem | None]]:
        """Return each number of a passage that is checked, with what is wrong with it."""
        quantities = read_quantities(passage.text)
        sums = [place for each in read_sums(passage.text) if each.holds for place in each.results]
        judged = []
        for position, quantity in enumerate(quantities):
            block = next(block for block in split_blocks(passage.text) if block.start <= quantity.start < block.end)
            if is_reference(block, passage.text, quantity.start) or self._is_exercise(quantity, passage):
                continue
            if quantity.is_malformed:
                message = None if may_be_lesson(quantity, block) else "begins with 0"
            elif not quantity.is_checked:
                continue
            elif any(quantity.start <= start and end <= quantity.end for start, end in sums):
                message = None
            else:
                found = self._is_found(quantity, passage, block, quantities[:position])
                message = None if found else "is found nowhere near"
            problem = (
                self._problem(passage, quantity.text, message, block.sentence_at(quantity.start)) if message else None
            )
            judged.append((quantity, problem))
        return judged

    def _is_found(self, quantity: Quantity, passage: Passage, block: Block, earlier: list[Quantity]) -> bool:
        """Tell whether a number stands in one of the places 2 to 7 (see above)."""
        return (
            any(self.by_cell[place].supports(quantity) for place in passage.next_to)
            or self._in_named_sections(block, passage.text).supports(quantity)
            or self._was_said(quantity, passage, earlier)
            or (_is_particular(quantity) and self._anywhere(block).supports(quantity))
            or (passage.is_task and not _is_particular(quantity))
            or self._task_of(passage).supports(quantity)
            or one_line(quantity.text) in self._sources(passage.cell)
        )

    def _is_exercise(self, quantity: Quantity, passage: Passage) -> bool:
        """Tell whether a number such as 5.3 is that of an exercise: "the last cell of 5.3"."""
        named = re.search(r"\b(?:of|from|and|to|with) +\Z", passage.text[: quantity.start]) is not None
        return named and any(cell.source.startswith(f"## {quantity.text} ") for cell in self.cells)

    def _task_of(self, passage: Passage) -> Evidence:
        """Return the numbers of the statement of the exercise that a passage answers."""
        tasks = [other.text for other in self.passages if other.is_task and other.cell < passage.cell]
        return Evidence(evidence.of_text(tasks[-1]) if tasks else ())

    def _was_said(self, quantity: Quantity, passage: Passage, earlier: list[Quantity]) -> bool:
        order = next(number for number, other in enumerate(self.passages) if other.cell == passage.cell)
        keys = with_nouns([quantity])
        return any(self._first_said.get(key, order) < order for key in keys) or not keys.isdisjoint(with_nouns(earlier))

    def _problem(self, passage: Passage, number: str, message: str, sentence: str) -> Problem:
        return Problem(f"{self.path.name}, cell {self.cells[passage.cell].id}", one_line(number), message, sentence)

    def _sources(self, cell: int) -> dict[str, str]:
        return self.cells[cell].metadata.get("course", {}).get("numbers", {})

    def _wrong_sources(self) -> list[Problem]:
        """Return the sources of numbers that are wrong, or that no text of their cell needs any more."""
        problems = []
        for cell in sorted({passage.cell for passage in self.passages}):
            passages = [passage for passage in self.passages if passage.cell == cell]
            stated = {one_line(quantity.text) for each in passages for quantity in read_quantities(each.text)}
            for number, source in self._sources(cell).items():
                message = source_problem(number, source) if number in stated else "has a source, and no text states it"
                if message:
                    problems.append(self._problem(passages[0], number, message, source))
        return problems

    def _wrong_sums(self, passage: Passage) -> list[Problem]:
        wrong = [each.text for each in read_sums(passage.text) if not each.holds]
        return [self._problem(passage, text, "is not so", text) for text in wrong]

    def _wrong_references(self, passage: Passage) -> list[Problem]:
        """Return references to sections that do not exist."""
        problems = []
        for block in split_blocks(passage.text):
            last = max(max(texts.by_section) for texts in (self.lesson, *_lessons(block)))
            missing = [number for number in sections_named(block, passage.text) if number > last]
            problems += [
                self._problem(passage, str(number), "is the number of no section", one_line(block.text))
                for number in missing
            ]
        return problems


@cache
def read_lesson(number: int) -> NotebookTexts | None:
    """Return the texts of a lesson, by its number; None if it does not exist yet."""
    paths = sorted((ROOT / "notebooks").glob(f"{number:02}_*.ipynb"))
    return NotebookTexts(paths[0]) if paths else None


def _lessons(block: Block) -> list[NotebookTexts]:
    """Return the lessons that a block names, as far as they exist."""
    return [lesson for number in sorted(lessons_named(block)) if (lesson := read_lesson(number))]


def with_nouns(quantities: Iterable[Quantity]) -> set[tuple[float, str]]:
    """Return numbers with the beginnings of their nouns, and particular numbers also alone."""
    keys = set()
    for quantity in quantities:
        for reading in quantity.readings:
            if quantity.noun and quantity.noun not in _NO_NOUNS:
                keys.add((reading.value, quantity.noun[:5]))
            if _is_particular(quantity):
                keys.add((reading.value, ""))
    return keys


def _is_particular(quantity: Quantity) -> bool:
    return quantity.significant >= PARTICULAR or quantity.is_of_square or _LARGE.search(quantity.text) is not None


def may_be_lesson(quantity: Quantity, block: Block) -> bool:
    """Tell whether a number such as 05 is that of a lesson: the word stands before it, in its sentence."""
    in_range = len(quantity.digits) == 2 and int(quantity.digits) <= LAST_LESSON
    before = block.text[: quantity.start - block.start]
    return in_range and re.search(r"\blessons?\b[^.!?]{0,40}\Z", before, re.IGNORECASE) is not None


def one_line(text: str) -> str:
    """Return a text with single spaces in place of line breaks."""
    return " ".join(text.split())
