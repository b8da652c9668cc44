"""Make a whole notebook of exercises from its solutions, and tell whether the one in the checkout is current."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_utils import exercises
from tools.exercises import rules
from tools.exercises.blanks import (
    KEEP_OUTPUT,
    SOLUTION_ONLY,
    ExerciseError,
    blank_out,
    kept_figures,
    kept_tags,
    leak_pattern,
    refuse_marks,
    telling_lines,
    telling_values,
)
from tools.notebooks.embedded import figures_in
from tools.notebooks.tidy import cell_tags, normalise, read_notebook, write_notebook
from tools.outline.read import ROOT

FOLDER = ROOT / "notebooks"


def solutions(folder: Path = FOLDER) -> list[Path]:
    """Return the notebooks of solutions."""
    return sorted((folder / "solutions").glob("[0-9][0-9]_*.ipynb"))


def target(path: Path) -> Path:
    """Return where the exercises of a notebook of solutions belong."""
    return path.parents[1] / "exercises" / path.name


def checkers(path: Path) -> list[str]:
    """Return the names of the exercises of this lesson that have a checker."""
    lesson = int(path.name[:2])
    return list(exercises.exercises(lesson)) if lesson in exercises.lessons() else []


def generate(path: Path) -> str:
    """Return the text of the exercises that belong to a notebook of solutions.

    Raises
    ------
    ExerciseError
        With all that is wrong with the notebook, and where.
    """
    name = f"solutions/{path.name}"
    problems = rules.problems(path, checkers(path))
    if problems:
        raise ExerciseError("\n  ".join([f"{name}:", *problems]))
    cells, taken_out = [], set()
    for number, cell in enumerate(read_notebook(path.read_text(encoding="utf-8")).cells, start=1):
        try:
            made, lines = _learners_cell(cell)
        except ExerciseError as error:
            raise ExerciseError(f"{name}:\n  cell {number} (of all cells, from 1): {error}") from error
        cells += made
        taken_out |= telling_lines(lines)
    _speak_to_the_learner(cells, path)
    refuse_leaks(cells, taken_out, name)
    metadata = {"course": {"generated_from": f"notebooks/{name}"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return write_notebook(normalise(nbformat.from_dict(notebook)))


def _learners_cell(cell: NotebookNode) -> tuple[list[NotebookNode], list[str]]:
    """Return the cell as a learner gets it, if at all, and the lines that were taken out."""
    if SOLUTION_ONLY in cell_tags(cell):
        return [], []
    made = NotebookNode(id=cell.id, cell_type=cell.cell_type, source=cell.source, metadata=NotebookNode())
    if kept_tags(cell):
        made.metadata.tags = kept_tags(cell)
    if cell.cell_type != "code":
        refuse_marks(cell.source)
        return [made], []
    made.source, lines = blank_out(cell.source)
    made.execution_count = None
    made.outputs = kept_figures(cell) if KEEP_OUTPUT in cell_tags(cell) else []
    return [made], lines


def _speak_to_the_learner(cells: list[NotebookNode], path: Path) -> None:
    """Say under the title how the notebook is used, and let its badge open it rather than the solutions."""
    if not cells or cells[0].cell_type != "markdown" or not cells[0].source.startswith("# "):
        raise ExerciseError(f"solutions/{path.name}: the first cell must be markdown and begin with the title, `# ...`")
    lesson = int(path.name[:2])
    note = (
        "*This notebook is yours. Write your answer in place of each `...`, run the cell with Shift + Enter, then run "
        "the check below it. If the answer is not right yet, the check gives you one hint. Change your answer and "
        "check again: after two tries, `solution(...)` with the number of the exercise shows how it can be done. "
        f"`progress({lesson})` shows what you have passed; it is kept on this machine only.*"
    )
    title, _, rest = cells[0].source.partition("\n")
    rest = rest.replace(f"/notebooks/solutions/{path.name}", f"/notebooks/exercises/{path.name}")
    cells[0].source = f"{title}\n\n{note}\n{rest}"


def refuse_leaks(cells: list[NotebookNode], taken_out: set[str], name: str) -> None:
    """Raise ExerciseError if a solution, or an output that was not asked for, is still there.

    Parameters
    ----------
    cells
        The cells as a learner gets them.
    taken_out
        Lines of code that give a solution away.
    name
        Of the notebook of solutions, for the message.
    """
    for cell in cells:
        where = f"{name}:\n  the exercise cell {cell.id}, which begins {cell.source.partition(chr(10))[0][:60]!r}:"
        figures = [figure for output in cell.get("outputs", []) for figure in figures_in(output)]
        shown = "\n".join([cell.source, *(figure.alt or "" for figure in figures)])
        for line in sorted(taken_out | (telling_values(taken_out) if cell.cell_type == "markdown" else set())):
            if leak_pattern(line).search(shown):
                raise ExerciseError(f"{where} holds a line of a solution, {line!r}: put it between the marks too")
        outputs = cell.get("outputs", [])
        if outputs and KEEP_OUTPUT not in cell.metadata.get("tags", []):
            raise ExerciseError(f"{where} has outputs, but no tag {KEEP_OUTPUT}")
        if not all(map(figures_in, outputs)):
            raise ExerciseError(f"{where} has an output that is not a figure")


def orphans(folder: Path = FOLDER) -> list[Path]:
    """Return exercises whose solutions are gone."""
    known = {target(path) for path in solutions(folder)}
    return [path for path in sorted((folder / "exercises").glob("*.ipynb")) if path not in known]
