"""Compute error rates of verification at a threshold, and refuse those that too few comparisons cannot support.

Terms as in ISO/IEC 19795-1: comparisons are *mated* (one person) or *non-mated* (two people).  The false match rate
(FMR) is the fraction of non-mated comparisons at or above the threshold, the false non-match rate (FNMR) the fraction
of mated ones below it.  The true accept rate (TAR) of the literature is 1 - FNMR.
"""

from __future__ import annotations

import math

import numpy as np

from course_utils.metrics.intervals import person_interval, wilson_interval
from course_utils.metrics.verification import _checked_comparisons

RULE_OF_THREE = 3.0
FEWEST_PEOPLE = 5  # of whom an interval by people is computed from their spread


class TooFewComparisonsError(ValueError):
    """The wanted rate is too small to be measured with so few comparisons."""


def error_rate(happened: np.ndarray, people: np.ndarray) -> tuple[float, float, float]:
    """Return how often an error happened, with its 95 % interval by people, within 0..1.

    Parameters
    ----------
    happened : ndarray of bool, shape (tries,)
    people : ndarray, shape (tries,)
        Who tried; at least two people.

    Returns
    -------
    (rate, low, high) : tuple of float

    Raises
    ------
    ValueError
        If the arrays differ in length, or there are fewer than two people.

    Notes
    -----
    Where fewer than `FEWEST_PEOPLE` people had the error, or had anything else, their spread tells little of other
    people's.  The interval is then Wilson's, with people in place of tries, as if all tries of a person had one end.
    """
    rate, low, high = person_interval(happened, people)
    if min(len(np.unique(people[happened])), len(np.unique(people[~happened]))) < FEWEST_PEOPLE:
        number = len(np.unique(people))
        low, high = wilson_interval(rate * number, number)
    return rate, max(0.0, low), min(1.0, high)


def rule_of_three(comparisons: int) -> float:
    """Return the largest rate that is plausible if none of the comparisons showed an error: 3 / n.

    Parameters
    ----------
    comparisons : int
        Their number n, at least 1; they are taken to be independent.

    Returns
    -------
    float
        A bound with about 95 % confidence: at a rate of 3 / n, the probability of no error is exp(-3), about 1 in 20.

    Raises
    ------
    ValueError
        If there are no comparisons.

    Notes
    -----
    Source: J. A. Hanley and A. Lippman-Hand, If nothing goes wrong, is everything all right?, Journal of the American
    Medical Association 249(13), 1743-1745 (1983).
    """
    if comparisons < 1:
        raise ValueError(f"`comparisons` must be at least 1, not {comparisons}.")
    return RULE_OF_THREE / comparisons


def check_support(rate: float, trials: int, what: str = "non-mated comparisons") -> None:
    """Refuse a rate that so many trials cannot support: even without any error, a larger rate would be plausible.

    Parameters
    ----------
    rate : float
        The rate that is asked for, in (0, 1).
    trials : int
        How many there are.
    what : str
        What is counted, for the message.

    Raises
    ------
    TooFewComparisonsError
        If there are fewer than 3 / rate trials (see `rule_of_three`).
    ValueError
        If the rate is not between 0 and 1.
    """
    if not 0 < rate < 1:
        raise ValueError(f"A rate must lie between 0 and 1, not {rate}.")
    needed = math.ceil(RULE_OF_THREE / rate - 1e-9)
    if trials < needed:
        smallest = RULE_OF_THREE / max(trials, 1)
        digits = 1 - math.floor(math.log10(smallest))
        smallest = math.ceil(smallest * 10**digits - 1e-9) / 10**digits  # rounded up, or it would be too small
        raise TooFewComparisonsError(
            f"A rate of {rate:g} cannot be supported by {trials:,} {what}: it needs at least {needed:,}. "
            f"The smallest rate for which these are enough is {smallest:g}."
        )


