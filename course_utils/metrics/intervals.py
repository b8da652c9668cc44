"""Compute intervals that say how far a score can be trusted.

Which interval when?  That depends on what was drawn at random: on what would differ if the measurement were repeated.

=================================  ===================  ==============================================================
what was measured                  function             term and source
=================================  ===================  ==============================================================
right answers in independent       `wilson_interval`    Wilson score interval: E. B. Wilson, Journal of the American
trials                                                  Statistical Association 22(158), 209-212 (1927)
a score for each seed              `mean_interval`      Student's t interval: Student, Biometrika 6(1), 1-25 (1908)
yes or no in several searches of   `person_interval`    cluster-robust variance: L. Kish, Survey Sampling, Wiley (1965),
each person                                             chapter 6: the ratio of two totals over clusters
the difference of two methods      `mean_interval` of   paired t interval: the same source; the seeds' common part
that share their seeds             the differences      cancels, so it is narrower than two separate intervals suggest
accuracy on each of LFW's folds    `ten_fold_accuracy`  standard error of the protocol: G. B. Huang et al., University
                                                        of Massachusetts, Technical Report 07-49 (2007)
a score of comparisons: all pairs  `identity_interval`  pigeonhole bootstrap: A. B. Owen, Annals of Applied Statistics
of the pictures of some people                          1(2), 386-411 (2007)
a score of comparisons: a list of  `dyadic_interval`    dyadic cluster-robust variance: P. M. Aronow, C. Samii and
pairs, each person in few of them                       V. A. Assenova, Political Analysis 23(4), 564-577 (2015)
a mean over such a list, as of     `dyadic_mean_        the same variance in closed form, without any draws
right answers                      interval`
the difference of two methods on   one of these three,    paired bootstrap: B. Efron and R. J. Tibshirani, An
the same comparisons               of the difference    Introduction to the Bootstrap, Chapman and Hall (1993)
=================================  ===================  ==============================================================

``python -m benchmarks.interval_coverage`` measures how often the intervals of comparisons hold the truth.

Only `scipy.special` is imported from SciPy, and only where it is used, so that the course's import is instant.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np


def wilson_interval(successes: float, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion, such as an accuracy.

    Parameters
    ----------
    successes, trials : float, int
        Right answers, and answers in all; the trials are taken to be independent.  Trials that are counted
        together can be a fraction of a success.
    confidence : float
        Probability that such an interval holds the true proportion, in (0, 1).

    Returns
    -------
    (low, high) : tuple of float
        Bounds of the proportion, within 0..1.

    Raises
    ------
    ValueError
        If there are no trials, or more successes than trials.

    Notes
    -----
    Source: E. B. Wilson, Journal of the American Statistical Association 22(158), 209-212 (1927).  `scipy.stats`
    has the same interval, as ``binomtest(...).proportion_ci(method="wilson")``, and takes a second to import.
    """
    if trials < 1 or not 0 <= successes <= trials:
        raise ValueError(f"`successes` must lie between 0 and trials (at least 1), not {successes} of {trials}.")
    from scipy.special import ndtri

    z = float(ndtri((1 + confidence) / 2))
    share = successes / trials
    middle = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z / (1 + z**2 / trials) * math.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    low = 0.0 if successes == 0 else middle - half  # without the errors of rounding
    high = 1.0 if successes == trials else middle + half
    return low, high


def mean_interval(values, confidence: float = 0.95) -> tuple[float, float, float]:
    """Return the mean of several runs and the interval of that mean, by Student's t distribution.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        One score per run (seed), at least two.
    confidence : float
        Probability that such an interval holds the true mean, in (0, 1), if runs are independent and roughly normal.

    Returns
    -------
    (mean, low, high) : tuple of float
        In the unit of the values.  Not clipped: near a bound such as 1.0 it may exceed it.

    Raises
    ------
    ValueError
        If there are fewer than two values: one run has no spread.
    """
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(f"An interval needs at least two runs, not an array of shape {values.shape}.")
    standard_error = values.std(ddof=1) / np.sqrt(len(values))
    return student_interval(values.mean(), standard_error, len(values) - 1, confidence)


