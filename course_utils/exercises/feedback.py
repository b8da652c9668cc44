"""Put what `check` says into words, and in a notebook into colours and signs as well."""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass

from course_utils import theme

WIDTH = 100  # columns; a notebook on a projector shows about that many

PASSED, NOT_YET, TRY_AGAIN, UNKNOWN = "passed", "not yet", "try again", "unknown"

# A sign and a colour for each status: the word tells it too, so nobody needs to see the colour.  The text keeps the
# notebook's own colour, which is legible in a light theme and in a dark one.
FACES = {
    PASSED: ("\u2714", theme.PASSED),
    TRY_AGAIN: ("\u2718", theme.TRY_AGAIN),
    NOT_YET: ("\u2026", theme.NOT_YET),
    UNKNOWN: ("?", theme.NOT_YET),
}
_BOX = "border-left: 5px solid {colour}; padding: 4px 12px; max-width: 56em"

_NOT_YET_TEXT = "work on the cell above, run it, then run this check again."


@dataclass(frozen=True, repr=False)
class Feedback:
    """Feedback on one answer; its ``repr`` is the text that the learner reads, in a notebook its HTML.

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
    more
        What is said on a later try, a paragraph each: a second hint, and how to see the solution.
    """

    exercise: str
    status: str
    text: str = ""
    hint: str | None = None
    case: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

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
        return "\n".join([_wrapped(head), *(f"    {line}" for line in self.case), *map(_wrapped, self.more)])

    def _repr_html_(self) -> str:
        sign, colour = FACES[self.status]
        head = "" if self.status == UNKNOWN else f"{sign}&ensp;<b>{html.escape(self.exercise)} {self.status}</b>"
        lines = [" &middot; ".join(part for part in (head, _marked_up(self.text)) if part)]
        if self.case:
            lines.append(f"<pre>{html.escape(chr(10).join(self.case))}</pre>")
        lines += [f"<div>{_marked_up(paragraph)}</div>" for paragraph in self.more]
        return f'<div style="{_BOX.format(colour=colour)}">{"".join(lines)}</div>'


def _wrapped(paragraph: str) -> str:
    return textwrap.fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)


def _marked_up(text: str) -> str:
    """Return a text as HTML, with its `code` and *emphasis* set as such."""
    escaped = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
    return re.sub(r"(?<![\w*])\*(\w[^*]*)\*(?![\w*])", r"<em>\1</em>", escaped)


def not_yet(exercise: str, text: str = "") -> Feedback:
    """Return the feedback on a blank: one form for all exercises, unless there is more to say."""
    return Feedback(exercise, NOT_YET, text or _NOT_YET_TEXT)


class Stop(Exception):  # noqa: N818 - not an error: it ends the judging of an answer
    """Ends the judging of an answer, wherever it is noticed that there is nothing more to look at.

    Parameters
    ----------
    hint
        Name of the hint; None: nothing is answered yet.
    text
        The hint itself; where nothing is answered yet, what is said instead of the usual.
    case
        As in `Feedback`.
    """

    def __init__(self, hint: str | None, text: str = "", case: tuple[str, ...] = ()):
        super().__init__(text)
        self.hint, self.text, self.case = hint, text, case

    def feedback(self, exercise: str) -> Feedback:
        """Return the feedback that this amounts to."""
        if self.hint is None:
            return not_yet(exercise, self.text)
        return Feedback(exercise, TRY_AGAIN, self.text, self.hint, self.case)
