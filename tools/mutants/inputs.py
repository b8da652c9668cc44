"""Look for an input that tells an accepted mutant from the reference: random changes of the cases of the checker."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_utils.exercises.calls import Case, run
from course_utils.exercises.forms import Function

TRIES = 300


def find_difference(exercise: Function, answer: Callable, tries: int = TRIES) -> str:
    """Return a call for which a function gives something else than the reference, or nothing if none is found.

    The inputs are the cases with other numbers.  They may lie outside of what the exercise asks for, so the result is
    a proposal for a further case, to be looked at, and no proof of a hole.
    """
    random = np.random.default_rng(0)
    for _ in range(tries):
        case = exercise.cases[random.integers(len(exercise.cases))]
        arguments = [vary(argument, random) for argument in case.arguments]
        expected = run(exercise.reference, arguments)
        if expected.error is not None or not expected.like(expected, exercise.rtol, exercise.atol):
            continue
        if not run(answer, arguments).like(expected, exercise.rtol, exercise.atol):
            return Case(*arguments).call(exercise.call)
    return ""


def vary(value: object, random: np.random.Generator) -> object:
    """Return something of the same form, with other numbers; what holds no numbers stays as it is."""
    if isinstance(value, (bool, np.bool_)):
        return bool(random.integers(2))
    if isinstance(value, int):
        return max(0, value + int(random.integers(-1, 3)))
    if isinstance(value, float):
        return value * float(random.choice([0, 0.3, 0.7, 1, 1, 1.5]))
    if isinstance(value, np.ndarray):
        return vary_array(value, random)
    if isinstance(value, (list, tuple)):
        return type(value)(vary(item, random) for item in value)
    if isinstance(value, dict):
        return {key: vary(item, random) for key, item in value.items()}
    return value


def vary_array(array: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Return an array of the same shape and type: its numbers in another order, or others; some of them 0."""
    mixed = random.permutation(array.ravel()).reshape(array.shape)
    if array.dtype.kind != "f" or random.random() < 0.3:
        return mixed
    scale = 10.0 ** random.integers(-2, 3)
    drawn = scale * random.normal(size=array.shape) * (random.random(array.shape) < 0.8)
    return drawn.astype(array.dtype)
