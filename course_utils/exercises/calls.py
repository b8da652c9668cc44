"""Call a learner's function: with copies, from the same random state, and without ever raising."""

from __future__ import annotations

import copy
import dataclasses
import dis
import functools
import inspect
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from course_utils.exercises.feedback import Stop
from course_utils.exercises.reading import (
    Described,
    Unreadable,
    as_array,
    equal_inputs,
    holds_much,
    is_blank,
    same,
    show_argument,
    show_error,
)

# What a function does that does nothing: the names of its instructions, in Python 3.11 to 3.13.
_NOTHING = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}


class Case:
    """The arguments of a call, from which the learner sees where a function fails.

    Parameters
    ----------
    *arguments
        What the function is called with, by position; each call gets copies.
    shown
        The call in words, where the arguments are too large to be written out.
    """

    def __init__(self, *arguments, shown: str = ""):
        self.arguments, self.shown = arguments, shown

    def call(self, name: str) -> str:
        """Write the call as code."""
        return self.shown or f"{name}({', '.join(map(show_argument, self.arguments))})"


@dataclass(frozen=True)
class Outcome:
    """What a call gave: a value, or an exception; and whether the function changed its arguments."""

    value: object = None
    error: BaseException | None = None
    changed: bool = False

    def like(self, other: Outcome, rtol: float, atol: float) -> bool:
        """Tell whether two calls gave the same: equal values, or exceptions of one type."""
        if self.error is not None or other.error is not None:
            return other.error is not None and isinstance(self.error, type(other.error))
        return same(self._numbers, other.value, rtol, atol)

    @functools.cached_property
    def _numbers(self) -> object:
        """The value as an array, so that a long list is converted once; what is not made of numbers stays as it is."""
        try:
            return as_array(self.value)
        except Unreadable:
            return self.value

    def without_bulk(self) -> Outcome:
        """Return the outcome for keeping: of a result that is far too large, how it is shown."""
        return dataclasses.replace(self, value=Described(self.value)) if holds_much(self.value) else self


def run(function: Callable, arguments: Sequence, seed: int = 0) -> Outcome:
    """Call a function with copies of the arguments.

    NumPy's and Python's old global random numbers start from the seed: who uses them gets the same feedback every time.
    """
    copies = copy.deepcopy(tuple(arguments))
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - it is the learner's function that may use these numbers
    try:
        value = function(*copies)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: an answer must not end the notebook
        return Outcome(error=error.with_traceback(None))  # its frames hold what the function has made
    return Outcome(value, changed=not equal_inputs(copies, arguments))


def is_unfinished(function, outcome: Outcome) -> bool:
    """Tell whether a call shows that the function still has a blank in it."""
    if outcome.error is not None:
        # NumPy names the ellipsis in what it says of any index that is no whole number: a mistake, and no blank.
        blank = "ellipsis" in show_error(outcome.error).lower() and not isinstance(outcome.error, IndexError)
        return blank or isinstance(outcome.error, NotImplementedError)
    if outcome.value is None:
        return _does_nothing(function)
    return is_blank(outcome.value)


def _does_nothing(function) -> bool:
    """Tell whether a function's body is `...` or `pass`, or has a `...` in it."""
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    return Ellipsis in code.co_consts or {step.opname for step in dis.get_instructions(code)} <= _NOTHING


def refuse_what_cannot_be_called(answer, name: str, arguments: Sequence) -> None:
    """Raise `Stop` unless the answer is a function that takes these arguments."""
    if not callable(answer):
        text = f"the answer is the function itself: its name without brackets, such as {name}, so that it can be tried."
        raise Stop("not a function", text)
    try:
        signature = inspect.signature(answer)
    except (TypeError, ValueError):  # some functions written in C do not tell
        return
    try:
        signature.bind(*arguments)
    except TypeError as error:
        taken = ", ".join(str(parameter) for parameter in signature.parameters)
        what = f"{len(arguments)} argument{'' if len(arguments) == 1 else 's'}"
        text = f"the function is called with {what}, by position, and yours takes ({taken})."
        raise Stop("arguments", text) from error


def refuse_outcome(function, case: Case, name: str, outcome: Outcome) -> None:
    """Raise `Stop` if a call gave nothing that could be compared: a blank, an exception, or None."""
    if is_unfinished(function, outcome):
        raise Stop(None)
    call = case.call(name)
    if outcome.error is not None:
        text = "the function stops with an error. Make the call below in a cell of your own to see where."
        raise Stop("stops with an error", text, (call, f"stops with {show_error(outcome.error)}"))
    if outcome.value is None:
        text = (
            "the function gives None, which is what Python gives where nothing is returned. How does its last line end?"
        )
        raise Stop("returns nothing", text, (call, "gives:   None"))


class Guarded:
    """A learner's function as a judge calls it: like the function, but what goes wrong ends the judging with a hint.

    Parameters
    ----------
    function
        The answer.
    name
        Name of the function in the exercise.
    """

    def __init__(self, function, name: str):
        self._function, self._name = function, name
        self._calls = 0

    def __call__(self, *arguments, shown: str = ""):
        """Call the function with copies of the arguments and return what it gives."""
        case = Case(*arguments, shown=shown)
        refuse_what_cannot_be_called(self._function, self._name, arguments)
        # Each call finds other global random numbers, as it would in a notebook.
        outcome = run(self._function, arguments, seed=self._calls)
        self._calls += 1
        refuse_outcome(self._function, case, self._name, outcome)
        if outcome.changed:
            raise changes_its_input(case, self._name)
        return outcome.value


def changes_its_input(case: Case, name: str) -> Stop:
    """Return the end of judging a function that spoils what it is given."""
    text = (
        "the function changes its input: whoever calls it finds other numbers in the array than before. "
        "Work on a copy, or compute a new array."
    )
    return Stop("changes its input", text, (case.call(name), "leaves other values in its arguments than they had"))
