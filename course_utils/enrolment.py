"""Enrol people by the mean embedding of their pictures, and answer for a new picture: one of their names, or "nobody".

Lesson 05 uses it for a handful of people.  It is a gallery (`course_utils.gallery`) with a threshold, in the words that
lesson 05 knows.
"""

from __future__ import annotations

from os import PathLike

import numpy as np

from course_utils.gallery import Gallery

NETWORK = "the embedding of lesson 05"


class Enrolment:
    """The enrolled people, and the least similarity at which a picture is taken for one of them.

    Parameters
    ----------
    gallery : Gallery
        Of the mean embedding of each person, with a threshold.
    """

    def __init__(self, gallery: Gallery):
        self.gallery = gallery

    @property
    def names(self) -> tuple[str, ...]:
        """Who is enrolled."""
        return self.gallery.names

    @property
    def embeddings(self) -> np.ndarray:
        """One embedding for each name, of length 1: float32, (people, numbers)."""
        return self.gallery.references

    def names_of(self, embeddings) -> list[str]:
        """Return for each embedding (n, numbers) the most similar person's name, or "nobody" below the threshold."""
        return [answer.name or "nobody" for answer in self.gallery.identify(embeddings)]

    def without(self, name: str) -> Enrolment:
        """Delete somebody, also from the file that this was saved to or read from; return the enrolment.

        Raises
        ------
        ValueError
            If nobody of that name is enrolled.
        """
        self.gallery.withdraw(name)
        return self

    def save(self, path: str | PathLike) -> None:
        """Write names, embeddings and threshold to one file, whose name ends in ``.npz``."""
        self.gallery.save(path)


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
        From this cosine on, a picture is taken for the most similar person; below it, for nobody.

    Raises
    ------
    ValueError
        As `Gallery.enrol_labelled` does.
    """
    gallery = Gallery(NETWORK, strategy="mean", threshold=threshold)
    gallery.enrol_labelled(embeddings, labels, names)
    return Enrolment(gallery)


def load(path: str | PathLike) -> Enrolment:
    """Read what `Enrolment.save` wrote."""
    return Enrolment(Gallery.load(path, network=NETWORK))


def similarities(embeddings, enrolled) -> np.ndarray:
    """Return the cosine of each embedding (n, numbers) with each enrolled one (people, numbers), (n, people)."""
    gallery = Gallery(NETWORK)
    gallery.enrol_labelled(enrolled, range(len(enrolled)), [str(number) for number in range(len(enrolled))])
    return gallery.scores(embeddings)
