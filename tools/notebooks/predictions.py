"""Find the questions that ask for a prediction, and the cells whose stored output answers them.

A question in bold asks for a prediction.  The code cells below it whose output gives the answer carry a tag.  It is the
only source: `tools.notebooks.tidy` collapses these outputs for whoever opens the notebook itself, and
`tools.learner_copy` leaves them out.  The standard library is enough here, because learners run that tool too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

ANSWER = "answers-a-prediction"  # on a code cell
ANSWERED_IN_TEXT = "answered-in-text"  # on the question's own cell, where no output gives the answer

# What JupyterLab, and by the notebook format every other program, reads as "do not show the output at first".  Whoever
# runs the cell sees it.
COLLAPSED = {"collapsed": True, "jupyter": {"outputs_hidden": True}}

_INLINE_CODE = re.compile(r"`[^`]*`")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_ASKS = re.compile(r".*\?|(Compute|Draw|Guess|Predict|Write down)\b", re.DOTALL)
_HEADING = re.compile(r"^#+ ", re.MULTILINE)


def cell_source(cell: Mapping) -> str:
    """Return the source of a cell, which a notebook file may hold in lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def is_answer(cell: Mapping) -> bool:
    """Tell whether the output of a cell answers a prediction."""
    return cell["cell_type"] == "code" and ANSWER in cell["metadata"].get("tags", [])


def questions(source: str) -> list[str]:
    """Return the questions in bold of a markdown text, each on one line."""
    bold = _BOLD.findall(_INLINE_CODE.sub("`...`", source))
    return [" ".join(text.split()) for text in bold if _ASKS.match(text)]


def open_questions(cells: Sequence[Mapping]) -> list[str]:
    """Return the questions of a notebook that no tag answers.

    A question is answered by a tagged cell with an output below it, before the next heading and the next question, or
    by the tag `ANSWERED_IN_TEXT` on its own cell.

    Parameters
    ----------
    cells
        The cells of the notebook.
    """
    left = []
    for position, cell in enumerate(cells):
        asked = questions(cell_source(cell)) if cell["cell_type"] == "markdown" else []
        if asked and ANSWERED_IN_TEXT not in cell["metadata"].get("tags", []):
            below = _reach(cells[position + 1 :])
            if not any(is_answer(other) and other["outputs"] for other in below):
                left.append(asked[-1])
    return left


def _reach(cells: Sequence[Mapping]) -> Iterator[Mapping]:
    """Yield the cells up to the next heading or question."""
    for cell in cells:
        source = cell_source(cell)
        if cell["cell_type"] == "markdown" and (_HEADING.search(source) or questions(source)):
            return
        yield cell
