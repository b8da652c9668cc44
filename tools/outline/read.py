"""Read the outline of the course, ``course.toml``, and name its lessons and times as texts do."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUTLINE = "course.toml"
READY, IN_PREPARATION = "ready", "in preparation"


class OutlineError(ValueError):
    """The outline, or a file that follows it, cannot be used; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Lesson:
    """One lesson of the course, as ``course.toml`` describes it.

    Attributes
    ----------
    number, title, subject
        ``3``, ``"Optimizers"``, and what it is about in a few words.
    article
        The sections of the article that it follows.
    status
        ``"ready"`` or ``"in preparation"``; a lesson in preparation has no notebook, and nothing of the following.
    question
        What leads to it, at the end of the lesson before; the first lesson has none.
    file
        Name of its notebook, without folder and ending; its exercises have the same.
    exercises
        Whether there are any.
    in_class, alone
        Minutes that it takes.
    runs_in
        Seconds that all cells take on two CPU cores without a GPU.
    """

    number: int
    title: str
    subject: str
    article: str
    status: str
    question: str = ""
    file: str = ""
    exercises: bool = False
    in_class: int = 0
    alone: int = 0
    runs_in: int = 0

    @property
    def label(self) -> str:
        """The number as texts write it: ``"03"``."""
        return f"{self.number:02d}"

    @property
    def ready(self) -> bool:
        """Whether its notebook is there."""
        return self.status == READY

    def path(self, folder: str = "") -> str:
        """Return the path of its notebook below ``notebooks/``, or of that in a folder there (``"exercises"``)."""
        return f"{folder}/{self.file}.ipynb" if folder else f"{self.file}.ipynb"


@dataclass(frozen=True)
class Outline:
    """All lessons in their order, and the most minutes that one should take."""

    lessons: tuple[Lesson, ...]
    goal_in_class: int
    goal_alone: int

    @property
    def ready(self) -> list[Lesson]:
        """The lessons that are there."""
        return [lesson for lesson in self.lessons if lesson.ready]

    @property
    def in_preparation(self) -> list[Lesson]:
        """The lessons that are not there yet."""
        return [lesson for lesson in self.lessons if not lesson.ready]

    def next_after(self, lesson: Lesson) -> Lesson | None:
        """Return the next lesson that is there, else the next that is in preparation, else None."""
        later = [other for other in self.lessons if other.number > lesson.number]
        return next((other for other in later if other.ready), later[0] if later else None)


def read_outline(root: Path = ROOT) -> Outline:
    """Read ``course.toml``.

    Raises
    ------
    OutlineError
        If it is missing, is no TOML, or lacks or misspells something.
    """
    try:
        table = tomllib.loads((root / OUTLINE).read_text(encoding="utf-8"))
        goal = table["goal"]
        lessons = tuple(_lesson(entry) for entry in table["lessons"])
        outline = Outline(lessons, goal_in_class=goal["in_class"], goal_alone=goal["alone"])
    except KeyError as error:
        raise OutlineError(f"{OUTLINE} lacks {error}: write it as the other entries do.") from error
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise OutlineError(f"{OUTLINE} cannot be read: {error}.") from error
    if [lesson.number for lesson in lessons] != list(range(len(lessons))):
        raise OutlineError(f"{OUTLINE} must list the lessons from 0 on, in their order and without a gap.")
    return outline


def _lesson(entry: dict) -> Lesson:
    """Make a lesson of an entry, or say what is wrong with it."""
    where = f"{OUTLINE}, the lesson with number {entry.get('number')!r}"
    known = {field.name: field for field in fields(Lesson)}
    required = {name for name, field in known.items() if field.default is MISSING}
    if entry.get("status") == READY:
        required |= {"file", "exercises", "in_class", "alone", "runs_in"}
    if entry.get("number") != 0:
        required.add("question")
    for name in sorted(required - entry.keys()):
        raise OutlineError(f"{where}, lacks {name!r}: add it.")
    for name, value in entry.items():
        if name not in known:
            raise OutlineError(f"{where}, has {name!r}: known are {', '.join(known)}.")
        if type(value).__name__ != known[name].type:
            raise OutlineError(f"{where}: {name!r} is {value!r}, it must be of the type {known[name].type}.")
    if entry["status"] not in (READY, IN_PREPARATION):
        raise OutlineError(f"{where}: the status is {entry['status']!r}, it must be {READY!r} or {IN_PREPARATION!r}.")
    lesson = Lesson(**entry)
    if lesson.ready and not lesson.file.startswith(f"{lesson.label}_"):
        raise OutlineError(f"{where}: the name of its file, {lesson.file!r}, must begin with {lesson.label}_.")
    return lesson


def numbers(lessons: Iterable[Lesson]) -> str:
    """Return the numbers of lessons as a sentence names them: ``"00 to 06 and 08"``."""
    runs = []
    for _, group in itertools.groupby(enumerate(lessons), lambda pair: pair[1].number - pair[0]):
        labels = [lesson.label for _, lesson in group]
        runs.append(f"{labels[0]} to {labels[-1]}" if len(labels) > 2 else " and ".join(labels))
    return " and ".join(runs) if len(runs) < 3 else f"{', '.join(runs[:-1])} and {runs[-1]}"


def duration(seconds: int) -> str:
    """Return a time as sentences name it: ``"15 seconds"``, ``"1 minute"``, ``"1.5 minutes"``."""
    number, unit = (seconds, "second") if seconds < 60 else (round(seconds / 60, 1), "minute")
    return f"{number:g} {unit}{'' if number == 1 else 's'}"
