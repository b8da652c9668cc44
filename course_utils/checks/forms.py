"""The forms of exercise that a lesson's checker is made of.

=============  ============================================================================================
form           the answer is
=============  ============================================================================================
`Value`        a number, a shape, an array, a word: compared with the right one within a tolerance
`Choice`       one letter, or several
`Function`     a function: compared with a reference on small cases, from the smallest to the largest
`Custom`       anything else: a generator judges it
=============  ============================================================================================

Each declares the mistakes that learners make, with a hint for each.  A hint leads and does not tell: it names the place
to look at, a smaller question, or what the answer would mean.  It never holds the solution; tests see to that.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course_utils.checks import calls
from course_utils.checks.calls import Case, Guarded, Outcome
from course_utils.checks.feedback import PASSED, TRY_AGAIN, Feedback, Stop, not_yet
from course_utils.checks.values import (
    ATOL,
    RTOL,
    Unreadable,
    as_array,
    compare,
    describe,
    is_blank,
    one_number,
    same,
    show,
    show_error,
)

SMALLEST_CASE = "smallest case"


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that learners really give.

    Attributes
    ----------
    name
        What went wrong, in a few words, for tests and maintainers: "flipped kernel".
    answer
        The wrong answer itself: a value, or a function that makes the mistake.
    hint
        What the learner reads.
    """

    name: str
    answer: object
    hint: str


class Exercise:
    """An exercise and how its answers are judged; the base of all forms.

    Parameters
    ----------
    name
        Number of the lesson, a point, and the number of the exercise: "5.1".
    answers
        How many answers `check` takes.
    explanation
        What a right answer is told: why it is right, or where it leads.
    """

    #: Names and texts of the hints of this exercise, beside the general ones.
    hints: Mapping[str, str]
    #: Wrong answers that the checker itself can tell.
    mistakes: Sequence[Mistake] = ()
    #: Name of the function in the notebook, if the answer is a function.
    call: str = ""

    def __init__(self, name: str, answers: int = 1, explanation: str = ""):
        self.name, self.answers, self.explanation = name, answers, explanation

    def feedback(self, answers: Sequence) -> Feedback:
        """Judge the answers; it may raise what a hostile answer raises, and `check` catches that."""
        if any(is_blank(answer) for answer in answers):
            return not_yet(self.name)
        if len(answers) != self.answers:
            raise Stop("number of answers", f"this check takes {self.answers} after the name, not {len(answers)}.")
        try:
            self.judge(*answers)
        except Unreadable as what:
            gives = "the function gives" if self.call else "this is"
            return Feedback(self.name, TRY_AGAIN, f"numbers are needed here, and {gives} {what}.", "unreadable")
        return Feedback(self.name, PASSED, self.explanation)

    def judge(self, *answers) -> None:
        """Return if the answers are right, raise `Stop` with a hint otherwise."""
        raise NotImplementedError

    def right_answers(self) -> list[tuple]:
        """Return right answers that the checker itself can tell, each with all its parts; for tests."""
        return []

    def solution(self) -> object:
        """Return what no hint may hold: the right value, the reference function, or None; for tests."""
        return None


def _named_once(exercise: str, names: Iterable[str]) -> None:
    names = list(names)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"exercise {exercise}: the name of each mistake must be its own; {twice} stand there twice")