def false_match_rate(scores, mated, threshold: float, weights=None) -> float:
    """Return the fraction of non-mated comparisons whose score is at or above a threshold.

    Parameters
    ----------
    scores : array_like of float, shape (n,)
        Similarity scores of n comparisons; a higher score means more similar.
    mated : array_like of bool, shape (n,)
        True where both pictures show the same person.
    threshold : float
        From this score on, a comparison is called a match.
    weights : array_like of float, shape (n,), optional
        How much each comparison counts; without it, all count the same.

    Returns
    -------
    float
        In 0..1.

    Raises
    ------
    ValueError
        If there is no mated or no non-mated comparison, or a score is not finite.
    """
    scores, mated = _checked_comparisons(scores, mated)
    return _mean(scores >= threshold, ~mated, weights)


def false_non_match_rate(scores, mated, threshold: float, weights=None) -> float:
    """Return the fraction of mated comparisons whose score is below a threshold.

    Parameters
    ----------
    scores, mated, threshold, weights
        As `false_match_rate` takes them; it raises the same errors.

    Returns
    -------
    float
        In 0..1.
    """
    scores, mated = _checked_comparisons(scores, mated)
    return _mean(scores < threshold, mated, weights)


def threshold_at(scores, mated, false_match_rate: float, weights=None) -> float:
    """Return the lowest threshold at which the false match rate is at most the wanted one.

    Parameters
    ----------
    scores : array_like of float, shape (n,)
        Similarity scores of n comparisons; a higher score means more similar.
    mated : array_like of bool, shape (n,)
        True where both pictures show the same person.
    false_match_rate : float
        The wanted rate, in (0, 1).
    weights : array_like of float, shape (n,), optional
        How much each comparison counts; without it, all count the same.  Weights other than 1 are those of a
        resampling, for which nothing is refused.

    Returns
    -------
    float
        Just above the highest non-mated score that must stay out.

    Raises
    ------
    TooFewComparisonsError
        If there are too few non-mated comparisons for this rate (see `check_support`).
    ValueError
        If there is no mated or no non-mated comparison, or a score is not finite.

    Notes
    -----
    The threshold fits the comparisons that it was chosen on.  Report its rates on other people.
    """
    scores, mated = _checked_comparisons(scores, mated)
    order = np.flatnonzero(~mated)[np.argsort(-scores[~mated], kind="stable")]
    non_mated = scores[order]
    counts = np.ones(len(order)) if weights is None else np.asarray(weights, float)[order]
    if (counts == 1).all():
        check_support(false_match_rate, len(non_mated))
    accepted = np.searchsorted(np.cumsum(counts), false_match_rate * counts.sum() + 1e-9, side="right")
    # Equal scores are accepted together or not at all, so the cut is above all scores equal to the first one left out.
    return float(np.nextafter(non_mated[accepted], np.inf))


def true_accept_rate(scores, mated, false_match_rate: float, weights=None) -> float:
    """Return the fraction of mated comparisons that match, at the threshold of a wanted false match rate: TAR@FMR.

    Parameters
    ----------
    scores, mated, false_match_rate, weights
        As `threshold_at` takes them; it raises the same errors.

    Returns
    -------
    float
        In 0..1; 1 - FNMR.  The threshold was chosen on the same comparisons, so it is a little too good.
    """
    threshold = threshold_at(scores, mated, false_match_rate, weights)
    return 1 - false_non_match_rate(scores, mated, threshold, weights)


def detection_error_tradeoff(scores, mated) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return both error rates at every threshold, for a DET curve.

    Parameters
    ----------
    scores, mated
        As `false_match_rate` takes them; it raises the same errors.

    Returns
    -------
    (false_match_rates, false_non_match_rates, thresholds) : tuple of ndarray, shapes (k,)
        The first falls and the second rises with the threshold.

    Notes
    -----
    Computed by `sklearn.metrics.det_curve`.  The curve is drawn on normal-deviate axes, where normally distributed
    scores give a straight line: A. Martin et al., The DET curve in assessment of detection task performance,
    Eurospeech 1997.
    """
    from sklearn.metrics import det_curve

    scores, mated = _checked_comparisons(scores, mated)
    return det_curve(mated, scores)


def _mean(errors: np.ndarray, counted: np.ndarray, weights) -> float:
    """Return the fraction of errors among the comparisons that are counted."""
    if weights is None:
        return float(errors[counted].mean())
    return float(np.average(errors[counted], weights=np.asarray(weights, float)[counted]))
