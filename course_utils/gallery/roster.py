"""Keep together who is in a gallery: names, the random references of the log, and the templates of each person."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

import numpy as np

from course_utils.gallery.answers import Candidate
from course_utils.gallery.vector_index import ExactIndex


@dataclass(frozen=True)
class Person:
    """What is known of somebody.

    Attributes
    ----------
    reference : str
        Random; the log calls the person by it.
    ids : ndarray of int64
        Of the templates, one after another.
    """

    reference: str
    ids: np.ndarray


@dataclass(frozen=True, eq=False)
class Layout:
    """The people in the order of their templates, for searches.

    Attributes
    ----------
    names : list of str
    starts : ndarray of int64, shape (people,)
        The id at which each person's templates begin.
    most : int
        The most templates of one person.
    """

    names: list[str]
    starts: np.ndarray
    most: int

    def candidates(self, scores: np.ndarray, ids: np.ndarray, top: int) -> list[Candidate]:
        """Return the first so many people to whom templates belong that a search found, (n,), best first."""
        owners = np.searchsorted(self.starts, ids[ids >= 0], side="right") - 1
        people, first = np.unique(owners, return_index=True)  # the first of a person's templates is the best
        order = np.argsort(first)[:top]
        return [Candidate(self.names[people[each]], float(scores[first[each]])) for each in order]


class Roster:
    """The people of a gallery, in the order in which they came."""

    def __init__(self):
        self.people: dict[str, Person] = {}
        self.templates = ExactIndex()
        self._next_id = 0
        self._layout: Layout | None = None

    def new_name(self, name: str) -> str:
        """Return a name, its accents written in one way.

        Raises
        ------
        ValueError
            If it is no text, empty, or taken.
        """
        if not isinstance(name, str) or not name.strip():
            raise ValueError(f"name: expected a text that is not empty, got {name!r}.")
        name = unicodedata.normalize("NFC", name)
        if name in self.people:
            raise ValueError(
                f"name: {name!r} is enrolled already. For other pictures of the same person, call withdraw({name!r}) "
                "first and enrol all pictures together; a second person needs another name."
            )
        return name

    def known_name(self, name: str) -> str:
        """Return the name of somebody who is enrolled, its accents written as at enrolment.

        Raises
        ------
        ValueError
            If nobody is enrolled under it.
        """
        known = unicodedata.normalize("NFC", name) if isinstance(name, str) else name
        if known in self.people:
            return known
        shown = ", ".join(list(self.people)[:10])
        more = f" and {len(self.people) - 10} more" if len(self.people) > 10 else ""
        who = f"enrolled are {shown}{more}" if shown else "the gallery is empty"
        raise ValueError(f"name: nobody is enrolled as {name!r}; {who}.")

    def add(self, name: str, kept: np.ndarray, reference: str | None = None) -> Person:
        """Add somebody with templates (n, numbers); without a reference, draw one."""
        ids = np.arange(self._next_id, self._next_id + len(kept))
        person = Person(reference or secrets.token_hex(8), ids)
        self.templates.add(ids, kept)
        self.people[name] = person
        self._next_id += len(kept)
        self._layout = None
        return person

    def remove(self, name: str) -> None:
        """Delete somebody with all templates."""
        self.templates.remove(self.people.pop(name).ids)
        self._layout = None

    def layout(self) -> Layout:
        """Return the people in the order of their templates; it is computed once after each change."""
        if self._layout is None:
            ids = [person.ids for person in self.people.values()]
            starts = np.array([each[0] for each in ids], np.int64)
            self._layout = Layout(list(self.people), starts, max(len(each) for each in ids))
        return self._layout

    def parts(self, without: str | None = None) -> tuple[np.ndarray, np.ndarray, list[list[str]]]:
        """Return what a file keeps of everybody, or of all but one person.

        Returns
        -------
        (templates, owners, people) : tuple
            float32 (rows, numbers); for each row the position of its person, int64 (rows,); names and references.
        """
        people = {name: person for name, person in self.people.items() if name != without}
        ids = [person.ids for person in people.values()]
        kept = self.templates.of(np.concatenate(ids)) if ids else np.empty((0, 0), np.float32)
        owners = np.repeat(np.arange(len(ids)), [len(each) for each in ids])
        return kept, owners, [[name, person.reference] for name, person in people.items()]

    @classmethod
    def of_parts(cls, templates: np.ndarray, owners: np.ndarray, people: list[list[str]]) -> Roster:
        """Return the people of whom `parts` was kept."""
        roster = cls()
        bounds = np.searchsorted(owners, np.arange(len(people) + 1))
        for position, (name, reference) in enumerate(people):
            roster.add(name, templates[bounds[position] : bounds[position + 1]], reference)
        return roster
