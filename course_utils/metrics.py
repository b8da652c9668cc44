"""Scores of a recogniser, each with an interval that says how far it can be trusted."""

from __future__ import annotations

import numpy as np


def wilson_interval(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion, such as an accuracy.

    Parameters
    ----------
    successes, trials
        Right answers, and answers in all; the trials are taken to be independent.
    confidence
        Probability that such an interval holds the true proportion, in (0, 1).

    Returns
    -------
    (low, high)
        Bounds of the proportion, within 0..1.

    Raises
    ------
    ValueError
        If there are no trials, or more successes than trials.

    Notes
    -----
    Source: E. B. Wilson, J. Am. Stat. Assoc. 22, 209 (1927), as computed by `scipy.stats.binomtest`.
    """
    from scipy.stats import binomtest

    if trials < 1 or not 0 <= successes <= trials:
        raise ValueError(f"successes must lie between 0 and trials (at least 1), not {successes} of {trials}")
    interval = binomtest(int(successes), int(trials)).proportion_ci(confidence_level=confidence, method="wilson")
    return float(interval.low), float(interval.high)


def mean_interval(values, confidence: float = 0.95) -> tuple[float, float, float]:
    """Return the mean of several runs and the interval of that mean, by Student's t distribution.

    Parameters
    ----------
    values
        One score per run (seed), at least two.
    confidence
        Probability that such an interval holds the true mean, in (0, 1), if runs are independent and roughly normal.

    Returns
    -------
    (mean, low, high)
        In the unit of the values.  Not clipped: near a bound such as 1.0 it may reach over it.

    Raises
    ------
    ValueError
        If there are fewer than two values: one run has no spread.
    """
    from scipy.stats import t

    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(f"an interval needs at least two runs, not an array of shape {values.shape}")
    half = t.ppf((1 + confidence) / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean()), float(values.mean() - half), float(values.mean() + half)


def equal_error_rate(scores, mated) -> float:
    """Return the rate at which false matches and false non-matches are equally frequent.

    Parameters
    ----------
    scores
        Array (n,) of similarity scores of n comparisons; higher means more alike.
    mated
        Array (n,) of bool: True where both pictures show the same person.

    Returns
    -------
    float
        In 0..1; 0 for perfect separation, 0.5 for chance.  Interpolated linearly between the two thresholds around
        the crossing.

    Raises
    ------
    ValueError
        If there is no mated or no non-mated comparison.

    Notes
    -----
    Terms as in ISO/IEC 19795-1: FMR is the share of non-mated comparisons at or above the threshold, FNMR the share
    of mated ones below it.
    """
    from sklearn.metrics import roc_curve

    mated = np.asarray(mated, dtype=bool)
    if mated.all() or not mated.any():
        raise ValueError("an error rate needs both mated and non-mated comparisons")
    false_match, true_match, _ = roc_curve(mated, scores, drop_intermediate=False)
    difference = false_match - (1 - true_match)  # rises from -1 to 1 as the threshold falls
    crossing = int(np.argmax(difference >= 0))
    before, after = difference[crossing - 1], difference[crossing]
    share = -before / (after - before)
    return float(false_match[crossing - 1] + share * (false_match[crossing] - false_match[crossing - 1]))
