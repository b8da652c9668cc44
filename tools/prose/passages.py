"""The pieces of text of a notebook, and the code cells that each is next to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

SECTION = re.compile(r"^## (\d+)\.(?!\d)", re.MULTILINE)
_BEFORE_HEADING = re.compile(r"^(?=##+ )", re.MULTILINE)
_TIMES = re.compile(r"^\*\*Time:\*\*.*$", re.MULTILINE)  # estimates, and what one machine took


@dataclass(frozen=True)
class Passage:
    """A markdown cell, or what stands under one of its headings, or the alternative text of a figure.

    Attributes
    ----------
    cell
        Position of its cell among all cells, from 0.
    section
        Number of the section (``## 3. ...``) that it belongs to; 0 before the first one.
    text
        What it says.
    next_to
        Positions of the code cells in the run before it and in the run behind it.
    is_task
        True for the statement of an exercise: it sets numbers, so not all of them were measured.
    """

    cell: int
    section: int
    text: str
    next_to: tuple[int, ...]
    is_task: bool = False


def split_passages(cells: Sequence[NotebookNode]) -> list[Passage]:
    """Return all texts of a notebook, in its order.

    Text in front of a heading belongs to the code before the cell, and text under it to the code behind.
    """
    passages, section = [], 0
    for position, cell in enumerate(cells):
        if cell.cell_type == "code":
            run = (*_run(cells, position, -1), position, *_run(cells, position, 1))
            passages += [Passage(position, section, text, run) for text in alternative_texts(cell)]
        if cell.cell_type != "markdown":
            continue
        pieces = [piece for piece in _BEFORE_HEADING.split(_TIMES.sub("", cell.source)) if piece.strip()]
        for number, piece in enumerate(pieces):
            heading = SECTION.match(piece)
            section = int(heading[1]) if heading else section
            before = () if piece.startswith("##") else _run(cells, position, -1)
            behind = _run(cells, position, 1) if number == len(pieces) - 1 else ()
            passages.append(Passage(position, section, piece, (*before, *behind), "**Objective:**" in piece))
    return passages


def _run(cells: Sequence[NotebookNode], position: int, step: int) -> tuple[int, ...]:
    """Return the code cells before (step -1) or behind (1) a cell: of a text, the nearest run; of code, its own."""
    wanted = range(position + step, -1 if step < 0 else len(cells), step)
    kinds = [cells[other].cell_type for other in wanted]
    start = 0 if cells[position].cell_type == "code" else kinds.index("code") if "code" in kinds else len(kinds)
    end = next((place for place in range(start, len(kinds)) if kinds[place] != "code"), len(kinds))
    return tuple(wanted[start:end])


def alternative_texts(cell: NotebookNode) -> list[str]:
    """Return the alternative texts of a cell's figures; not of explorers, whose texts are computed."""
    if "widgets" in cell.metadata.get("course", {}):
        return []
    described = [about for output in cell.get("outputs", []) for about in output.get("metadata", {}).values()]
    return [about["alt"] for about in described if isinstance(about, dict) and "alt" in about]
