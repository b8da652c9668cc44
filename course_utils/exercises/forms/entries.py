"""Judge an answer of several entries, one after the other: numbers, or words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from course_utils.exercises.feedback import Feedback
from course_utils.exercises.forms.exercise import Exercise, Mistake
from course_utils.exercises.forms.value import numbers
from course_utils.exercises.hints import Item, make_mistakes
from course_utils.exercises.reading import ATOL, RTOL, Unreadable, as_array, same, show


class Entries(Exercise):
    """Several entries, each with one right content; the base of `Values` and `Words`.

    In the text, the heading ``## camera`` opens the hints for that entry.  A mistake below it is a wrong content, or
    several, separated by commas; the hint without one is for all other contents.  Above the first heading, a mistake is
    a wrong content that any entry may have, or a dictionary of the wrong contents of several, which must all be there;
    and what is said about the form of the answer may be put in other words, under the names "not a dictionary", "keys",
    and "words" or "numbers".

    Parameters
    ----------
    right : Mapping
        The right content of each entry.
    variable : str
        Name of the dictionary in the notebook.  Without it, the entries are answers of their own, in this order.
    """

    #: What an entry holds, in the plural: the name of the hint about another kind of content.
    holds = ""

    def __init__(self, right: Mapping, variable: str = ""):
        super().__init__(answers=1 if variable else len(right))
        self.right, self.variable = dict(right), variable
        self.known: list[tuple[Item, Sequence]] = []

    def read_mistakes(self, names: dict[str, object]) -> Sequence[Mistake]:
        """Return right answers with wrong contents put in."""
        entries = {str(entry): entry for entry in self.right}
        others = {item.part for item in self.text.items if not item.mistake}
        if {item.part for item in self.text.items} - {""} != set(entries) or not set(entries) <= others:
            raise ValueError(f"Exercise {self.name}: each of {list(entries)} needs a heading and a hint of its own.")
        self.hints = {**self.general_hints(), **self.hints}
        self.known = [(item, make_mistakes(item, names)) for item in self.text.items if item.mistake]
        mistakes = []
        for item, contents in self.known:
            for content in contents:
                entry = entries.get(item.part, next(iter(self.right)))
                changed = content if isinstance(content, dict) else {entry: content}
                mistakes.append(Mistake(item.name, self._written(self.right | changed), item.hint))
        return mistakes

    def general_hints(self) -> dict[str, str]:
        """Return what is said about the form of an answer."""
        if not self.variable:
            return {}
        keys = ", ".join(map(str, self.right))
        return {
            "not a dictionary": f"keep the dictionary `{self.variable}` as it is, and put {self.holds} in place of the "
            "dots.",
            "keys": f"the dictionary has the keys {keys}: keep them as they are.",
        }

    def judge(self, *answers) -> None:
        """Look at the form, then at the answer as a whole, then at one entry after the other."""
        answer = self.read(self._entries(answers))
        for item, contents in self.known:
            whole = contents[0]
            if isinstance(whole, dict) and all(self.is_same(answer[entry], wrong) for entry, wrong in whole.items()):
                raise self.stop(item.name)
        for entry, right in self.right.items():
            if not self.is_same(answer[entry], right):
                case = [f"{self.variable}[{show(entry)}] = {show(answer[entry])}"] if self.variable else []
                raise self.stop(self._hint(str(entry), answer[entry]), case)

    def _hint(self, part: str, content) -> str:
        """Return the name of the hint for a wrong content."""
        for item, contents in self.known:
            wrong_contents = [wrong for wrong in contents if not isinstance(wrong, dict)]
            if item.part in ("", part) and any(self.is_same(content, wrong) for wrong in wrong_contents):
                return item.name
        return next(item.name for item in self.text.items if item.part == part and not item.mistake)

    def _entries(self, answers: Sequence) -> dict:
        if not self.variable:
            return dict(zip(self.right, answers, strict=True))
        if not isinstance(answers[0], dict):
            raise self.stop("not a dictionary")
        if set(answers[0]) != set(self.right):
            raise self.stop("keys")
        return answers[0]

    def _written(self, entries: dict) -> object:
        return entries if self.variable else tuple(entries.values())

    def read(self, answer: dict) -> dict:
        """Return the contents as they are compared; raise `Stop` where one is of another kind."""
        raise NotImplementedError

    def is_same(self, content, other) -> bool:
        """Tell whether two contents are the same."""
        raise NotImplementedError

    def remarks(self, answers: Sequence, feedback: Feedback) -> Sequence[str]:
        """Count the entries that are right."""
        answer = self.read(self._entries(answers))
        right = sum(self.is_same(answer[entry], content) for entry, content in self.right.items())
        return [f"{right} of the {len(self.right)} {'entries' if self.variable else 'answers'} are right."]

    def right_answers(self) -> list[tuple]:
        """Return the right entries."""
        return [(dict(self.right),)] if self.variable else [tuple(self.right.values())]


class Words(Entries):
    """A word for each of several entries, out of a few.

    Parameters
    ----------
    right, variable
        As in `Entries`.
    words : Sequence of str
        All words that may be given.  Capitals, spaces and hyphens make no difference.
    """

    holds = "words"

    def __init__(self, right: Mapping[object, str], words: Sequence[str], variable: str):
        super().__init__(right, variable)
        self.words = tuple(words)

    def general_hints(self) -> dict[str, str]:
        """Return what is said about the form of an answer."""
        one_of = ", ".join(f'"{word}"' for word in self.words)
        return super().general_hints() | {"words": f"each entry gets one of these words, in quotes: {one_of}."}

    def read(self, answer: dict) -> dict:
        """Return the words, bare and in small letters."""
        known = {_plain(word): word for word in self.words}
        if not all(isinstance(word, str) and _plain(word) in known for word in answer.values()):
            raise self.stop("words")
        return {entry: known[_plain(answer[entry])] for entry in self.right}

    def is_same(self, content: str, other: str) -> bool:
        """Tell whether two words are the same."""
        return content == other


def _plain(word: str) -> str:
    return str.strip(word).casefold().replace("-", "").replace(" ", "")


class Values(Entries):
    """Several numbers, or lists of numbers, each by its name.

    Parameters
    ----------
    right, variable
        As in `Entries`.
    also : Mapping, optional
        Another right content of an entry.
    rtol, atol : float
        How close is close enough.
    """

    holds = "numbers"

    def __init__(
        self, right: Mapping, variable: str = "", also: Mapping | None = None, rtol: float = RTOL, atol: float = ATOL
    ):
        super().__init__(right, variable)
        self.also, self.rtol, self.atol = dict(also or {}), rtol, atol

    def general_hints(self) -> dict[str, str]:
        """Return what is said about the form of an answer."""
        shapes = {as_array(content).shape for content in self.right.values()}
        each = f"is {numbers(shapes.pop())}" if len(shapes) == 1 else "is made of numbers"
        return super().general_hints() | {"numbers": f"each {'entry' if self.variable else 'answer'} {each}."}

    def read(self, answer: dict) -> dict:
        """Return the numbers of each entry."""
        return {entry: self._read(entry, answer[entry]) for entry in self.right}

    def _read(self, entry, content):
        wanted = as_array(self.right[entry]).shape
        try:
            found = as_array(content)
        except Unreadable:
            found = None
        if found is None or found.size != as_array(self.right[entry]).size:
            case = [f"{self.variable}[{show(entry)}] = {show(content)}"] if self.variable else []
            raise self.stop("numbers", case)
        found = found.reshape(wanted)
        return self.right[entry] if entry in self.also and self.is_same(found, self.also[entry]) else found

    def is_same(self, content, other) -> bool:
        """Tell whether two contents are the same within the tolerance."""
        return same(content, other, self.rtol, self.atol)


def entries_of(answer, keys) -> Iterator[str]:
    """Yield the hint "not a dictionary" or "keys" for an answer that is no dictionary with these keys; for `Custom`."""
    if not isinstance(answer, dict):
        yield "not a dictionary"
    elif set(answer) != set(keys):
        yield "keys"
