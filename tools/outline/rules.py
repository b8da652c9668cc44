"""What must hold between the outline and the files: which there are, what is said of their state, and their times."""

import re
from pathlib import Path

from tools.outline.lengths import Length, stated
from tools.outline.read import IN_PREPARATION, OUTLINE, Lesson, Outline

FOLDERS = {"": "a lesson", "solutions": "solutions", "exercises": "exercises"}

_CLAUSE = re.compile(r"[.;:!?|](?=\s|$)")
_NUMBERS = re.compile(r"\b\d\d(?:(?:, and | and | to |, )(?:lessons? )?\d\d)*\b")


def file_problems(outline: Outline, root: Path) -> list[str]:
    """Name each notebook that the outline does not know, and each that is not there."""
    problems = []
    for folder, what in FOLDERS.items():
        wanted = {lesson.path(folder) for lesson in outline.ready if not folder or lesson.exercises}
        names = {path.name for path in (root / "notebooks" / folder).glob("*.ipynb")}
        found = {f"{folder}/{name}" if folder else name for name in names}
        problems += [
            f"notebooks/{path} is there, but {OUTLINE} does not name it: add it there, or delete the file."
            for path in sorted(found - wanted)
        ]
        problems += [
            f"{OUTLINE} promises {what} in notebooks/{path}, which is not there: write it, or correct the entry."
            for path in sorted(wanted - found)
        ]
    return problems


def time_problems(lesson: Lesson, length: Length) -> list[str]:
    """Say which of a lesson's stated times its length cannot keep."""
    return [
        f"{OUTLINE}: lesson {lesson.label} states {said} minutes {where.replace('_', ' ')}, but its length takes "
        f"{counted:.1f}: cut the lesson, or state {where} = {stated(counted)}."
        for where, said, counted in (
            ("in_class", lesson.in_class, length.in_class),
            ("alone", lesson.alone, length.alone),
        )
        if said < counted
    ]


def preparation_problems(outline: Outline, text: str, where: str) -> list[str]:
    """Name the lessons that a text says are in preparation though they are there."""
    ready = {lesson.label: lesson for lesson in outline.ready}
    return [
        f"{where} says that lesson {label} is {IN_PREPARATION}, but it is ready: correct the sentence."
        for label in said_to_be_in_preparation(text)
        if label in ready
    ]


def said_to_be_in_preparation(text: str) -> list[str]:
    """Return the numbers of the lessons of which a text says that they are in preparation.

    They are those named before the words in the same clause; where the words stand in parentheses, "lesson 06 (in
    preparation)", the last named.
    """
    said = []
    for clause in _CLAUSE.split(" ".join(text.split())):
        *befores, _ = clause.split(IN_PREPARATION)
        for before in befores:
            groups = [match[0] for match in _NUMBERS.finditer(before)]
            for group in groups[-1:] if before.rstrip("*_").endswith("(") else groups:
                said += _labels(group)
    return said


def _labels(group: str) -> list[str]:
    """Return all numbers of a group: of ``"00 to 02 and 05"``, 00, 01, 02 and 05."""
    labels = re.sub(
        r"(\d\d) to (?:lessons? )?(\d\d)",
        lambda ends: " ".join(f"{number:02d}" for number in range(int(ends[1]), int(ends[2]) + 1)),
        group,
    )
    return re.findall(r"\d\d", labels)
