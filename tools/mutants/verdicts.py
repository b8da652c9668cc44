"""Ask the checkers what they make of mutants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course_utils.exercises import exercises, judge
from course_utils.exercises.feedback import NOT_YET
from course_utils.exercises.forms import SMALLEST_CASE, Exercise, Function
from course_utils.exercises.isolation import TimeLimit, quiet
from tools.mutants.inputs import find_difference
from tools.mutants.mutate import Mutant, mutants
from tools.mutants.solutions import Solution

#: What may happen to a mutant: it gets the hint for one mistake; it gets the smallest case, or the hint for everything
#: else; it fails, or gives another kind of thing than the exercise asks for; it is taken for a blank; it passes.
NAMED, GENERAL, ERROR, BLANK, ACCEPTED = "named", "general", "error", "not yet", "accepted"

#: Seconds that a mutant may take.  A right answer takes a hundredth of one.
LONGEST_SECONDS = 3


@dataclass(frozen=True)
class Verdict:
    """What a checker makes of a mutant.

    Attributes
    ----------
    change : str
        The mutant, as in `Mutant`.
    outcome : str
        `NAMED`, `GENERAL`, `ERROR`, `BLANK` or `ACCEPTED`.
    hint : str
        Name of the hint.
    partial : bool
        Whether a named hint is for a mistake that gives something else on some of the cases: it may mislead.
    difference : str
        Of an accepted function: a call for which it gives something else than the reference, if one was found.
    """

    change: str
    outcome: str
    hint: str = ""
    partial: bool = False
    difference: str = ""


def find_exercise(name: str) -> Exercise:
    """Return an exercise by its name."""
    return exercises(int(name.partition(".")[0]))[name]


def ask_all(solution: Solution) -> list[Verdict]:
    """Return what the checker makes of all mutants of a solution; of none if it cannot be run alone."""
    return [] if solution.missing else ask(solution, mutants(solution.source))


def ask(solution: Solution, chosen: Iterable[Mutant], seconds: float = LONGEST_SECONDS) -> list[Verdict]:
    """Return what the checker of an exercise makes of mutants of its solution.

    Parameters
    ----------
    solution : Solution
        The solution.
    chosen : iterable of Mutant
        Mutants of its source.
    seconds : float
        How long each may take.

    Raises
    ------
    ValueError
        If the solution itself does not pass.
    """
    exercise, imported = find_exercise(solution.exercise), solution.imported()
    with quiet():
        answers = solution.run(solution.source, imported)
    if not judge(solution.exercise, *answers).passed:
        raise ValueError(f"The solution of {solution.exercise} does not pass: mend it, or its checker, first.")
    verdicts = []
    for mutant in chosen:
        limit = TimeLimit(seconds)
        try:
            with quiet(), limit:
                verdicts.append(ask_about(mutant, solution, exercise, imported))
        except KeyboardInterrupt:
            if not limit.expired:
                raise
            verdicts.append(Verdict(mutant.change, ERROR, "does not end"))
    return verdicts


def ask_about(mutant: Mutant, solution: Solution, exercise: Exercise, imported: dict[str, object]) -> Verdict:
    """Return what the checker makes of a mutant."""
    try:
        answers = solution.run(mutant.source, imported)
    except Exception as error:
        return Verdict(mutant.change, ERROR, type(error).__name__)
    feedback = judge(exercise.name, *answers)
    if feedback.passed:
        found = find_difference(exercise, answers[0]) if isinstance(exercise, Function) else ""
        return Verdict(mutant.change, ACCEPTED, difference=found)
    if feedback.status == NOT_YET:
        return Verdict(mutant.change, BLANK)
    if feedback.hint not in exercise.hints:  # one of those that all exercises have
        return Verdict(mutant.change, ERROR, feedback.hint)
    if feedback.hint in general_hints(exercise):
        return Verdict(mutant.change, GENERAL, feedback.hint)
    return Verdict(mutant.change, NAMED, feedback.hint, is_partial(exercise, feedback.hint, answers))


def general_hints(exercise: Exercise) -> set[str]:
    """Return the names of hints that are for every answer that nothing else is for."""
    rest = {item.name for item in exercise.text.items if item.part and not item.mistake}
    other = {name for name in exercise.hints if name.startswith("other ")}  # so the judges of `Custom` name them
    return {SMALLEST_CASE} | rest | other


def is_partial(exercise: Exercise, hint: str, answers: Sequence) -> bool:
    """Tell whether a function gets the hint for a mistake without giving what the mistake gives on every case."""
    if not isinstance(exercise, Function):
        return False
    wrong = next(mistake.answer for mistake in exercise.mistakes if mistake.name == hint)
    pairs = zip(exercise.outcomes(answers[0]), exercise.outcomes(wrong), strict=True)
    return not all(one.like(other, exercise.rtol, exercise.atol) for one, other in pairs)
