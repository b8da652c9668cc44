"""Say how well the checkers tell wrong solutions from right ones."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.mutants.solutions import Solution
from tools.mutants.survivors import FILE, Survivors
from tools.mutants.verdicts import ACCEPTED, BLANK, ERROR, GENERAL, NAMED, Verdict

#: The fraction of the wrong mutants that must be rejected.
BAR = 0.99
HEAD = (
    f"{'exercise':8} {'mutants':>8} {'named':>6} {'general':>8} {'error':>6} {'not yet':>8} "
    f"{'equivalent':>11} {'tolerated':>10} {'holes':>6} {'rejected':>9}"
)
LONGEST_CALL = 200


@dataclass(frozen=True)
class Result:
    """The verdicts on the mutants of one exercise, sorted.

    Attributes
    ----------
    exercise : str
        Name of the exercise.
    verdicts : sequence of Verdict
        All verdicts.
    equivalent, tolerated, holes : list of Verdict
        Those on mutants that are accepted: because they are right, on purpose, or by mistake.
    stale : list of str
        Changes that are listed, but belong to no mutant that is accepted.
    """

    exercise: str
    verdicts: Sequence[Verdict]
    equivalent: list[Verdict] = field(default_factory=list)
    tolerated: list[Verdict] = field(default_factory=list)
    holes: list[Verdict] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        """Return how many mutants fared so."""
        return sum(verdict.outcome == outcome for verdict in self.verdicts)


def sort_verdicts(exercise: str, verdicts: Sequence[Verdict], survivors: Survivors) -> Result:
    """Compare the mutants that are accepted with those that may be."""
    equivalent = survivors.equivalent.get(exercise, [])
    tolerated = survivors.tolerated.get(exercise, [])
    accepted = {verdict.change: verdict for verdict in verdicts if verdict.outcome == ACCEPTED}
    return Result(
        exercise,
        verdicts,
        [verdict for change, verdict in accepted.items() if change in equivalent],
        [verdict for change, verdict in accepted.items() if change in tolerated],
        [verdict for change, verdict in accepted.items() if change not in [*equivalent, *tolerated]],
        [change for change in [*equivalent, *tolerated] if change not in accepted],
    )


def score(results: Sequence[Result]) -> float:
    """Return the fraction of the wrong mutants that are rejected."""
    rejected = sum(len(result.verdicts) - result.count(ACCEPTED) for result in results)
    wrong = sum(len(result.verdicts) - len(result.equivalent) for result in results)
    return rejected / wrong if wrong else 1.0


def is_good(results: Sequence[Result]) -> bool:
    """Tell whether there are no holes, enough is rejected, and the list of survivors is current."""
    return score(results) >= BAR and not any(result.holes or result.stale for result in results)


def row(name: str, results: Sequence[Result]) -> str:
    """Return a line of the table."""
    named, general, error, blank = (
        sum(result.count(outcome) for result in results) for outcome in (NAMED, GENERAL, ERROR, BLANK)
    )
    equivalent, tolerated, holes = (
        sum(len(getattr(result, kind)) for result in results) for kind in ("equivalent", "tolerated", "holes")
    )
    mutants = sum(len(result.verdicts) for result in results)
    return (
        f"{name:8} {mutants:8,} {named:6,} {general:8,} {error:6,} {blank:8,} "
        f"{equivalent:11,} {tolerated:10,} {holes:6,} {score(results):9.1%}"
    )


def skipped(solution: Solution) -> str:
    """Say why the mutants of an exercise are not tried."""
    return f"{solution.exercise:8} left out: it needs {', '.join(solution.missing)} of earlier cells, which are not run"


def remarks(results: Sequence[Result]) -> list[str]:
    """Return what is to be looked at, a line each, under headings."""
    holes = [line for result in results for verdict in result.holes for line in hole_lines(result.exercise, verdict)]
    partial = [
        f"  {result.exercise:5} {verdict.change}\n        {verdict.hint}"
        for result in results
        for verdict in result.verdicts
        if verdict.partial
    ]
    stale = [f"  {result.exercise:5} {change}" for result in results for change in result.stale]
    lines = []
    for heading, found in (
        ("Wrong, and accepted: add a case to the checker, or list it with a reason in " + FILE.name, holes),
        ("The hint is for a mistake that gives something else on other cases: does it mislead?", partial),
        (f"Listed in {FILE.name}, but rejected now, or no mutant at all: take it out, or move it to `mended`", stale),
    ):
        lines += ["", heading, *found] if found else []
    return lines


def hole_lines(exercise: str, verdict: Verdict) -> list[str]:
    """Return a hole, and a call that shows it, if one was found."""
    lines = [f"  {exercise:5} {verdict.change}"]
    if verdict.difference:
        lines.append(f"        differs, for example, for {textwrap.shorten(verdict.difference, LONGEST_CALL)}")
    return lines
