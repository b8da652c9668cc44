"""Feedback on the exercises: ``check("5.1", answer)``.

Each lesson's exercises are one module, such as ``lesson_05``, with a list ``EXERCISES`` made of the forms in `forms`.
It is loaded when the first of them is checked.  Nothing here imports TensorFlow.
"""

from __future__ import annotations

import importlib
import pkgutil
import re

from course_utils.checks.calls import quiet
from course_utils.checks.feedback import TRY_AGAIN, UNKNOWN, Feedback, Stop
from course_utils.checks.forms import Exercise

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


def exercises(lesson: int) -> dict[str, Exercise]:
    """Return the exercises of a lesson by name, in their order.

    Raises
    ------
    ModuleNotFoundError
        If the lesson has none.
    ValueError
        If two have one name, or one is named after another lesson.
    """
    module = importlib.import_module(f"{__name__}.lesson_{lesson:02d}")
    found = {exercise.name: exercise for exercise in module.EXERCISES}
    if len(found) < len(module.EXERCISES):
        raise ValueError(f"{module.__name__}: two exercises have the same name; there are {list(found)}")
    strangers = [name for name in found if not re.fullmatch(rf"{lesson}\.[1-9]\d?", name)]
    if strangers:
        raise ValueError(f"{module.__name__}: {strangers} must be named {lesson}.1, {lesson}.2 and so on")
    return found


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
