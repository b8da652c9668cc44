"""Judge one value: a number, a shape, an array, a word."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import numpy as np

from course_utils.exercises.feedback import Feedback, Stop
from course_utils.exercises.forms.exercise import SMALLEST_CASE, Exercise, Mistake
from course_utils.exercises.hints import make_mistake
from course_utils.exercises.reading import ATOL, RTOL, Unreadable, as_array, describe, same, show


class Value(Exercise):
    """A value to predict or to compute: a number, a shape, an array, a word.

    In the text, a mistake is the wrong value, as an expression; ``otherwise`` is the hint for any other wrong value:
    the same question made small, with its answer.

    Parameters
    ----------
    answer : object
        The right value.
    rtol, atol : float
        How close is close enough.
    """

    def __init__(self, answer, rtol: float = RTOL, atol: float = ATOL):
        super().__init__()
        self.answer, self.rtol, self.atol = answer, rtol, atol

    def read_mistakes(self, names: dict[str, object]) -> Sequence[Mistake]:
        """Return the wrong values of the text."""
        mistakes = [Mistake(item.name, make_mistake(item, names), item.hint) for item in self.text.items]
        self.hints = {**self.hints, SMALLEST_CASE: self.text.otherwise}
        return mistakes

    def judge(self, answer) -> None:
        """Compare with the right value, then with the wrong ones."""
        answer = self._without_a_list_around_it(answer)
        if same(answer, self.answer, self.rtol, self.atol):
            return
        for mistake in self.mistakes:
            if same(answer, mistake.answer, self.rtol, self.atol):
                raise Stop(mistake.name, mistake.hint)
        self._refuse_another_kind(answer)
        raise self.stop(SMALLEST_CASE)

    def _without_a_list_around_it(self, answer):
        """Return the one number of an array or a list, where one number is asked for."""
        if isinstance(self.answer, (int, float, complex)):
            with contextlib.suppress(Unreadable):
                return as_array(answer).item() if as_array(answer).size == 1 else answer
        return answer

    def _refuse_another_kind(self, answer) -> None:
        """Say so if the answer is not the kind of thing that is asked for."""
        if isinstance(self.answer, str):
            if not isinstance(answer, str):
                raise Stop("unreadable", f"a word in quotes is needed here, and this is {describe(answer)}.")
            return
        try:
            wanted = as_array(self.answer)
        except Unreadable:  # a list of words, or a dictionary: no more can be said
            return
        got = as_array(answer)
        if got.shape != wanted.shape:
            raise Stop("shape", f"the answer is {numbers(wanted.shape)}; yours is {numbers(got.shape)}.")
        if wanted.shape == () and 0 < wanted < 1 and same(got / 100, wanted, self.rtol, self.atol):
            raise Stop("percent", "this is a number of percent; give a share, between 0 and 1.")
        if not np.isfinite(got).all():
            raise Stop("not finite", f"the answer is made of ordinary numbers; yours is {show(answer)}.")

    def remarks(self, answers: Sequence, feedback: Feedback) -> Sequence[str]:
        """Return the same question made small."""
        return [] if feedback.hint == SMALLEST_CASE else [self.text.otherwise]

    def right_answers(self) -> list[tuple]:
        """Return the right value."""
        return [(self.answer,)]

    def solution(self) -> object:
        """Return the right value."""
        return self.answer


def numbers(shape: tuple[int, ...]) -> str:
    """Say in words what has this shape."""
    if shape in ((), (1,)):
        return "one number" if shape == () else "a list of one number"
    return f"{shape[0]} numbers in a row" if len(shape) == 1 else f"an array of shape {shape}"
