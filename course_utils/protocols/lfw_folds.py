"""Say which of LFW's people and pictures a system may be trained on when a fold of View 2 is scored.

LFW's protocol calls a system *unrestricted, no outside data* if it is trained on LFW alone, on people of the nine folds
that are not scored, with their names.  Which people these are is told here by ``pairs.txt``: those that it names in the
other folds, with all the pictures that LFW has of them.  For the first fold that is 10,503 pictures of 3,846 people.
(LFW has 5,749 people; ``pairs.txt`` names 4,281 of them.  The protocol's ``people.txt`` would allow the rest too.)

A threshold is part of a system, so it may not know the scored fold either; and scores of people that the system was
trained on are too good to choose one.  So for a threshold, a system is trained once more without a *second* fold, whose
pairs are then scored: `training_people` takes any number of folds to leave out.

Source: G. B. Huang et al., Labeled Faces in the Wild, University of Massachusetts, Technical Report 07-49, 2007, and
G. B. Huang and E. Learned-Miller, Labeled Faces in the Wild: Updates and New Reporting Procedures, University of
Massachusetts, Technical Report UM-CS-2014-003, 2014.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from course_utils.datasets import FaceDataset, Pairs


def people_in(pairs: Pairs, labels: np.ndarray, folds: Iterable[int] | None = None) -> np.ndarray:
    """Return the people whom some folds name, each once, rising.

    Parameters
    ----------
    pairs : Pairs
    labels : ndarray of int, shape (n,)
        The person in each picture that the pairs index.
    folds : iterable of int, optional
        Numbers from 0; without it, all folds.

    Returns
    -------
    ndarray of int, shape (people,)

    Raises
    ------
    ValueError
        If there is no such fold.
    """
    return np.unique(np.asarray(labels)[pictures_in(pairs, folds)])


def pictures_in(pairs: Pairs, folds: Iterable[int] | None = None) -> np.ndarray:
    """Return the pictures that pairs of some folds compare, each once, rising; parameters as for `people_in`."""
    if folds is None:
        return pairs.pictures
    chosen = np.isin(pairs.fold, _checked(pairs, folds))
    return np.unique(np.concatenate([pairs.first[chosen], pairs.second[chosen]]))


def training_people(pairs: Pairs, labels: np.ndarray, without: Iterable[int]) -> np.ndarray:
    """Return the people who may be trained on when some folds are left out: those of the others, and nobody of these.

    Parameters
    ----------
    pairs, labels
        As `people_in` takes them.
    without : iterable of int
        The folds to leave out: the one that is scored, and where there is one, the fold that chooses a threshold.

    Returns
    -------
    ndarray of int, shape (people,)
        Rising.

    Raises
    ------
    ValueError
        If there is no such fold, or nobody is left.
    """
    without = _checked(pairs, without)
    others = np.setdiff1d(pairs.fold, without)
    named = people_in(pairs, labels, others) if len(others) else []
    people = np.setdiff1d(named, people_in(pairs, labels, without))
    if not len(people):
        raise ValueError(f"Nobody is left to train on without the folds {without.tolist()}.")
    return people


def training_pictures(pairs: Pairs, labels: np.ndarray, without: Iterable[int]) -> np.ndarray:
    """Return all pictures of `training_people`, rising; it raises the same errors."""
    return np.flatnonzero(np.isin(labels, training_people(pairs, labels, without)))


def training_set(lfw: FaceDataset, without: Iterable[int]) -> FaceDataset:
    """Return the pictures of View 2's `training_people` as a set of its own, with labels 0, 1, 2, ...

    This is what a network is trained on, fold by fold.

    Parameters
    ----------
    lfw : FaceDataset
        All of LFW, with its pairs.
    without : iterable of int
        As `training_people` takes it; it raises the same errors.
    """
    return lfw.subset(training_pictures(lfw.pairs["view2"], lfw.labels, without)).renumber()


def _checked(pairs: Pairs, folds: Iterable[int]) -> np.ndarray:
    """Return numbers of folds, or say that one does not exist."""
    folds = np.unique(np.asarray(list(folds), int))
    if missing := np.setdiff1d(folds, pairs.fold).tolist():
        raise ValueError(f"There is no fold {missing[0]}; the folds are {np.unique(pairs.fold).tolist()}.")
    if not len(folds):
        raise ValueError("At least one fold must be named.")
    return folds