class Value(Exercise):
    """A value to predict or to compute: a number, a shape, an array, a word.

    Parameters
    ----------
    name, explanation
        As in `Exercise`.
    answer
        The right value.
    mistakes
        Wrong values that learners give, with a hint for each.
    otherwise
        The hint for any other wrong value: the same question made small, with its answer.
    rtol, atol
        How close is close enough.
    """

    def __init__(
        self,
        name: str,
        answer,
        mistakes: Sequence[Mistake],
        otherwise: str,
        rtol: float = RTOL,
        atol: float = ATOL,
        explanation: str = "",
    ):
        super().__init__(name, explanation=explanation)
        self.answer, self.mistakes, self.otherwise = answer, mistakes, otherwise
        self.rtol, self.atol = rtol, atol
        self.hints = {mistake.name: mistake.hint for mistake in mistakes} | {SMALLEST_CASE: otherwise}
        _named_once(name, [mistake.name for mistake in mistakes])

    def judge(self, answer) -> None:
        """Compare with the right value, then with the wrong ones."""
        answer = self._without_a_list_around_it(answer)
        if same(answer, self.answer, self.rtol, self.atol):
            return
        for mistake in self.mistakes:
            if same(answer, mistake.answer, self.rtol, self.atol):
                raise Stop(mistake.name, mistake.hint)
        self._refuse_another_kind(answer)
        raise Stop(SMALLEST_CASE, self.otherwise)

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
            raise Stop("shape", f"the answer is {_numbers(wanted.shape)}; yours is {_numbers(got.shape)}.")
        if wanted.shape == () and 0 < wanted < 1 and same(got / 100, wanted, self.rtol, self.atol):
            raise Stop("percent", "this is a number of percent; give a share, between 0 and 1.")
        if not np.isfinite(got).all():
            raise Stop("not finite", f"the answer is made of ordinary numbers; yours is {show(answer)}.")

    def right_answers(self) -> list[tuple]:
        """Return the right value."""
        return [(self.answer,)]

    def solution(self) -> object:
        """Return the right value."""
        return self.answer


def _numbers(shape: tuple[int, ...]) -> str:
    """Say in words what has this shape."""
    if shape in ((), (1,)):
        return "one number" if shape == () else "a list of one number"
    return f"{shape[0]} numbers in a row" if len(shape) == 1 else f"an array of shape {shape}"


class Choice(Exercise):
    """One option, or all that hold, by letter.

    Learners may answer with a text ("b", "a, c"), or with a list, tuple or set of letters.

    Parameters
    ----------
    name, explanation
        As in `Exercise`.
    options
        All letters, such as "abcde".
    right
        The right ones, such as "b" or "ad".
    chosen
        For each wrong letter the hint for who chooses it.
    missing
        For each right letter the hint for who leaves it out; only where `several` is true.
    several
        Whether more than one letter may be given.  By default, if more than one is right.

    Notes
    -----
    The hints "chose c" come before those of "missing a", in the order of the letters.
    """

    def __init__(
        self,
        name: str,
        options: str,
        right: str,
        chosen: Mapping[str, str],
        missing: Mapping[str, str] | None = None,
        several: bool | None = None,
        explanation: str = "",
    ):
        super().__init__(name, explanation=explanation)
        self.options, self.right, self.chosen, self.missing = options, set(right), dict(chosen), dict(missing or {})
        self.several = len(right) > 1 if several is None else several
        if set(self.chosen) != set(options) - self.right:
            raise ValueError(f"exercise {name}: each wrong option, and no other, needs a hint in `chosen`")
        if self.several and set(self.missing) != self.right:
            raise ValueError(f"exercise {name}: each right option, and no other, needs a hint in `missing`")
        self.hints = {f"chose {letter}": self.chosen[letter] for letter in sorted(self.chosen)}
        self.hints |= {f"missing {letter}": self.missing[letter] for letter in sorted(self.missing)}
        self.mistakes = list(self._mistakes())

    def _mistakes(self) -> Iterator[Mistake]:
        kept = self.right if self.several else set()
        for letter, hint in sorted(self.chosen.items()):
            yield Mistake(f"chose {letter}", kept | {letter}, hint)
        for letter, hint in sorted(self.missing.items()):
            if self.right != {letter}:
                yield Mistake(f"missing {letter}", self.right - {letter}, hint)

    def judge(self, answer) -> None:
        """Compare the letters."""
        letters = self._read(answer)
        if len(letters) > 1 and not self.several:
            raise Stop("several letters", "choose one letter: the one that fits best.")
        for letter in sorted(letters - self.right):
            raise Stop(f"chose {letter}", self.chosen[letter])
        for letter in sorted(self.right - letters):
            raise Stop(f"missing {letter}", self.missing[letter])

    def _read(self, answer) -> set[str]:
        """Return the letters of an answer, however it is written."""
        if isinstance(answer, str):
            words = re.findall(r"[^\W_]+", str.casefold(answer).replace(" and ", " "))
            # "acd" is three letters; a word with another letter in it is no answer by letter.
            parts = [part for word in words for part in (word if set(word) <= set(self.options) else [word])]
        elif isinstance(answer, (list, tuple, set, frozenset, np.ndarray)):
            parts = list(answer)[:100]
        else:
            parts = [None]
        if not parts or not all(isinstance(part, str) for part in parts):
            raise Stop("not a letter", f"answer with letters in quotes, such as {self._example()}.")
        letters = {str.strip(part).casefold() for part in parts}
        unknown = sorted(letters - set(self.options))
        if any(len(part) != 1 for part in unknown):
            raise Stop("not a letter", f"answer with letters in quotes, such as {self._example()}.")
        if unknown:
            there_are = f"the options are {self.options[0]} to {self.options[-1]}"
            raise Stop("unknown letter", f"there is no option {show(unknown[0])}; {there_are}.")
        return letters

    def _example(self) -> str:
        """Write an answer of the right form, but not the right answer where there are several letters."""
        first = self.options[0]
        second = next((letter for letter in reversed(self.options) if {first, letter} != self.right), first)
        return f'{{"{first}", "{second}"}}' if self.several else f'"{first}"'

    def right_answers(self) -> list[tuple]:
        """Return the right letters, written in several ways."""
        letters = sorted(self.right)
        return [(set(letters),), (letters,), (", ".join(letters),), ("".join(letters).upper(),)]

    def solution(self) -> object:
        """Return the right letters."""
        return self.right


