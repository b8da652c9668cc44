"""Score identification: how often a search finds the right person of a gallery, and how often it finds a stranger.

All functions take a table of similarity scores with a row for each *probe* (the picture that is asked about) and a
column for each person in the gallery, and for each probe the column of its person, or `NOBODY` for a person who is not
in the gallery.  Terms as in ISO/IEC 19795-1: such a search is *mated* or *non-mated*.  Both tables come from a gallery:
`gallery.Gallery.scores` and `gallery.Gallery.columns`.  (When it answers with names, None stands for nobody.)

- Rank: the place of the right person when the gallery is sorted by score, from 1.
- False positive identification rate (FPIR): the fraction of non-mated searches that return anybody at all.
- False negative identification rate (FNIR): the fraction of mated searches in which the right person is not among the
  first `rank`, or is below the threshold.  The detection and identification rate (DIR) is 1 - FNIR.
"""

from __future__ import annotations

import math

import numpy as np

from course_utils.metrics.rates import check_support

NOBODY = -1  # the column of a person who is not in the gallery


def ranks(scores, truth) -> np.ndarray:
    """Return the rank of the right person in each mated search.

    Parameters
    ----------
    scores : array_like of float, shape (probes, people)
        Similarity of each probe to each person in the gallery; a higher score means more similar.
    truth : array_like of int, shape (probes,)
        The column of each probe's person, or `NOBODY`.

    Returns
    -------
    ndarray of int, shape (mated searches,)
        From 1.  Among equal scores, the right person's comes last: an undecided search is no success.

    Raises
    ------
    ValueError
        If the shapes do not fit, a score is not finite, a column does not exist, or no search is mated.
    """
    return _ranks_and_scores(scores, truth)[0]


def rank_rate(scores, truth, rank: int = 1) -> float:
    """Return the fraction of mated searches in which the right person is among the first `rank`: the rank-k rate.

    Parameters
    ----------
    scores, truth
        As `ranks` takes them; it raises the same errors.
    rank : int
        At least 1.

    Returns
    -------
    float
        In 0..1.

    Notes
    -----
    It describes a closed set.  If strangers come too, it says nothing about what happens to them: see
    `false_positive_identification_rate`.
    """
    return float((ranks(scores, truth) <= _checked_rank(rank)).mean())


def cumulative_match_characteristic(scores, truth) -> np.ndarray:
    """Return the rank-k rates for all k, (people,): the CMC curve, which ends at 1.

    Parameters
    ----------
    scores, truth
        As `ranks` takes them; it raises the same errors.
    """
    found = ranks(scores, truth)
    return np.array([(found <= rank).mean() for rank in range(1, np.shape(scores)[1] + 1)])


def false_positive_identification_rate(scores, truth, threshold: float) -> float:
    """Return the fraction of non-mated searches in which anybody's score is at or above a threshold: FPIR.

    Parameters
    ----------
    scores, truth
        As `ranks` takes them.
    threshold : float
        From this score on, a person is returned.

    Returns
    -------
    float
        In 0..1.

    Raises
    ------
    ValueError
        If no search is non-mated, or as for `ranks`.
    """
    return float((_best_of_strangers(scores, truth) >= threshold).mean())


def false_negative_identification_rate(scores, truth, threshold: float, rank: int = 1) -> float:
    """Return the fraction of mated searches that do not return the right person: FNIR.

    Parameters
    ----------
    scores, truth
        As `ranks` takes them; it raises the same errors.
    threshold : float
        From this score on, a person is returned.
    rank : int
        Among how many returned people the right one must be, at least 1.

    Returns
    -------
    float
        In 0..1.
    """
    found, own = _ranks_and_scores(scores, truth)
    return float(1 - ((found <= _checked_rank(rank)) & (own >= threshold)).mean())


def threshold_at_fpir(scores, truth, rate: float) -> float:
    """Return the lowest threshold at which the false positive identification rate is at most the wanted one.

    Parameters
    ----------
    scores, truth
        As `ranks` takes them.
    rate : float
        The wanted false positive identification rate, in (0, 1).

    Returns
    -------
    float

    Raises
    ------
    TooFewComparisonsError
        If there are fewer than 3 / rate non-mated searches.
    ValueError
        If no search is non-mated, or as for `ranks`.
    """
    best = np.sort(_best_of_strangers(scores, truth))[::-1]
    check_support(rate, len(best), "non-mated searches")
    return float(np.nextafter(best[math.floor(rate * len(best) + 1e-9)], np.inf))


def detection_and_identification_rate(scores, truth, rate: float, rank: int = 1) -> float:
    """Return the fraction of mated searches that return the right person at a wanted FPIR: DIR@FPIR.

    Parameters
    ----------
    scores, truth, rate
        As `threshold_at_fpir` takes them; it raises the same errors.
    rank : int
        Among how many returned people the right one must be.

    Returns
    -------
    float
        In 0..1.  The threshold was chosen on the same searches, so it is a little too good.
    """
    threshold = threshold_at_fpir(scores, truth, rate)
    return 1 - false_negative_identification_rate(scores, truth, threshold, rank)


def _ranks_and_scores(scores, truth) -> tuple[np.ndarray, np.ndarray]:
    """Return the rank of the right person in each mated search, and that person's score."""
    scores, truth = _checked_searches(scores, truth)
    rows = np.flatnonzero(truth != NOBODY)
    if not len(rows):
        raise ValueError("No search is mated: there is no rank to compute.")
    own = scores[rows, truth[rows]]
    return (scores[rows] >= own[:, np.newaxis]).sum(axis=1), own


def _checked_rank(rank: int) -> int:
    """Return a rank, or say that there is none such."""
    if rank < 1:
        raise ValueError(f"`rank` must be at least 1, not {rank}.")
    return rank


def _best_of_strangers(scores, truth) -> np.ndarray:
    """Return the highest score of each non-mated search."""
    scores, truth = _checked_searches(scores, truth)
    strangers = truth == NOBODY
    if not strangers.any():
        raise ValueError("No search is non-mated: nobody asks who is not in the gallery.")
    return scores[strangers].max(axis=1)


def _checked_searches(scores, truth) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and truth as arrays, or say what is wrong with them."""
    scores, truth = np.asarray(scores, dtype=float), np.asarray(truth)
    if scores.ndim != 2 or truth.shape != scores.shape[:1] or 0 in scores.shape:
        raise ValueError(
            f"Scores must be (probes, people), truth (probes,), not of shapes {scores.shape}, {truth.shape}."
        )
    if not np.isfinite(scores).all():
        raise ValueError(f"Every score must be a finite number; {int((~np.isfinite(scores)).sum())} are not.")
    if not np.issubdtype(truth.dtype, np.integer) or (truth < NOBODY).any() or (truth >= scores.shape[1]).any():
        raise ValueError(f"`truth` must hold columns 0 to {scores.shape[1] - 1}, or {NOBODY} for nobody.")
    return scores, truth