def student_interval(
    mean: float, standard_error: float, degrees: int, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return a mean and its interval by Student's t distribution, where the standard error is known.

    Parameters
    ----------
    mean, standard_error : float
        In the same unit.
    degrees : int
        Degrees of freedom of the standard error: for the mean of n values, n - 1.
    confidence : float
        Probability that such an interval holds the true mean, in (0, 1).

    Returns
    -------
    (mean, low, high) : tuple of float
        In the unit of the mean.
    """
    from scipy.special import stdtrit

    half = float(stdtrit(degrees, (1 + confidence) / 2)) * float(standard_error)
    return float(mean), float(mean) - half, float(mean) + half


def person_interval(values, people, confidence: float = 0.95) -> tuple[float, float, float]:
    """Return the mean of values and its interval, where values of one person are not independent.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        One for each search or picture, such as whether its answer was right.
    people : array_like, shape (n,)
        Who was asked about; at least two people.
    confidence : float
        Probability that such an interval holds the true mean, in (0, 1), if people are drawn independently.

    Returns
    -------
    (mean, low, high) : tuple of float
        In the unit of the values.  Not clipped.

    Raises
    ------
    ValueError
        If the arrays differ in length, or there are fewer than two people.

    Notes
    -----
    Each person's total deviates from the mean by its sum of values less the mean times its number of values; these
    deviations are independent.  Where all people have the same number of values, it is `mean_interval` of their means.
    Source: L. Kish, Survey Sampling, Wiley (1965), chapter 6.
    """
    values = np.asarray(values, dtype=float)
    number, person = np.unique(np.asarray(people), return_inverse=True)
    if values.ndim != 1 or person.shape != values.shape:
        raise ValueError(f"One person per value is needed: the shapes {values.shape} and {np.shape(people)} differ.")
    if len(number) < 2:
        raise ValueError("An interval needs at least two people.")
    totals, counts = np.bincount(person, values), np.bincount(person)
    mean = totals.sum() / counts.sum()
    deviations = totals - mean * counts
    variance = len(number) / (len(number) - 1) * (deviations**2).sum() / counts.sum() ** 2
    return student_interval(mean, np.sqrt(variance), len(number) - 1, confidence)


def identity_interval(
    score: Callable, scores, first_person, second_person, repeats: int = 200, confidence: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Return the interval of a score of all pairs of people, by drawing people rather than comparisons.

    Comparisons that share a person are not independent: 40 people with ten pictures each make 79,800 comparisons, but
    hold no more information than 40 people can give.  So people are drawn, with replacement, and a comparison counts as
    often as its people were drawn: a mated one as often as its person, a non-mated one as often as the product of both.

    Where each person is in few comparisons only, as in the lists of LFW, this interval is too wide: the product also
    varies where people do not matter, and counts what is peculiar to two people three times.  In the simulation of
    ``python -m benchmarks.interval_coverage`` it is 1.2 times too wide for such lists, and holds the truth 98 times in
    100 instead of 95; for all pairs of 40 people it has the right width, and holds the truth 92 times in 100.  For
    lists, use `dyadic_interval`.

    Parameters
    ----------
    score : callable
        Function of ``(scores, mated, weights)``, such as `roc_auc` or `equal_error_rate`.
    scores : array_like of float, shape (n,)
        Similarity scores of n comparisons.
    first_person, second_person : array_like, shapes (n,)
        Who is in the first picture and who in the second.
    repeats : int
        How many times people are drawn.  Draws are random too: 200 of them leave an error of about 0.19 standard
        deviations of the score in each bound of a 95 % interval, 1,000 leave 0.08.
    confidence : float
        Fraction of the repeats between the bounds, in (0, 1).
    seed : int
        Seed of the draws.

    Returns
    -------
    (low, high) : tuple of float
        In the unit of the score.

    Raises
    ------
    ValueError
        If there are fewer than two people, no mated or no non-mated comparison, or the arrays differ in length.

    Notes
    -----
    The pigeonhole bootstrap of A. B. Owen, The pigeonhole bootstrap, Annals of Applied Statistics 1(2), 386-411 (2007),
    which draws rows and columns of a table of measurements; here both are the same people.  For comparisons of faces or
    fingers, drawing people goes back to R. M. Bolle, N. K. Ratha and S. Pankanti, Error analysis of pattern recognition
    systems: the subsets bootstrap, Computer Vision and Image Understanding 93(1), 1-33 (2004).
    """
    comparisons = _Comparisons(score, scores, first_person, second_person)
    values = comparisons.with_people_drawn(repeats, np.random.default_rng(seed))
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def dyadic_interval(
    score: Callable, scores, first_person, second_person, repeats: int = 200, confidence: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Return the interval of a score of a list of pairs in which each person occurs rarely, as in LFW.

    It is `identity_interval`, corrected for its excess width.  A score varies by chance because of people
    (some are hard to recognise in every comparison) and because of what is peculiar to two people, a *dyad*.  The
    pigeonhole bootstrap counts a person's part of the variance once and a non-mated dyad's three times.  So a second
    bootstrap draws the non-mated dyads alone, and twice its variance is subtracted.

    Parameters
    ----------
    score, scores, first_person, second_person, repeats, confidence, seed
        As `identity_interval` takes them; the score is computed twice as often.

    Returns
    -------
    (low, high) : tuple of float
        In the unit of the score.

    Raises
    ------
    ValueError
        If there are fewer than two people, no mated or no non-mated comparison, or the arrays differ in length.

    Notes
    -----
    Its width is that of the dyadic cluster-robust variance: P. M. Aronow, C. Samii and V. A. Assenova, Cluster-robust
    variance estimation for dyadic data, Political Analysis 23(4), 564-577 (2015).  In the simulation of
    ``python -m benchmarks.interval_coverage`` a 95 % interval holds the truth 95 times in 100 for lists of pairs, and
    92 times for all pairs of 40 people, as `identity_interval` does there.
    """
    comparisons = _Comparisons(score, scores, first_person, second_person)
    random = np.random.default_rng(seed)
    by_people = comparisons.with_people_drawn(repeats, random)
    variance = by_people.var()
    if variance == 0:
        return identity_interval(score, scores, first_person, second_person, repeats, confidence, seed)
    # Where nothing but dyads varies, a third of the variance is left; by chance of the draws it could seem less.
    right = max(variance - 2 * comparisons.with_dyads_drawn(repeats, random).var(), variance / 3)
    middle, bounds = comparisons.value(), np.quantile(by_people, [(1 - confidence) / 2, (1 + confidence) / 2])
    low, high = middle + np.sqrt(right / variance) * (bounds - middle)
    return float(low), float(high)


def dyadic_mean_interval(values, first_person, second_person, confidence: float = 0.95) -> tuple[float, float, float]:
    """Return the mean over a list of pairs, with its interval by people, in which each person occurs rarely, as in LFW.

    What `dyadic_interval` finds by drawing people, this computes: two hundred draws leave its width uncertain by a
    tenth, and a closed form leaves nothing to chance.

    Parameters
    ----------
    values : array_like of float, shape (pairs,)
        Such as 1 for a right answer and 0 for a wrong one, or what one method gains over another.
    first_person, second_person : array_like, shape (pairs,)
        Who is in the two pictures; the same person twice in a mated pair.
    confidence : float
        Probability that such an interval holds the true mean, in (0, 1).

    Returns
    -------
    (mean, low, high) : tuple of float
        In the unit of the values.

    Raises
    ------
    ValueError
        If there are fewer than two people, or the arrays differ in length.

    Notes
    -----
    Two pairs that have a person in common depend on each other, others do not: P. M. Aronow, C. Samii and V. A.
    Assenova, Cluster-robust variance estimation for dyadic data, Political Analysis 23(4), 564-577 (2015).
    """
    values = np.asarray(values, dtype=float)
    people, numbers = _numbered(first_person, second_person, values, "value per pair")
    mean = values.mean()
    excess = (values - mean) / len(values)
    first, second = np.sort(numbers, axis=0)
    different = first != second
    of_person = np.bincount(first, excess, people) + np.bincount(second, different * excess, people)
    of_dyad = np.bincount(first[different] * people + second[different], excess[different])
    # The pairs of two people are in the sums of both, and count once.
    variance = max((of_person**2).sum() - (of_dyad**2).sum(), 0)
    from scipy.special import ndtri

    half = float(ndtri((1 + confidence) / 2)) * float(np.sqrt(variance))
    return float(mean), float(mean) - half, float(mean) + half


def _numbered(first_person, second_person, values: np.ndarray, one: str) -> tuple[int, np.ndarray]:
    """Return how many people there are, and the numbers (2, pairs) of those in each pair, from 0.

    Raises
    ------
    ValueError
        If there is not one value, such as a "value per pair", for each pair, or there are fewer than two people.
    """
    first_person, second_person = np.asarray(first_person), np.asarray(second_person)
    if not values.shape == first_person.shape == second_person.shape:
        raise ValueError(
            f"One {one} is needed: the shapes {values.shape}, {first_person.shape} and {second_person.shape} differ."
        )
    people, numbers = np.unique(np.concatenate([first_person, second_person]), return_inverse=True)
    if len(people) < 2:
        raise ValueError("An interval by identity needs at least two people.")
    return len(people), numbers.reshape(2, -1)


class _Comparisons:
    """Comparisons of pictures of people, and a score of them that is computed with other weights again and again."""

    def __init__(self, score: Callable, scores, first_person, second_person):
        self.score, self.scores = score, np.asarray(scores)
        self.people, (self.first, self.second) = _numbered(
            first_person, second_person, self.scores, "score per comparison"
        )
        self.mated = self.first == self.second
        if self.mated.all() or not self.mated.any():
            raise ValueError("Both mated and non-mated comparisons are needed.")

    def value(self) -> float:
        """Return the score of all comparisons."""
        return self.score(self.scores, self.mated, np.ones(len(self.scores)))

    def with_people_drawn(self, repeats: int, random: np.random.Generator) -> np.ndarray:
        """Return the scores (repeats,) where a comparison counts as often as its people were drawn together."""

        def weights() -> np.ndarray:
            drawn = _drawn(self.people, random)
            return np.where(self.mated, drawn[self.first], drawn[self.first] * drawn[self.second])

        return self._values(weights, repeats)

    def with_dyads_drawn(self, repeats: int, random: np.random.Generator) -> np.ndarray:
        """Return the scores (repeats,) where a non-mated comparison counts as often as its two people were drawn."""
        low, high = np.sort([self.first, self.second], axis=0)
        dyads, number = np.unique((low * self.people + high)[~self.mated], return_inverse=True)

        def weights() -> np.ndarray:
            counts = np.ones(len(self.scores))
            counts[~self.mated] = _drawn(len(dyads), random)[number]
            return counts

        return self._values(weights, repeats)

    def _values(self, weights: Callable[[], np.ndarray], repeats: int) -> np.ndarray:
        values = []
        while len(values) < repeats:
            counts = weights()
            mated = self.mated[counts > 0]
            if mated.any() and not mated.all():  # of few people, one alone may have been drawn
                values.append(self.score(self.scores[counts > 0], mated, counts[counts > 0]))
        return np.array(values)


def _drawn(number: int, random: np.random.Generator) -> np.ndarray:
    """Draw as many as there are, with replacement; return how often each was drawn, (number,)."""
    return random.multinomial(number, np.full(number, 1 / number))
