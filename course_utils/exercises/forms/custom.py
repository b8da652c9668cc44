"""Judge anything else by a generator that says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from course_utils.exercises.calls import Guarded, run
from course_utils.exercises.feedback import Stop
from course_utils.exercises.forms.exercise import AS_GIVEN, Exercise


class Custom(Exercise):
    """Anything else: a generator judges the answers.

    In the text, an item has a name and a hint only: the judge finds the mistake.

    Parameters
    ----------
    judge : Callable
        Generator that gets the answers and yields what is wrong, the most basic first: the name of a hint, or that name
        and lines that show the case, ``("name", ["split([0, 1])", "gives: ..."])``.  Judging ends with the first one;
        if there is none, the answers are right.
    call : str
        Name of the function in the notebook, if the (first) answer is a function.  The judge then gets it `Guarded`: it
        is called with copies, and if it raises, returns nothing, or takes other arguments, judging ends with a hint
        about that.
    answers : int
        How many answers `check` takes.
    right : Sequence of tuple
        Right answers, each with all its parts.
    reference : Callable, optional
        A right function, whose code no hint may hold.
    given : Callable, optional
        The function as the learner gets it, if there is one to mend.
    tried : Sequence
        Arguments for which an answer that was not changed yet gives what ``given`` gives.

    Notes
    -----
    `as_array` turns what an answer gives into numbers; where it cannot, judging ends with a hint about that.
    """

    def __init__(
        self,
        judge: Callable[..., Iterator],
        call: str = "",
        answers: int = 1,
        right: Sequence[tuple] = (),
        reference: Callable | None = None,
        given: Callable | None = None,
        tried: Sequence = (),
    ):
        super().__init__(answers)
        self._judge, self.call, self.reference = judge, call, reference
        self.given, self._tried = given, tried
        self._right = [*right, *([(reference,)] if reference else [])]

    def judge(self, *answers) -> None:
        """Take the first thing that the generator finds."""
        guarded = (Guarded(answers[0], self.call), *answers[1:]) if self.call else answers
        for found in self._judge(*guarded):
            if self._is_as_given(answers[0]):
                raise Stop(None, AS_GIVEN)
            name, case = (found, ()) if isinstance(found, str) else found
            raise self.stop(name, case)

    def _is_as_given(self, answer: object) -> bool:
        return self.given is not None and run(answer, self._tried).like(run(self.given, self._tried), 0, 0)

    def right_answers(self) -> list[tuple]:
        """Return the right answers that were declared."""
        return self._right

    def solution(self) -> object:
        """Return the reference, if there is one."""
        return self.reference
