"""Enrol people by the mean embedding of their pictures, and answer for a new picture: one of their names, or "nobody".

Lesson 05 uses it for a handful of people.  It compares with everybody in turn and keeps one embedding per person.
"""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import numpy as np

NOBODY = "nobody"


@dataclass(frozen=True, eq=False)
class Enrolment:
    """The enrolled people, and the similarity from which a picture is taken for one of them.

    Attributes
    ----------
    names : tuple of str
        Who is enrolled, each name once.
    embeddings : ndarray of float32, shape (people, numbers)
        One embedding for each name, of length 1.
    threshold : float
        From this cosine on, a picture is taken for the most similar person; below it, for nobody.
    """

    names: tuple[str, ...]
    embeddings: np.ndarray
    threshold: float

    def __post_init__(self):
        if len(self.names) != len(self.embeddings) or len(set(self.names)) != len(self.names) or not self.names:
            raise ValueError(
                f"names: expected one name for each of the {len(self.embeddings)} embeddings and at least one, "
                f"none of them twice, got {list(self.names)}."
            )

    def names_of(self, embeddings) -> list[str]:
        """Return for each embedding (n, numbers) the most similar person's name, or "nobody" below the threshold."""
        scores = similarities(embeddings, self.embeddings)
        best = scores.argmax(axis=1)
        certain = scores.max(axis=1) >= self.threshold
        return [self.names[person] if sure else NOBODY for person, sure in zip(best, certain, strict=True)]

    def without(self, name: str) -> Enrolment:
        """Return the enrolment of everybody else: how somebody's data is deleted.

        Raises
        ------
        ValueError
            If nobody of that name is enrolled, or nobody else is.
        """
        if name not in self.names:
            raise ValueError(f"name: nobody is enrolled as {name!r}; the names are {', '.join(self.names)}.")
        kept = [position for position, other in enumerate(self.names) if other != name]
        return Enrolment(tuple(self.names[position] for position in kept), self.embeddings[kept], self.threshold)

    def save(self, path: str | PathLike) -> None:
        """Write names, embeddings and threshold to one file, whose name ends in ``.npz``."""
        if Path(path).suffix != ".npz":
            raise ValueError(f"path: expected a name that ends in .npz, got {str(path)!r}.")
        np.savez(path, names=np.array(self.names), embeddings=self.embeddings, threshold=self.threshold)


def enrol(embeddings, labels, names, threshold: float) -> Enrolment:
    """Enrol each labelled person with the mean direction of the embeddings of that person's pictures.

    Parameters
    ----------
    embeddings : array_like of float, shape (n, numbers)
        One for each picture; each counts the same, whatever its length.
    labels : array_like of int, shape (n,)
        Who is in each picture: positions in `names`.
    names : sequence of str
        As in `FaceDataset.names`; names without a picture are left out.
    threshold : float
        See `Enrolment`.

    Raises
    ------
    ValueError
        If there is not one label for each embedding.
    """
    embeddings, labels = _of_length_1(embeddings), np.asarray(labels)
    if labels.shape != embeddings.shape[:1]:
        raise ValueError(f"labels: expected one for each of the {len(embeddings)} embeddings, got {labels.shape}.")
    people = np.unique(labels)
    means = np.stack([embeddings[labels == person].mean(axis=0) for person in people])
    return Enrolment(tuple(str(names[person]) for person in people), _of_length_1(means), float(threshold))


def load(path: str | PathLike) -> Enrolment:
    """Read what `Enrolment.save` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        return Enrolment(tuple(stored["names"].tolist()), stored["embeddings"], float(stored["threshold"]))


def similarities(embeddings, enrolled) -> np.ndarray:
    """Return the cosine of each embedding (n, numbers) with each enrolled one (people, numbers), (n, people)."""
    return _of_length_1(embeddings) @ _of_length_1(enrolled).T


def _of_length_1(embeddings) -> np.ndarray:
    """Return embeddings (n, numbers) as float32, each divided by its length; one of all zeros stays as it is."""
    embeddings = np.asarray(embeddings, dtype=np.float32)
    if embeddings.ndim != 2:
        raise ValueError(f"embeddings: expected the shape (pictures, numbers), got {embeddings.shape}.")
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    return embeddings / np.where(lengths > 0, lengths, 1)
