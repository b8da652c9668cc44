"""Score a system by LFW's rules: on View 1 as often as there is something to choose, on View 2 once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.kept_runs import kept
from course_utils import environment, metrics
from course_utils.datasets import FaceDataset, Pairs
from course_utils.protocols import lfw_folds
from course_utils.protocols.lfw_scores import Comparisons, Scores

Compare = Callable[[Pairs], np.ndarray]  # gives each pair a score, higher for more similar
Learn = Callable[[np.ndarray], Compare]  # takes the pictures whose people it may learn

NESTED, NINTH_FOLD = "nested", "ninth fold"


@dataclass(frozen=True)
class Trained:
    """A system that is trained again for each fold, on pictures of the other folds.

    Attributes
    ----------
    prepare : callable
        Takes pictures (indices into LFW) and learns from them without anybody's name; returns how to learn with names.
    labelled : bool
        True: it is prepared with, and learns from, all pictures of the other folds' people.  False: it may only look at
        the pictures of their pairs (image-restricted or unsupervised), and learns nothing more.
    threshold : {"nested", "ninth fold"}
        How a labelled system's threshold is chosen for a fold.  ``NESTED``: for each of the other nine folds it learns
        again from the remaining eight and scores the ninth; the threshold is best on all nine.  That is ten trainings a
        fold, so for a network ``NINTH_FOLD``: it learns from eight folds, once, and the ninth chooses the threshold.
    """

    prepare: Callable[[np.ndarray], Learn]
    labelled: bool
    threshold: str = NESTED


def comparisons(lfw: FaceDataset) -> Comparisons:
    """Return who is compared in View 2."""
    pairs = lfw.pairs["view2"]
    return Comparisons(lfw.labels[pairs.first], lfw.labels[pairs.second], pairs.fold)


def of_folds(pairs: Pairs, folds: list[int]) -> Pairs:
    """Return the pairs of some folds."""
    return pairs.subset(np.isin(pairs.fold, folds))


def score_view1(system: Compare | Trained, lfw: FaceDataset) -> np.ndarray:
    """Return the scores of View 1's test pairs; what is trained learns from the people of its training pairs.

    Raises
    ------
    ValueError
        If somebody is in training and test pairs.
    """
    train, test = lfw.pairs["view1_train"], lfw.pairs["view1_test"]
    if not isinstance(system, Trained):
        return np.asarray(system(hidden(test)))
    people = lfw_folds.people_in(train, lfw.labels)
    if len(np.intersect1d(people, lfw_folds.people_in(test, lfw.labels))):
        raise ValueError("View 1's training and test pairs have people in common.")
    allowed = np.flatnonzero(np.isin(lfw.labels, people)) if system.labelled else train.pictures
    return np.asarray(system.prepare(allowed)(allowed)(hidden(test)))


def score_view2(system: Compare | Trained, lfw: FaceDataset, settings: list) -> Scores:
    """Return the scores of View 2's pairs; each fold's are kept when they are there.

    Parameters
    ----------
    system, lfw
        What is scored, on what.
    settings : list
        All that the scores depend on, as `benchmarks.kept_runs.kept` takes it.
    """
    pairs = lfw.pairs["view2"]
    if not isinstance(system, Trained):
        return Scores(kept("lfw_table", [*settings, "all folds"], lambda: np.asarray(system(hidden(pairs))).tolist()))
    values, thresholds = np.zeros(len(pairs)), []
    for fold in environment.progress(np.unique(pairs.fold).tolist(), "folds"):
        scored = kept_fold(system, lfw, settings, fold)
        values[pairs.fold == fold] = scored["values"]
        thresholds.append(scored["threshold"])
    return Scores(values, np.array(thresholds))


def kept_fold(system: Trained, lfw: FaceDataset, settings: list, fold: int) -> dict:
    """Return what `score_fold` does, from the cache if the fold was scored before; parameters as for `score_view2`."""
    return kept("lfw_table", [*settings, fold], lambda: score_fold(system, lfw, fold))


def score_fold(system: Trained, lfw: FaceDataset, fold: int) -> dict:
    """Return the scores of a fold's pairs, ``values``, and their ``threshold``; neither is learned from the fold."""
    pairs = lfw.pairs["view2"]
    scored, others = of_folds(pairs, [fold]), [other for other in np.unique(pairs.fold).tolist() if other != fold]
    if not system.labelled:
        allowed = lfw_folds.pictures_in(pairs, others)
        compare = system.prepare(allowed)(allowed)
        development = of_folds(pairs, others)
        choosing, same = compare(hidden(development)), development.same
    elif system.threshold == NINTH_FOLD:
        ninth = others[fold % len(others)]
        allowed = lfw_folds.training_pictures(pairs, lfw.labels, [fold, ninth])
        compare = system.prepare(allowed)(allowed)
        development = of_folds(pairs, [ninth])
        choosing, same = compare(hidden(development)), development.same
    else:
        allowed = lfw_folds.training_pictures(pairs, lfw.labels, [fold])
        learn = system.prepare(allowed)
        compare = learn(allowed)
        parts = [of_folds(pairs, [other]) for other in others]
        inner = [lfw_folds.training_pictures(pairs, lfw.labels, [fold, other]) for other in others]
        choosing = np.concatenate([learn(some)(hidden(part)) for some, part in zip(inner, parts, strict=True)])
        same = np.concatenate([part.same for part in parts])
    values, threshold = np.asarray(compare(hidden(scored))), metrics.best_threshold(choosing, same)
    if np.isinf(threshold):  # it was best to take no pair for one person
        threshold = float(max(values.max(), choosing.max())) + 1
    return {"values": values.tolist(), "threshold": threshold}


def hidden(pairs: Pairs) -> Pairs:
    """Return pairs that do not tell which of them show one person: no system may see that of pairs that it scores."""
    return replace(pairs, same=np.zeros_like(pairs.same))
