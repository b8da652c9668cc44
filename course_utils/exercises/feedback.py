"""What `check` returns: one text, the same for the same answer."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

WIDTH = 100  # columns; a notebook on a projector shows about that many

PASSED, NOT_YET, TRY_AGAIN, UNKNOWN = "passed", "not yet", "try again", "unknown"

_NOT_YET_TEXT = "work on the cell above, run it, then run this check again."


@dataclass(frozen=True, repr=False)
class Feedback:
    """Feedback on one answer; its ``repr`` is the text that the learner reads.

    Attributes
    ----------
    exercise
        Name of the exercise, such as "5.1".
    status
        "passed", "not yet" (nothing is answered), "try again", or "unknown" (there is no such exercise).
    text
        What there is to say, without line breaks inside a sentence.
    hint
        Name of the hint that `text` gives: of a mistake that the checker knows, or a general one; None where there is
        nothing to hint at.  For tests.
    case
        Lines that show a call, what came out and what must: the smallest case that fails.
    """

    exercise: str
    status: str
    text: str = ""
    hint: str | None = None
    case: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.status == PASSED

    def __repr__(self) -> str:
        if self.status == UNKNOWN:
            head = self.text
        elif self.text:
            head = f"{self.exercise} {self.status}: {self.text}"
        else:
            head = f"{self.exercise} {self.status}."
        wrapped = textwrap.fill(head, WIDTH, break_long_words=False, break_on_hyphens=False)
        return "\n".join([wrapped, *(f"    {line}" for line in self.case)])


def not_yet(exercise: str) -> Feedback:
    """Return the feedback on a blank: one form for all exercises."""
    return Feedback(exercise, NOT_YET, _NOT_YET_TEXT)


class Stop(Exception):  # noqa: N818 - not an error: it ends the judging of an answer
    """Ends the judging of an answer, wherever it is noticed that there is nothing more to look at.

    Parameters
    ----------
    hint
        Name of the hint; None: nothing is answered yet.
    text
        The hint itself.
    case
        As in `Feedback`.
    """

    def __init__(self, hint: str | None, text: str = "", case: tuple[str, ...] = ()):
        super().__init__(text)
        self.hint, self.text, self.case = hint, text, case

    def feedback(self, exercise: str) -> Feedback:
        """Return the feedback that this amounts to."""
        if self.hint is None:
            return not_yet(exercise)
        return Feedback(exercise, TRY_AGAIN, self.text, self.hint, self.case)
