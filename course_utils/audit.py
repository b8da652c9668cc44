"""Compare the error rates of groups of people, with intervals by people, and say which difference they can show.

Terms as in ISO/IEC 19795-10: a *demographic differential* is a difference in the error rates of two groups.  A
false match of a group is one between two of its people, as P. Grother, M. Ngan and K. Hanaoka, Face Recognition Vendor
Test Part 3: Demographic Effects, NIST Interagency Report 8280 (2019), count it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from course_utils import metrics


@dataclass(frozen=True)
class Rate:
    """An error rate and its 95 % interval, which says what other people of the same group would change.

    Attributes
    ----------
    value, low, high : float
        In 0..1.
    """

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True)
class GroupRates:
    """The two error rates of a group of people.

    Attributes
    ----------
    people, mated, non_mated : int
        How many people the group has, and how many comparisons of each kind.
    false_match, false_non_match : Rate
    by_person : ndarray of float, shape (people,)
        The false non-match rate of each person.
    """

    people: int
    mated: int
    non_mated: int
    false_match: Rate
    false_non_match: Rate
    by_person: np.ndarray


def rates_by_group(
    embeddings, labels, group_of, threshold: float | Mapping[str, float], seed: int = 0
) -> dict[str, GroupRates]:
    """Return the error rates of each group: all pairs of pictures of its people are compared.

    Parameters
    ----------
    embeddings : array_like of float, shape (n, d)
        Compared by their cosine.
    labels : array_like of int, shape (n,)
        The person in each picture: positions in `group_of`.
    group_of : array_like of str, shape (people,)
        The group of each person.
    threshold : float, or mapping
        From this cosine on, two pictures are taken for one person; a mapping has a threshold for each group.
    seed : int
        Of the bootstrap of people (`metrics.identity_interval`).

    Returns
    -------
    dict of GroupRates
        By the groups' names, in alphabetical order.

    Raises
    ------
    ValueError
        If a group has fewer than two people, nobody in it has two pictures, or it has no threshold.

    Notes
    -----
    False non-matches have the interval of `metrics.error_rate`.  Its rule holds for false matches too: where fewer than
    `metrics.FEWEST_PEOPLE` people had one, or anything else, the interval is Wilson's, with as many trials as there are
    pairs that share nobody.
    """
    labels, group_of = np.asarray(labels), np.asarray(group_of)
    rates = {}
    for group in np.unique(group_of).tolist():
        if isinstance(threshold, Mapping) and group not in threshold:
            raise ValueError(f"threshold: there is none for the group {group!r}, only for {', '.join(threshold)}.")
        own = threshold[group] if isinstance(threshold, Mapping) else threshold
        chosen = np.flatnonzero(group_of[labels] == group)
        first, second, mated = metrics.all_pairs(labels[chosen])
        if mated.all() or not mated.any():
            raise ValueError(
                f"group_of: the group {group!r} needs two people or more, and two pictures of somebody, to be audited."
            )
        # In float64, as thresholds are chosen: one lies just above a score, where float32 sees no gap.
        scores = metrics.cosine_similarity(np.asarray(embeddings)[chosen], first, second).astype(float)
        rates[group] = _rates_of_one_group(scores >= own, labels[chosen][first], labels[chosen][second], seed)
    return rates


def _rates_of_one_group(matches: np.ndarray, first: np.ndarray, second: np.ndarray, seed: int) -> GroupRates:
    """Return the rates of all comparisons within a group; people, not comparisons, are drawn for the intervals."""
    people = np.unique([first, second])
    low, high = (np.searchsorted(people, each) for each in np.sort([first, second], axis=0))
    # The comparisons of the same two people are counted together first, so that drawing people takes no time.
    dyads, dyad = np.unique(low * len(people) + high, return_inverse=True)
    counts, matched = np.bincount(dyad), np.bincount(dyad, matches)
    one, other = np.divmod(dyads, len(people))

    def false_matches(chosen, mated, weights) -> float:
        chosen, weights = chosen[~mated], weights[~mated]
        return float((weights * matched[chosen]).sum() / (weights * counts[chosen]).sum())

    everything, mated = np.arange(len(dyads)), one == other
    false_match = false_matches(everything, mated, np.ones(len(dyads)))
    bounds = metrics.identity_interval(false_matches, everything, one, other, seed=seed)
    kinds = (~mated & (matched > 0), ~mated & (matched < counts))  # with an error, with anything else
    if min(len(np.unique([one[kind], other[kind]])) for kind in kinds) < metrics.FEWEST_PEOPLE:
        bounds = metrics.wilson_interval(false_match * (len(people) // 2), len(people) // 2)
    same = first == second
    return GroupRates(
        people=len(people),
        mated=int(counts[mated].sum()),
        non_mated=int(counts[~mated].sum()),
        false_match=Rate(false_match, *bounds),
        false_non_match=Rate(*metrics.error_rate(~matches[same], first[same])),
        by_person=1 - (matched / counts)[mated],
    )


def thresholds_by_group(embeddings, labels, group_of, false_match_rate: float) -> dict[str, float]:
    """Return for each group the threshold that gives it the wanted false match rate.

    Parameters
    ----------
    embeddings, labels, group_of
        As `rates_by_group` takes them; people on whom nothing is measured later.
    false_match_rate : float
        In (0, 1).

    Raises
    ------
    TooFewComparisonsError
        If a group has too few comparisons for this rate.
    ValueError
        If a group has only one person, or no two pictures of anybody.
    """
    labels, group_of = np.asarray(labels), np.asarray(group_of)
    thresholds = {}
    for group in np.unique(group_of).tolist():
        chosen = np.flatnonzero(group_of[labels] == group)
        first, second, mated = metrics.all_pairs(labels[chosen])
        scores = metrics.cosine_similarity(np.asarray(embeddings)[chosen], first, second)
        thresholds[group] = metrics.threshold_at(scores, mated, false_match_rate)
    return thresholds


def difference_interval(first: Rate, second: Rate) -> Rate:
    """Return the first rate less the second, of groups that share nobody, with its interval.

    Notes
    -----
    The distances from each rate to its own bounds are added as squares, so intervals that are not symmetric may be
    used: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine
    17(8), 873-890 (1998), method 10; for other rates, G. Y. Zou and A. Donner, Statistics in Medicine 27(10), 1693-1702
    (2008).
    """
    difference = first.value - second.value
    low = difference - math.hypot(first.value - first.low, second.high - second.value)
    high = difference + math.hypot(first.high - first.value, second.value - second.low)
    return Rate(difference, low, high)


def detectable_difference(deviation: float, people: int, power: float = 0.8, confidence: float = 0.95) -> float:
    """Return the smallest true difference between two groups that a comparison of so many people is likely to show.

    Parameters
    ----------
    deviation : float
        Standard deviation of the people's own rates, such as ``GroupRates.by_person.std(ddof=1)``.
    people : int
        People in each of the two groups, at least two.
    power : float
        Probability that the interval of the difference leaves out 0, if the true difference is as large as this.
    confidence : float
        Of that interval.

    Returns
    -------
    float
        In the unit of the deviation.

    Raises
    ------
    ValueError
        If there are fewer than two people, or a number is out of its range.

    Notes
    -----
    (z₁ + z₂) √2 · deviation / √people, the normal approximation of the comparison of two means: J. Cohen, Statistical
    Power Analysis for the Behavioral Sciences, 2nd edition, Erlbaum (1988), chapter 2.
    """
    if people < 2 or deviation < 0:
        raise ValueError(f"Two people or more and a deviation of at least 0 are needed, not {people} and {deviation}.")
    return _quantiles(power, confidence) * math.sqrt(2 / people) * deviation


def people_needed(difference: float, deviation: float, power: float = 0.8, confidence: float = 0.95) -> int:
    """Return how many people each of two groups needs so that a true difference is likely to show.

    Parameters
    ----------
    difference : float
        Above 0.
    deviation, power, confidence
        As `detectable_difference` takes them.

    Raises
    ------
    ValueError
        If the difference is not above 0.
    """
    if difference <= 0:
        raise ValueError(f"difference: expected a number above 0, got {difference}.")
    return max(2, math.ceil(2 * (_quantiles(power, confidence) * deviation / difference) ** 2))


def _quantiles(power: float, confidence: float) -> float:
    """Return the sum of the two normal quantiles that a power and a confidence stand for."""
    if not (0 < power < 1 and 0 < confidence < 1):
        raise ValueError(f"power and confidence must lie between 0 and 1, not {power} and {confidence}.")
    from scipy.special import ndtri

    return float(ndtri((1 + confidence) / 2) + ndtri(power))
