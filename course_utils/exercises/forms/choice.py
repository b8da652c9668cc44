"""Judge a choice of one or several letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from course_utils.exercises.feedback import Feedback, Stop
from course_utils.exercises.forms.exercise import Exercise, Mistake
from course_utils.exercises.reading import show


class Choice(Exercise):
    """One option, or all that hold, by letter.

    Learners may answer with a text ("b", "a, c"), or with a list, tuple or set of letters.  The text has one item for
    each letter: for a wrong one the hint for who chooses it; for a right one the hint for who leaves it out, only where
    several letters may be given.

    Parameters
    ----------
    options : str
        All letters, such as "abcde".
    right : str
        The right ones, such as "b" or "ad".
    several : bool, optional
        Whether more than one letter may be given.  By default, if more than one is right.

    Notes
    -----
    The hints "chose c" come before those of "missing a", in the order of the letters.
    """

    def __init__(self, options: str, right: str, several: bool | None = None):
        super().__init__()
        self.options, self.right = options, set(right)
        self.several = len(right) > 1 if several is None else several

    def read_mistakes(self, names: dict[str, object]) -> Sequence[Mistake]:
        """Return the wrong letters, then the right letters that may be missing."""
        texts = {item.name: item.hint for item in self.text.items}
        needed = set(self.options) if self.several else set(self.options) - self.right
        if set(texts) != needed:
            raise ValueError(f"Exercise {self.name}: hints are needed for the letters {sorted(needed)}.")
        self.hints = {self._hint(letter): texts[letter] for letter in sorted(texts)}
        kept = self.right if self.several else set()
        wrong = [(letter, kept | {letter}) for letter in sorted(set(texts) - self.right)]
        missing = [(letter, self.right - {letter}) for letter in sorted(set(texts) & self.right)]
        return [Mistake(self._hint(letter), answer, texts[letter]) for letter, answer in wrong + missing if answer]

    def _hint(self, letter: str) -> str:
        return f"missing {letter}" if letter in self.right else f"chose {letter}"

    def judge(self, answer) -> None:
        """Compare the letters."""
        letters = self._read(answer)
        if len(letters) > 1 and not self.several:
            raise Stop("several letters", "choose one letter: the one that fits best.")
        for letter in sorted(letters - self.right):
            raise self.stop(self._hint(letter))
        for letter in sorted(self.right - letters):
            raise self.stop(self._hint(letter))

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

    def remarks(self, answers: Sequence, feedback: Feedback) -> Sequence[str]:
        """Count the right letters."""
        if not self.several:
            return []
        letters = self._read(answers[0])
        return [f"your answer has {len(letters & self.right)} of the {len(self.right)} right letters."]

    def right_answers(self) -> list[tuple]:
        """Return the right letters, written in several ways."""
        letters = sorted(self.right)
        return [(set(letters),), (letters,), (", ".join(letters),), ("".join(letters).upper(),)]

    def solution(self) -> object:
        """Return the right letters."""
        return self.right
