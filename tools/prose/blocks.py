"""The paragraphs, list items and table rows of a text, and the sections that they name."""

import itertools
import re
from dataclasses import dataclass

HEADING = re.compile(r"^(#+) +(?P<title>.*)$", re.MULTILINE)
_BLOCK_END = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*] |\||\d+\. ))|\n(?=#)")
_SENTENCE_END = re.compile(r"(?<=[.!?:])[*)]*\s+(?=[^a-z\d])")
_SECTIONS = re.compile(r"\bsections?\s+(\d+(?:(?:\s*,\s*|\s+to\s+|,?\s+and\s+|,?\s+or\s+)\d+)*)", re.IGNORECASE)
_LESSONS = re.compile(r"\blessons?\s+(\d\d(?:(?:\s*,\s*|\s+to\s+|,?\s+and\s+|,?\s+or\s+)\d\d)*)", re.IGNORECASE)
_REFERENCES = ("article", "lesson", "lessons", "section", "sections")
_ESTIMATES = ("minutes alone", "in class", "alone", "runs in")
_TABLE_LINE = re.compile(r"^\s*\|(.*)\|\s*$")


@dataclass(frozen=True)
class Block:
    """A paragraph, list item or table row: where it begins in the text, and its own text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    def sentence_at(self, place: int) -> str:
        """Return the sentence at a place of the whole text, on one line."""
        cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(self.text)), len(self.text)]
        start = max(cut for cut in cuts if cut <= place - self.start)
        end = min(cut for cut in cuts if cut > place - self.start)
        return " ".join(self.text[start:end].split())


def split_blocks(text: str) -> list[Block]:
    """Split a text into its blocks."""
    cuts = [0, *(match.end() for match in _BLOCK_END.finditer(text)), len(text)]
    return [Block(start, text[start:end]) for start, end in itertools.pairwise(cuts) if text[start:end].strip()]


def sections_named(block: Block, text: str) -> set[int]:
    """Return the numbers of the sections that a block names, in words or in a column "section" of its table."""
    named = {number for listed in _SECTIONS.findall(block.text) for number in _numbers(listed)}
    for title, (start, end) in _columns(block, text):
        if title in ("section", "sections"):
            named |= _numbers(text[start:end])
    return named


def lessons_named(block: Block) -> set[int]:
    """Return the numbers of the lessons that a block names."""
    return {number for listed in _LESSONS.findall(block.text) for number in _numbers(listed)}


def is_reference(block: Block, text: str, place: int) -> bool:
    """Tell whether what stands at a place of a text is in a column of section numbers, lessons or estimated times."""
    titles = [title for title, (start, end) in _columns(block, text) if start <= place < end]
    return bool(titles) and titles[0] in (*_REFERENCES, *_ESTIMATES)


def _columns(block: Block, text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return the titles of a table's columns and where in the text they begin and end in this row; empty elsewhere."""
    if not _TABLE_LINE.match(block.text.strip("\n")):
        return []
    bars = [block.start + match.start() for match in re.finditer(r"\|", block.text)]
    return list(zip(_header(block, text), itertools.pairwise(bars), strict=False))


def _header(block: Block, text: str) -> list[str]:
    """Return the titles of the columns of the table that a row belongs to."""
    lines = text[: block.end].rstrip("\n").split("\n")
    header = ""
    for line in reversed(lines):
        if not _TABLE_LINE.match(line):
            break
        header = line
    return [title.strip() for title in header.strip().strip("|").split("|")]


def _numbers(listed: str) -> set[int]:
    """Return the numbers of "3, 5 and 8 to 10"."""
    found = set()
    for first, last in re.findall(r"(\d+)(?:\s+to\s+(\d+))?", listed):
        found |= set(range(int(first), int(last or first) + 1))
    return found
