"""Check answers to the exercises: ``check("5.1", answer)``.

Each lesson's exercises are one package, such as ``lesson_05``, with a module and a text for each exercise:
``e03_one_picture.py`` says what is right, in one of the `forms`, and ``e03_one_picture.md`` says what learners are told
(see `hints`).  A lesson is loaded when the first of its exercises is checked.  Nothing here imports TensorFlow.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import functools
import importlib
import pkgutil
import re
import threading
from collections.abc import Sequence
from pathlib import Path

from course_utils.exercises import progress_file
from course_utils.exercises.feedback import TRY_AGAIN, UNKNOWN, Feedback, Stop
from course_utils.exercises.forms import Exercise
from course_utils.exercises.hints import read
from course_utils.exercises.isolation import LONGEST_SECONDS, TimeLimit, quiet
from course_utils.exercises.show import Progress, Solution, find_solution

__all__ = ["Feedback", "check", "exercises", "judge", "lessons", "progress", "reset_progress", "solution"]

_NAME = re.compile(r"(\d{1,2})\.\d{1,2}")
_judging = threading.Lock()
_hints_given: dict[str, list[str]] = collections.defaultdict(list)
_MODULE = re.compile(r"e(\d\d)_\w+")


def check(name: str, *answers) -> Feedback:
    """Say whether the answer to an exercise is right, and if not, give one hint; on a second try, one more.

    It never raises, whatever the answer is.

    Parameters
    ----------
    name : str
        Number of the exercise, as in its heading: "5.1".
    *answers : object
        The answer: what the exercise asks for.  Most have one.

    Returns
    -------
    Feedback
        It shows its text as the value of a cell; ``.passed`` tells whether the answer is right.
    """
    feedback = judge(name, *answers)
    if feedback.hint is None and not feedback.passed:  # not yet, or unknown
        return feedback
    progress_file.note(feedback.exercise, feedback.passed)
    if feedback.passed:
        return feedback
    hints = _hints_given[feedback.exercise]
    hints.append(feedback.hint)
    return _more(feedback, answers) if len(hints) > 1 else feedback


def _more(feedback: Feedback, answers: Sequence) -> Feedback:
    """Return feedback with what is said from the second try on."""
    more = f'`solution("{feedback.exercise}")` shows the solution.'
    if _hints_given[feedback.exercise].count(feedback.hint) > 1:
        with contextlib.suppress(Exception), quiet():  # the answer's own methods may raise anything
            feedback = _find(feedback.exercise).second(feedback, answers)
    return dataclasses.replace(feedback, more=(*feedback.more, more))


def judge(name: str, *answers) -> Feedback:
    """Return the feedback of a first try: like `check`, but the same for the same answer, and nothing is remembered."""
    if _judging.locked():
        return Feedback("", UNKNOWN, "An answer cannot be checked while another one is.")
    exercise, limit = None, TimeLimit(LONGEST_SECONDS)
    try:
        with _judging, quiet(), limit:
            exercise = _find(name)
            return exercise if isinstance(exercise, Feedback) else exercise.feedback(answers)
    except Stop as stop:
        return stop.feedback(exercise.name)
    except KeyboardInterrupt:
        if not limit.expired:
            raise
        text = "there is no result after 20 seconds. Is there a loop that does not end? Print what changes in it."
        return Feedback(name.strip(), TRY_AGAIN, text, "does not end")
    except BaseException:
        # The answer's own methods may raise anything; no text of theirs is shown, for it may vary.
        shown = name if type(name) is str else "This exercise"
        return Feedback(shown, TRY_AGAIN, "this answer cannot be read: it fails when it is looked at.", "unreadable")


def solution(name: str) -> Feedback | Solution:
    """Show the solution of an exercise, once two answers to it have been checked."""
    exercise = _find(name)
    if isinstance(exercise, Feedback):
        return exercise
    if len(_hints_given[exercise.name]) < 2 and "passed" not in progress_file.load().get(exercise.name, {}):
        return Feedback(exercise.name, UNKNOWN, f"The solution of {exercise.name} is shown after two tries.")
    return find_solution(exercise.name)


def progress(lesson: int | None = None) -> Progress:
    """Show which exercises are passed: those of a lesson, or how many of each."""
    chosen = lessons() if lesson is None else [lesson]
    return Progress({number: list(exercises(number).values()) for number in chosen}, progress_file.load())


def reset_progress() -> None:
    """Forget which exercises were tried and passed."""
    progress_file.reset()
    _hints_given.clear()


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
    modules = [module.name for module in pkgutil.iter_modules(package.__path__) if _MODULE.fullmatch(module.name)]
    return dict(_load(lesson, f"{package.__name__}.{module}") for module in modules)


def _load(lesson: int, module: str) -> tuple[str, Exercise]:
    """Return the name of an exercise and the exercise, from its module and the text beside it."""
    name = f"{lesson}.{int(_MODULE.fullmatch(module.rpartition('.')[2])[1])}"
    loaded = importlib.import_module(module)
    text = Path(loaded.__file__).with_suffix(".md")
    if not text.exists():
        raise ValueError(f"The text of exercise {name}, {text.name}, is missing beside its module.")
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
