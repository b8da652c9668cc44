"""What a notebook of solutions owes its readers: headings, objectives, blanks and checks, in step with the rest.

An exercise is a heading ``## 5.1 Title (kind)``, with a line ``**Objective:** ...`` in the same cell that repeats an
objective of the lesson word by word; then at least one code cell with a blank, and one with ``check("5.1", ...)``.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from tools.exercises.blanks import SOLUTION_ONLY, ExerciseError, blank_out
from tools.notebooks.tidy import cell_tags, read_notebook

KINDS = ("predict", "complete", "debug", "design", "interpret")

_ANY_HEADING = re.compile(r"^## +(?=\d)(.*)$", re.MULTILINE)
_HEADING = re.compile(rf"(?P<name>\d+\.\d+) (?P<title>.+) \((?P<kind>{'|'.join(KINDS)})\)")
_OBJECTIVE = re.compile(r"^\*\*Objective:\*\* (.+?)[.;]?$", re.MULTILINE)
_CHECK = re.compile(r"\bcheck\(\s*[\"']([^\"']*)[\"']")
_OBJECTIVES = re.compile(r"\*\*You will be able to\*\*\s*\n+((?:[-*] .*\n(?: +.*\n)*)+)")


@dataclass
class Group:
    """The cells of one exercise."""

    name: str
    kind: str
    objectives: list[str]
    cell: int
    blanks: int = 0
    checks: list[str] = field(default_factory=list)


def lesson_objectives(lesson: NotebookNode) -> list[str]:
    """Return the objectives of a lesson: the items under "You will be able to", without the mark at their end."""
    for cell in lesson.cells:
        match = _OBJECTIVES.search(cell.source + "\n") if cell.cell_type == "markdown" else None
        if match:
            items = re.split(r"^[-*] ", match[1], flags=re.MULTILINE)[1:]
            return [" ".join(item.split()).rstrip(".;") for item in items]
    return []


def exercise_groups(notebook: NotebookNode) -> list[Group]:
    """Return the exercises of a notebook of solutions, in their order.

    Raises
    ------
    ExerciseError
        If a heading, a blank or a check is not as it must be; the message names the cell.
    """
    groups: list[Group] = []
    for number, cell in enumerate(notebook.cells, start=1):
        try:
            if cell.cell_type == "markdown":
                groups += _read_headings(cell.source, number)
            elif cell.cell_type == "code" and SOLUTION_ONLY not in cell_tags(cell):
                _read_code(cell.source, groups)
        except ExerciseError as error:
            raise ExerciseError(f"cell {number} (of all cells, from 1): {error}") from error
    for group in groups:
        if not group.blanks or not group.checks:
            lacks = "code cell with a blank" if not group.blanks else f'cell with check("{group.name}", ...)'
            raise ExerciseError(f"cell {group.cell} (of all cells, from 1): exercise {group.name} has no {lacks}")
    return groups


def _read_headings(source: str, number: int) -> list[Group]:
    """Return the exercise that a markdown cell begins, if it begins one."""
    headings = _ANY_HEADING.findall(source)
    if not headings:
        return []
    match = _HEADING.fullmatch(headings[0].strip())
    if not match or len(headings) > 1:
        raise ExerciseError(f"the heading must be one line `## 5.1 Title (kind)`, with a kind of {', '.join(KINDS)}")
    objectives = _OBJECTIVE.findall(source)
    if not objectives:
        raise ExerciseError(f"exercise {match['name']} has no line `**Objective:** ...` that says what it tests")
    return [Group(match["name"], match["kind"], objectives, number)]


def _read_code(source: str, groups: list[Group]) -> None:
    """Note the blanks and checks of a code cell with the exercise that it belongs to."""
    solutions = blank_out(source)[1]
    checks = _CHECK.findall(source)
    if (solutions or checks) and not groups:
        raise ExerciseError("a blank or a check stands before the first exercise")
    if not groups:
        return
    group = groups[-1]
    group.blanks += bool(solutions)
    for name in checks:
        if name != group.name:
            raise ExerciseError(f'check("{name}", ...) stands in exercise {group.name}')
        group.checks.append(name)


def problems(path: Path, checkers: Collection[str]) -> list[str]:
    """Say what is wrong with a notebook of solutions as a set of exercises.

    Parameters
    ----------
    path
        The notebook, ``.../solutions/NN_name.ipynb``; the lesson is beside its folder under the same name.
    checkers
        Names of the exercises that have a checker.
    """
    lesson = path.parents[1] / path.name
    if not lesson.exists():
        return [f"there is no lesson of the name {path.name} beside the folder {path.parent.name}"]
    try:
        groups = exercise_groups(read_notebook(path.read_text(encoding="utf-8")))
    except ExerciseError as error:
        return [str(error)]
    objectives = lesson_objectives(read_notebook(lesson.read_text(encoding="utf-8")))
    return [
        *_name_problems(groups, path, checkers),
        *(
            f"cell {group.cell}: exercise {group.name} tests {objective!r}, which the lesson does not promise; it has:"
            + "".join(f"\n      {known}" for known in objectives)
            for group in groups
            for objective in group.objectives
            if objective not in objectives
        ),
        *(
            f"no exercise tests the objective {objective!r}"
            for objective in objectives
            if not any(objective in group.objectives for group in groups)
        ),
    ]


def _name_problems(groups: list[Group], path: Path, checkers: Collection[str]) -> list[str]:
    """Compare the names of the exercises with the lesson's number, with each other and with the checkers."""
    lesson = int(path.name[:2])
    found = [group.name for group in groups]
    wanted = [f"{lesson}.{number}" for number in range(1, len(groups) + 1)]
    cells = {group.name: group.cell for group in groups}
    said = []
    for name in dict.fromkeys(found):
        if found.count(name) > 1:
            said.append(f"cell {cells[name]}: a second exercise {name}: each name stands once")
    if not said and found != wanted:
        said.append(f"the exercises are numbered {', '.join(found)}; they must be {', '.join(wanted)}")
    said += [
        f"cell {cells[name]}: exercise {name} has no checker in course_utils/exercises/lesson_{lesson:02d}"
        for name in dict.fromkeys(found)
        if name not in checkers
    ]
    return said + [f"the checker {name} has no exercise in the notebook" for name in checkers if name not in found]
