"""Judge a function by what it gives on small cases."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Sequence

from course_utils.exercises import calls
from course_utils.exercises.calls import Case, Outcome
from course_utils.exercises.feedback import Feedback, Stop
from course_utils.exercises.forms.exercise import AS_GIVEN, SMALLEST_CASE, Exercise, Mistake
from course_utils.exercises.hints import edited, make_mistake
from course_utils.exercises.reading import ATOL, RTOL, compare, show, show_error

_SMALLEST = "here is the smallest input for which it does not hold. Work it out by hand."


class Function(Exercise):
    """A function to complete, mend or design, with one right result for each input.

    It is called on each case.  What it gives is compared with what the reference gives, and if that differs, with what
    each known mistake gives.  Where no mistake explains it, the smallest case that fails is shown, below ``otherwise``
    of the text.

    Parameters
    ----------
    reference : Callable
        A right function, of the name that it has in the notebook.
    cases : Sequence of tuple or Case
        Arguments of the calls, the smallest first: tuples, or `Case` where the arguments are better told in words.
        Where the reference raises, the answer must raise an exception of that type.
    given : Callable or Sequence of tuple, optional
        The function as the exercise hands it out, if it hands out one that works wrongly (to debug), or the edits of
        the reference that make it: as long as the answer does the same, it is told so, and nothing is answered yet.
    rtol, atol : float
        How close is close enough.
    """

    def __init__(
        self,
        reference: Callable,
        cases: Sequence[tuple | Case],
        given: Callable | Sequence[tuple[str, str]] | None = None,
        rtol: float = RTOL,
        atol: float = ATOL,
    ):
        super().__init__()
        self.call, self.reference = reference.__name__, reference
        self.given = given if given is None or callable(given) else edited(reference, given)
        self.cases = [case if isinstance(case, Case) else Case(*case) for case in cases]
        self.rtol, self.atol = rtol, atol

    def read_mistakes(self, names: dict[str, object]) -> Sequence[Mistake]:
        """Return the functions that make the mistakes of the text."""
        self.hints = {**self.hints, SMALLEST_CASE: self.text.otherwise or _SMALLEST}
        return [Mistake(item.name, make_mistake(item, names, self.reference), item.hint) for item in self.text.items]

    @functools.cached_property
    def expected(self) -> list[Outcome]:
        """What the reference gives for each case."""
        return self.outcomes(self.reference)

    def outcomes(self, function: Callable) -> list[Outcome]:
        """Return what a function gives for each case."""
        return [calls.run(function, case.arguments).without_bulk() for case in self.cases]

    def judge(self, answer) -> None:
        """Call the function and compare."""
        for case in self.cases:
            calls.refuse_what_cannot_be_called(answer, self.call, case.arguments)
        outcomes = self.outcomes(answer)
        failing = self._differing(outcomes, self.expected)
        if not failing:
            self._refuse_changed_input(outcomes)
            return
        if calls.is_unfinished(answer, outcomes[failing[0]]):
            raise Stop(None)
        if self._is_as_given(outcomes):
            raise Stop(None, AS_GIVEN)
        case, outcome = self.cases[failing[0]], outcomes[failing[0]]
        self._refuse_chance(answer, case, outcome)
        self._refuse_known_mistakes(outcomes, failing)
        if self.expected[failing[0]].error is None:
            calls.refuse_outcome(answer, case, self.call, outcome)
        raise self.stop(SMALLEST_CASE, (case.call(self.call), *self._compare(failing[0], outcome)))

    def _differing(self, outcomes: Sequence[Outcome], others: Sequence[Outcome]) -> list[int]:
        pairs = enumerate(zip(outcomes, others, strict=True))
        return [number for number, (one, other) in pairs if not one.like(other, self.rtol, self.atol)]

    def _refuse_changed_input(self, outcomes: Sequence[Outcome]) -> None:
        for case, outcome in zip(self.cases, outcomes, strict=True):
            if outcome.changed:
                raise calls.changes_its_input(case, self.call)

    def _is_as_given(self, outcomes: Sequence[Outcome]) -> bool:
        return self.given is not None and not self._differing(outcomes, self.outcomes(self.given))

    def _refuse_chance(self, answer: Callable, case: Case, outcome: Outcome) -> None:
        """Say so if the function gives something else for the same input: any other text would vary too."""
        comparable = outcome.like(outcome, 0, 0)  # a generator, or an object of a learner's own, is not
        if comparable and not calls.run(answer, case.arguments, seed=1).like(outcome, 0, 0):
            text = "called twice with the same input, the function gives two different results. What does it depend on?"
            raise Stop("differs between calls", text)

    def _refuse_known_mistakes(self, outcomes: Sequence[Outcome], failing: Sequence[int]) -> None:
        """Look for the mistake that explains every case, then for one that explains the smallest and half of them."""
        wrong_outcomes = [(mistake, self.outcomes(mistake.answer)) for mistake in self.mistakes]
        for mistake, wrong in wrong_outcomes:
            if not self._differing(outcomes, wrong):
                raise Stop(mistake.name, mistake.hint)
        for mistake, wrong in wrong_outcomes:
            matters = set(self._differing(wrong, self.expected))
            explains = failing[0] in matters and 2 * len(matters) >= len(failing)
            if explains and matters.isdisjoint(self._differing(outcomes, wrong)):
                raise Stop(mistake.name, mistake.hint)

    def _compare(self, number: int, outcome: Outcome) -> tuple[str, ...]:
        error = self.expected[number].error
        if error is None:
            return compare(outcome.value, self.expected[number].value, self.rtol, self.atol)
        gives = show_error(outcome.error) if outcome.error is not None else show(outcome.value)
        return (f"gives:   {gives}", f"must:    raise {type(error).__name__}")

    def second(self, feedback: Feedback, answers: Sequence) -> Feedback:
        """Return feedback with the smallest case that fails, where it is not shown yet."""
        feedback = super().second(feedback, answers)
        outcomes = self.outcomes(answers[0])
        failing = self._differing(outcomes, self.expected)
        if feedback.case or not failing:
            return feedback
        case = (self.cases[failing[0]].call(self.call), *self._compare(failing[0], outcomes[failing[0]]))
        return dataclasses.replace(feedback, case=case)

    def right_answers(self) -> list[tuple]:
        """Return the reference."""
        return [(self.reference,)]

    def solution(self) -> object:
        """Return the reference."""
        return self.reference
