"""Turn stolen templates back into pictures, and count who accepts them: lesson 11's protocol.

Used by `notebooks/11_responsibility.ipynb` and `benchmarks/template_inversion.py`, which says what is measured.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course_utils import metrics
from course_utils.datasets import FaceDataset

RATE = 0.01  # the false match rate of the comparers' thresholds

Embed = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Comparer:
    """A recogniser that a picture is shown to.

    Attributes
    ----------
    embed : callable
        Takes pictures (n, 64, 64, 3) with values 0..255, gives (n, numbers).
    threshold : float
        From this cosine on, it takes two pictures for one person.
    """

    embed: Embed
    threshold: float


def comparer(embed: Embed, faces: FaceDataset, rate: float = RATE) -> Comparer:
    """Return a comparer whose threshold has a false match rate among all pairs of pictures of these people.

    Raises
    ------
    TooFewComparisonsError
        If there are too few pairs for this rate.
    """
    first, second, mated = metrics.all_pairs(faces.labels)
    scores = metrics.cosine_similarity(embed(faces.images), first, second)
    return Comparer(embed, metrics.threshold_at(scores, mated, rate))


def stolen_and_other(faces: FaceDataset) -> tuple[np.ndarray, np.ndarray]:
    """Return the place of the picture of each person whose template is stolen, and of another picture of that person.

    Parameters
    ----------
    faces : FaceDataset
        At least two pictures of everybody; the first is stolen, the second is the other one.

    Returns
    -------
    (stolen, other) : ndarray of int, shapes (people,), (people,)

    Raises
    ------
    ValueError
        If somebody has only one picture.
    """
    places = [np.flatnonzero(faces.labels == label)[:2] for label in np.unique(faces.labels)]
    if any(len(two) < 2 for two in places):
        raise ValueError("faces: everybody needs two pictures or more, one of them to be stolen.")
    return tuple(np.array(places).T)


def similarities(embed: Embed, shown: np.ndarray, pictures: np.ndarray) -> np.ndarray:
    """Return the cosine of the picture that is shown for each person with a picture of that person, (people,).

    Parameters
    ----------
    embed : callable
        As a `Comparer` has it.
    shown, pictures : ndarray, shapes (people, 64, 64, 3)
        What is shown in place of each person, and the person's own picture.
    """
    both = np.concatenate([embed(np.asarray(shown)), embed(pictures)])
    people = np.arange(len(shown))
    return metrics.cosine_similarity(both, people, people + len(people))


def accepted(judge: Comparer, shown: np.ndarray, pictures: np.ndarray) -> np.ndarray:
    """Return whether the judge takes the picture that is shown for each person for a picture of that person, (people,).

    Parameters
    ----------
    judge : Comparer
    shown, pictures : ndarray, shapes (people, 64, 64, 3)
        What is shown in place of each person, and the person's own picture.
    """
    return similarities(judge.embed, shown, pictures).astype(float) >= judge.threshold


def rates(judges: dict[str, Comparer], shown: dict[str, np.ndarray], faces: FaceDataset) -> list[dict]:
    """Return for each judge and each kind of picture for how many people it is accepted.

    Parameters
    ----------
    judges : dict of Comparer
    shown : dict of ndarray, shapes (people, 64, 64, 3)
        What is shown in place of each person.
    faces : FaceDataset
        The people whose templates were stolen.

    Returns
    -------
    list of dict
        ``judge``, ``shown``, ``against`` ("stolen picture" or "other picture"), ``successes`` and ``trials``: each
        person is one trial, so Wilson's interval is one by people.
    """
    compared = dict(zip(("stolen picture", "other picture"), stolen_and_other(faces), strict=True))
    return [
        {
            "judge": name,
            "shown": kind,
            "against": against,
            "successes": int(accepted(judge, pictures, faces.images[places]).sum()),
            "trials": len(places),
        }
        for name, judge in judges.items()
        for kind, pictures in shown.items()
        for against, places in compared.items()
    ]
