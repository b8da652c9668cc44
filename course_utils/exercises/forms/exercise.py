"""Hold what all forms of exercise have in common."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course_utils.exercises.feedback import PASSED, TRY_AGAIN, Feedback, Stop, not_yet
from course_utils.exercises.hints import Text
from course_utils.exercises.reading import Unreadable, is_blank

#: Name of the hint for a wrong answer that no mistake explains.
AS_GIVEN = (
    "the function still does what it did when you got it. Change it in the cell above, run the cell, then run this "
    "check again."
)
SMALLEST_CASE = "smallest case"


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that learners really give.

    Attributes
    ----------
    name : str
        What went wrong, in a few words, for tests and maintainers: "flipped kernel".
    answer : object
        The wrong answer itself: a value, or a function that makes the mistake.
    hint : str
        What the learner reads.
    """

    name: str
    answer: object
    hint: str


class Exercise:
    """An exercise and how its answers are judged; the base of all forms.

    Parameters
    ----------
    answers : int
        How many answers `check` takes.

    Attributes
    ----------
    name : str
        Number of the lesson, a point, and the number of the exercise: "5.1".
    hints : Mapping
        The text of each hint of this exercise by its name, beside the general ones.
    mistakes : Sequence of Mistake
        Wrong answers that the checker itself can tell.
    call : str
        Name of the function in the notebook, if the answer is a function.
    """

    def __init__(self, answers: int = 1):
        self.answers = answers
        self.name, self.text = "", Text()
        self.hints: Mapping[str, str] = {}
        self.mistakes: Sequence[Mistake] = ()
        self.call = ""

    def named(self, name: str, text: Text, names: dict[str, object]) -> Exercise:
        """Take the number of the exercise, its text, and the names of its module; return the exercise.

        Raises
        ------
        ValueError
            If the text does not fit the exercise.
        """
        self.name, self.text = name, text
        self.hints = {item.name: item.hint for item in text.items}
        self.mistakes = self.read_mistakes(names)
        return self

    def read_mistakes(self, names: dict[str, object]) -> Sequence[Mistake]:
        """Return the mistakes that the text describes, in its order."""
        return []

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
        return Feedback(self.name, PASSED, self.text.passed)

    def judge(self, *answers) -> None:
        """Return if the answers are right, raise `Stop` with a hint otherwise."""
        raise NotImplementedError

    def second(self, feedback: Feedback, answers: Sequence) -> Feedback:
        """Return feedback with a second hint, for an answer that gets the same first one again."""
        texts = [item.second for item in self.text.items if item.name == feedback.hint and item.second]
        texts += self.remarks(answers, feedback)
        return dataclasses.replace(feedback, more=tuple(f"Second hint: {text}" for text in texts))

    def remarks(self, answers: Sequence, feedback: Feedback) -> Sequence[str]:
        """Return what a form can say about an answer beyond its first hint, a paragraph each."""
        return []

    def stop(self, hint: str, case: Sequence[str] = ()) -> Stop:
        """Return the end of judging with one of this exercise's hints."""
        return Stop(hint, self.hints[hint], tuple(case))

    def right_answers(self) -> list[tuple]:
        """Return right answers that the checker itself can tell, each with all its parts."""
        return []

    def solution(self) -> object:
        """Return what no hint may hold: the right value, the reference function, or None."""
        return None