class Function(Exercise):
    """A function to complete, mend or design, with one right result for each input.

    It is called on each case.  What it gives is compared with what the reference gives, and if that differs, with what
    each known mistake gives.  An unknown mistake is shown the smallest case that fails.

    Parameters
    ----------
    name, explanation
        As in `Exercise`.
    call
        Name of the function in the notebook.
    reference
        A right function.
    cases
        Arguments of the calls, the smallest first: tuples, or `Case` where the arguments are better told in words.
        Where the reference raises, the answer must raise an exception of that type.
    mistakes
        Functions that make a known mistake.  Each must differ from the reference, and from every other one, on a case.
    given
        The function as the exercise hands it out, if it hands out one that works wrongly (to debug): as long as the
        answer does the same, nothing is answered yet.
    rtol, atol
        How close is close enough.
    nudge
        What stands above the smallest failing case.
    """

    def __init__(
        self,
        name: str,
        call: str,
        reference: Callable,
        cases: Sequence[tuple | Case],
        mistakes: Sequence[Mistake],
        given: Callable | None = None,
        rtol: float = RTOL,
        atol: float = ATOL,
        nudge: str = "here is the smallest input for which it does not hold. Work it out by hand.",
        explanation: str = "",
    ):
        super().__init__(name, explanation=explanation)
        self.call, self.reference, self.mistakes, self.given = call, reference, mistakes, given
        self.cases = [case if isinstance(case, Case) else Case(*case) for case in cases]
        self.rtol, self.atol, self.nudge = rtol, atol, nudge
        self.hints = {mistake.name: mistake.hint for mistake in mistakes} | {SMALLEST_CASE: nudge}
        _named_once(name, [mistake.name for mistake in mistakes])

    @functools.cached_property
    def expected(self) -> list[Outcome]:
        """What the reference gives for each case."""
        return self.outcomes(self.reference)

    def outcomes(self, function: Callable) -> list[Outcome]:
        """Return what a function gives for each case."""
        return [calls.run(function, case.arguments) for case in self.cases]

    def judge(self, answer) -> None:
        """Call the function and compare."""
        for case in self.cases:
            calls.refuse_what_cannot_be_called(answer, self.call, case.arguments)
        outcomes = self.outcomes(answer)
        failing = self._differing(outcomes, self.expected)
        if not failing:
            self._refuse_changed_input(outcomes)
            return
        if calls.is_unfinished(answer, outcomes[failing[0]]) or self._is_as_given(outcomes):
            raise Stop(None)
        case, outcome = self.cases[failing[0]], outcomes[failing[0]]
        self._refuse_chance(answer, case, outcome)
        self._refuse_known_mistakes(outcomes)
        if self.expected[failing[0]].error is None:
            calls.refuse_outcome(answer, case, self.call, outcome)
        raise Stop(SMALLEST_CASE, self.nudge, (case.call(self.call), *self._compare(failing[0], outcome)))

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
        if comparable and not calls.run(answer, case.arguments).like(outcome, 0, 0):
            text = "called twice with the same input, the function gives two different results. What does it depend on?"
            raise Stop("differs between calls", text)

    def _refuse_known_mistakes(self, outcomes: Sequence[Outcome]) -> None:
        """Look for the mistake that explains every case, then for one that explains the cases where it matters."""
        known = [(mistake, self.outcomes(mistake.answer)) for mistake in self.mistakes]
        for mistake, wrong in known:
            if not self._differing(outcomes, wrong):
                raise Stop(mistake.name, mistake.hint)
        for mistake, wrong in known:
            matters = set(self._differing(wrong, self.expected))
            if matters and matters.isdisjoint(self._differing(outcomes, wrong)):
                raise Stop(mistake.name, mistake.hint)

    def _compare(self, number: int, outcome: Outcome) -> tuple[str, ...]:
        error = self.expected[number].error
        if error is None:
            return compare(outcome.value, self.expected[number].value, self.rtol, self.atol)
        gives = show_error(outcome.error) if outcome.error is not None else show(outcome.value)
        return (f"gives:   {gives}", f"must:    raise {type(error).__name__}")

    def right_answers(self) -> list[tuple]:
        """Return the reference."""
        return [(self.reference,)]

    def solution(self) -> object:
        """Return the reference."""
        return self.reference


