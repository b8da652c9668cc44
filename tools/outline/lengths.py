"""Count how long a lesson takes, from its length.

Alone, a learner reads 100 words a minute, mathematics included, and needs a minute for each code cell and each
question.  In class, a teacher says 160 words a minute, and needs 40 seconds for each code cell and each question.  A
question is a passage in bold with a question mark in it; a word is what stands between spaces and has a letter or a
digit, without comments and addresses of links.
"""

import math
import re
from dataclasses import dataclass

from nbformat import NotebookNode

from tools.outline.read import Outline

WORDS_A_MINUTE_ALONE, WORDS_A_MINUTE_IN_CLASS = 100, 160
SECONDS_A_STOP_ALONE, SECONDS_A_STOP_IN_CLASS = 60, 40  # a stop is a code cell or a question
STATED_IN_STEPS_OF = 5  # minutes

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)]*\)")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")


@dataclass(frozen=True)
class Length:
    """How much a notebook holds."""

    words: int
    code_cells: int
    questions: int

    @property
    def in_class(self) -> float:
        """Minutes that it takes in class."""
        return self._minutes(WORDS_A_MINUTE_IN_CLASS, SECONDS_A_STOP_IN_CLASS)

    @property
    def alone(self) -> float:
        """Minutes that it takes alone."""
        return self._minutes(WORDS_A_MINUTE_ALONE, SECONDS_A_STOP_ALONE)

    def _minutes(self, words_a_minute: int, seconds_a_stop: int) -> float:
        return self.words / words_a_minute + (self.code_cells + self.questions) * seconds_a_stop / 60


def measure(notebook: NotebookNode) -> Length:
    """Count the words, the code cells and the questions of a notebook."""
    texts = [_COMMENT.sub("", cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]
    return Length(
        words=sum(bool(re.search(r"\w", word)) for text in texts for word in _without_addresses(text).split()),
        code_cells=sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in notebook.cells),
        questions=sum("?" in bold for text in texts for bold in _BOLD.findall(text)),
    )


def _without_addresses(text: str) -> str:
    """Return a text with its links' words only; a badge is a picture within a link, and has none."""
    while (shorter := _LINK.sub(lambda link: "" if link[0].startswith("!") else link[1], text)) != text:
        text = shorter
    return text


def stated(minutes: float) -> int:
    """Return the minutes to state for counted ones: the next multiple of five."""
    return math.ceil(minutes / STATED_IN_STEPS_OF) * STATED_IN_STEPS_OF


def explanation() -> str:
    """Say how the times are counted, for README."""
    return (
        "The times in class and alone are computed from the lesson's length, and rounded up to a multiple of "
        f"{STATED_IN_STEPS_OF} minutes.\nFor working alone, we allow a minute for every {WORDS_A_MINUTE_ALONE} words, "
        "for each code cell and for each question in bold; in class, a\nminute for "
        f"every {WORDS_A_MINUTE_IN_CLASS} words and {SECONDS_A_STOP_IN_CLASS} seconds for each "
        'cell and question. "Runs in" was measured on two CPU cores without a GPU.'
    )


def report(outline: Outline, lengths: dict[int, Length]) -> str:
    """Return a table of the lessons' lengths, by the lesson's number, and which of them exceed the course's goal."""
    columns = ("words", "code cells", "questions", "in class", "stated", "alone", "stated")
    lines = [f"{'lesson':30}" + "".join(f"{column:>12}" for column in columns)]
    long = []
    for lesson in outline.ready:
        if lesson.number not in lengths:  # its notebook is missing or broken
            continue
        length = lengths[lesson.number]
        row = [length.words, length.code_cells, length.questions]
        row += [f"{length.in_class:.1f}", lesson.in_class, f"{length.alone:.1f}", lesson.alone]
        lines.append(f"{lesson.file:30}" + "".join(f"{value:>12}" for value in row))
        if length.in_class > outline.goal_in_class or length.alone > outline.goal_alone:
            long.append(lesson.label)
    goal = f"The goal is {outline.goal_in_class} minutes in class and {outline.goal_alone} alone at most"
    return "\n".join([*lines, f"{goal}; too long: {', '.join(long) or 'none'}."])
