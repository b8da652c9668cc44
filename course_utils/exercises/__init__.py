"""Feedback on the exercises: ``check("5.1", answer)``.

Each lesson's exercises are one package, such as ``lesson_05``, with a module and a text for each exercise:
``e03_one_picture.py`` says what is right, in one of the `forms`, and ``e03_one_picture.md`` says what learners are told
(see `hints`).  A lesson is loaded when the first of its exercises is checked.  Nothing here imports TensorFlow.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from pathlib import Path

from course_utils.exercises.calls import quiet
from course_utils.exercises.feedback import TRY_AGAIN, UNKNOWN, Feedback, Stop
from course_utils.exercises.forms import Exercise
from course_utils.exercises.hints import read

__all__ = ["Feedback", "check", "exercises", "lessons"]

_NAME = re.compile(r"(\d{1,2})\.\d{1,2}")


def check(name: str, *answers) -> Feedback:
    """Say whether the answer to an exercise is right, and if not, give one hint.

    It never raises, whatever the answer is, and says the same about the same answer every time.

    Parameters
    ----------
    name
        Number of the exercise, as in its heading: "5.1".
    *answers
        The answer: what the exercise asks for.  Most have one.

    Returns
    -------
    Feedback
        It shows its text as the value of a cell; ``.passed`` tells whether the answer is right.
    """
    with quiet():
        try:
            found = _find(name)
            return found if isinstance(found, Feedback) else found.feedback(answers)
        except Stop as stop:
            return stop.feedback(found.name)
        except KeyboardInterrupt:
            raise
        except BaseException:
            # The answer's own methods may raise anything; no text of theirs is shown, for it may vary.
            shown = name if type(name) is str else "This exercise"
            return Feedback(
                shown, TRY_AGAIN, "this answer cannot be read: it fails when it is looked at.", "unreadable"
            )


def lessons() -> list[int]:
    """Return the numbers of the lessons that have exercises."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return sorted(int(name.removeprefix("lesson_")) for name in names if re.fullmatch(r"lesson_\d\d", name))


@functools.cache
def exercises(lesson: int) -> dict[str, Exercise]:
    """Return the exercises of a lesson by name, in their order.

    Raises
    ------
    ModuleNotFoundError
        If the lesson has none.
    ValueError
        If the text of one does not fit it, or is missing.
    """
    package = importlib.import_module(f"{__name__}.lesson_{lesson:02d}")
    return dict(_load(lesson, package.__name__, module.name) for module in pkgutil.iter_modules(package.__path__))


def _load(lesson: int, package: str, module: str) -> tuple[str, Exercise]:
    """Return the name of an exercise and the exercise, from its module and the text beside it."""
    number = re.fullmatch(r"e(\d\d)_\w+", module)
    if not number:
        raise ValueError(f"{package}.{module}: the module of an exercise is named e01_positions, e02_sizes and so on.")
    name = f"{lesson}.{int(number[1])}"
    loaded = importlib.import_module(f"{package}.{module}")
    text = Path(loaded.__file__).with_suffix(".md")
    if not text.exists():
        raise ValueError(f"{package}.{module}: the text of the exercise, {text.name}, is missing.")
    return name, loaded.exercise.named(name, read(text.read_text(encoding="utf-8")), vars(loaded))


def _find(name) -> Exercise | Feedback:
    """Return the exercise of that name, or what to say if there is none."""
    if not isinstance(name, str):
        return Feedback("", UNKNOWN, 'The name of an exercise stands in quotes, such as check("5.1", answer).')
    name = name.strip()
    match = _NAME.fullmatch(name)
    lesson = int(match[1]) if match else -1
    if lesson not in lessons():
        numbers = ", ".join(map(str, lessons()))
        return Feedback(name, UNKNOWN, f"There is no exercise {name[:20]!r}. Lessons with exercises: {numbers}.")
    named = exercises(lesson)
    if name not in named:
        return Feedback(name, UNKNOWN, f"There is no exercise {name}. Lesson {lesson} has {', '.join(named)}.")
    return named[name]
