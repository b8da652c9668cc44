"""Answers to the exercises as learners write them, rightly and wrongly: one file an exercise in ``exercises/``.

``RIGHT`` holds right answers written in different ways, ``WRONG`` wrong ones, each with the name of the hint that it
must get.  Wrong answers that the checker itself makes (see `Exercise.mistakes`) are tried too, and need not be recorded
again.
"""

import functools
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parent / "exercises"


class Answers(tuple):
    """Several answers to one exercise, as ``check("5.4", *answers)`` gets them."""

    __slots__ = ()


@functools.cache
def recorded(exercise: str) -> ModuleType:
    """Load the answers to an exercise, such as "5.4"."""
    lesson, _, number = exercise.partition(".")
    (path,) = FOLDER.glob(f"lesson_{int(lesson):02d}/e{int(number):02d}_*.py")
    return load(path)


def load(path: Path) -> ModuleType:
    """Load a file that is part of no package: it holds answers, not tests."""
    name = f"answers.{path.parent.name}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parts(answer) -> tuple:
    """Return an answer as `check` takes it."""
    return tuple(answer) if isinstance(answer, Answers) else (answer,)