class Custom(Exercise):
    """Anything else: a generator judges the answers.

    Parameters
    ----------
    name, answers, explanation
        As in `Exercise`.
    judge
        Generator that gets the answers and yields what is wrong, the most basic first: the name of a hint, or that name
        and lines that show the case, ``("name", ["split([0, 1])", "gives: ..."])``.  Judging ends with the first one;
        if there is none, the answers are right.
    hints
        The text of each hint, by name.
    call
        Name of the function in the notebook, if the (first) answer is a function.  The judge then gets it `Guarded`: it
        is called with copies, and if it raises, returns nothing, or takes other arguments, judging ends with a hint
        about that.
    right
        Right answers, each a tuple with all its parts; for tests.
    reference
        A right function, whose code no hint may hold; for tests.

    Notes
    -----
    `as_array` turns what an answer gives into numbers; where it cannot, judging ends with a hint about that.
    """

    def __init__(
        self,
        name: str,
        judge: Callable[..., Iterator],
        hints: Mapping[str, str],
        call: str = "",
        answers: int = 1,
        right: Sequence[tuple] = (),
        reference: Callable | None = None,
        explanation: str = "",
    ):
        super().__init__(name, answers, explanation)
        self._judge, self.hints, self.call, self.reference = judge, dict(hints), call, reference
        self._right = [*right, *([(reference,)] if reference else [])]

    def judge(self, *answers) -> None:
        """Take the first thing that the generator finds."""
        if self.call:
            answers = (Guarded(answers[0], self.call), *answers[1:])
        for found in self._judge(*answers):
            name, case = (found, ()) if isinstance(found, str) else found
            raise Stop(name, self.hints[name], tuple(case))

    def right_answers(self) -> list[tuple]:
        """Return the right answers that were declared."""
        return self._right

    def solution(self) -> object:
        """Return the reference, if there is one."""
        return self.reference


# What a judge of `Custom` begins with where the answer is a dictionary: ``said = yield from words_of(...)``.  Judging
# ends with the first fault that is found, so what stands behind may take for granted that there was none.


def entries_of(answer, keys: Iterable) -> Iterator[str]:
    """Yield the hint "not a dictionary" or "keys" for an answer that is no dictionary with these keys."""
    if not isinstance(answer, dict):
        yield "not a dictionary"
    elif set(answer) != set(keys):
        yield "keys"


def words_of(answer, keys: Iterable, words: Iterable[str]) -> Generator[str, None, dict]:
    """Yield what `entries_of` finds, or the hint "words"; return the answer's words, bare and in small letters."""
    yield from entries_of(answer, keys)
    if not all(isinstance(word, str) and word.strip().casefold() in words for word in answer.values()):
        yield "words"
    return {key: answer[key].strip().casefold() for key in keys}


def numbers_of(answer, keys: Iterable) -> Generator[str, None, dict]:
    """Yield what `entries_of` finds, or the hint "numbers"; return the answer's numbers."""
    yield from entries_of(answer, keys)
    said = {key: one_number(answer[key]) for key in keys}
    if None in said.values():
        yield "numbers"
    return said
