"""Scores of a recogniser, each with an interval that says how far it can be trusted."""

from __future__ import annotations

from collections.abc import Callable

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


def equal_error_rate(scores, mated, weights=None) -> float:
    """Return the rate at which false matches and false non-matches are equally frequent.

    Parameters
    ----------
    scores
        Array (n,) of similarity scores of n comparisons; higher means more alike.
    mated
        Array (n,) of bool: True where both pictures show the same person.
    weights
        Array (n,): how much each comparison counts; without it, all alike.

    Returns
    -------
    float
        In 0..1; 0 for perfect separation, 0.5 for chance.  Interpolated linearly between the two thresholds around
        the crossing.

    Raises
    ------
    ValueError
        If there is no mated or no non-mated comparison, or a score is not finite.

    Notes
    -----
    Terms as in ISO/IEC 19795-1: FMR is the share of non-mated comparisons at or above the threshold, FNMR the share
    of mated ones below it.
    """
    from sklearn.metrics import roc_curve

    scores, mated = _checked_comparisons(scores, mated)
    false_match, true_match, _ = roc_curve(mated, scores, sample_weight=weights, drop_intermediate=False)
    difference = false_match - (1 - true_match)  # rises from -1 to 1 as the threshold falls
    crossing = int(np.argmax(difference >= 0))
    before, after = difference[crossing - 1], difference[crossing]
    share = -before / (after - before)
    return float(false_match[crossing - 1] + share * (false_match[crossing] - false_match[crossing - 1]))


def roc_auc(scores, mated, weights=None) -> float:
    """Return the probability that a mated pair scores higher than a non-mated one: the area under the ROC curve.

    Parameters
    ----------
    scores
        Array (n,) of similarity scores of n comparisons; higher means more alike.
    mated
        Array (n,) of bool: True where both pictures show the same person.
    weights
        Array (n,): how much each comparison counts; without it, all alike.

    Returns
    -------
    float
        In 0..1; 1 for perfect separation, 0.5 for chance.  Equal scores count one half.

    Raises
    ------
    ValueError
        If there is no mated or no non-mated comparison, or a score is not finite.
    """
    from sklearn.metrics import roc_auc_score

    scores, mated = _checked_comparisons(scores, mated)
    return float(roc_auc_score(mated, scores, sample_weight=weights))


def best_threshold(scores, mated) -> float:
    """Return the threshold with the most right answers, where scores at or above it are taken for one person.

    Parameters
    ----------
    scores
        Array (n,) of similarity scores of n comparisons; higher means more alike.
    mated
        Array (n,) of bool: True where both pictures show the same person.

    Returns
    -------
    float
        Midway between two neighbouring scores; the highest such place where several are equally good.  Infinity where
        it is best to take no pair for one person.

    Raises
    ------
    ValueError
        If there is no mated or no non-mated comparison, or a score is not finite.
    """
    scores, mated = _checked_comparisons(scores, mated)
    order = np.argsort(-scores, kind="stable")
    scores, mated = scores[order], mated[order]
    # Right answers with the first k pairs accepted, less a constant; a cut between equal scores cannot be made.
    gain = np.concatenate([[0], np.cumsum(np.where(mated, 1, -1))])
    possible = np.concatenate([[True], scores[:-1] > scores[1:], [True]])
    accepted = int(np.argmax(np.where(possible, gain, -len(scores) - 1)))
    bounds = np.concatenate([[np.inf], scores, [scores[-1]]])
    return float((bounds[accepted] + bounds[accepted + 1]) / 2)


def ten_fold_accuracy(scores, mated, fold) -> tuple[float, float]:
    """Return LFW's official figure: accuracy on each fold with the threshold that is best on all other folds.

    Parameters
    ----------
    scores
        Array (n,) of similarity scores of n comparisons; higher means more alike.
    mated
        Array (n,) of bool: True where both pictures show the same person.
    fold
        Array (n,) of the fold that each comparison belongs to, such as ``faces.pairs["view2"].fold``.

    Returns
    -------
    (mean, standard_error)
        Of the folds' accuracies, in 0..1.  The standard error is the protocol's: the folds' standard deviation
        (divisor k - 1) over the root of their number k.

    Raises
    ------
    ValueError
        If the arrays differ in length, there are fewer than two folds, the folds left for choosing a threshold hold
        only one kind of comparison, or a score is not finite.

    Notes
    -----
    Any number of folds from two will do; LFW has ten.  A threshold chosen on the fold that it is scored on, as some
    libraries do, gives a figure that is too high.

    Source: G. B. Huang et al., Labeled Faces in the Wild, University of Massachusetts, Technical Report 07-49, 2007,
    section on View 2.
    """
    scores, mated = _checked_comparisons(scores, mated)
    fold = np.asarray(fold)
    if fold.shape != scores.shape:
        raise ValueError(f"fold must have one value per comparison, {scores.shape}, not the shape {fold.shape}")
    numbers = np.unique(fold)
    if len(numbers) < 2:
        raise ValueError("at least two folds are needed: one to score, another to choose the threshold on")
    accuracies = []
    for number in numbers:
        scored = fold == number
        threshold = best_threshold(scores[~scored], mated[~scored])
        accuracies.append(np.mean((scores[scored] >= threshold) == mated[scored]))
    return float(np.mean(accuracies)), float(np.std(accuracies, ddof=1) / np.sqrt(len(numbers)))


def all_pairs(labels) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every pair of different pictures once, for comparisons where no protocol lists them.

    Parameters
    ----------
    labels
        Array (n,): the person in each picture.

    Returns
    -------
    (first, second, mated)
        Arrays (n * (n - 1) / 2,): indices of two pictures, the first the smaller, and whether they show one person.

    Raises
    ------
    ValueError
        If `labels` does not have one dimension.
    """
    labels = np.asarray(labels)
    if labels.ndim != 1:
        raise ValueError(f"labels must have one dimension, one label per picture, not the shape {labels.shape}")
    first, second = np.triu_indices(len(labels), k=1)
    return first, second, labels[first] == labels[second]


def cosine_similarity(embeddings, first, second) -> np.ndarray:
    """Return the cosines between pairs of embeddings.

    Parameters
    ----------
    embeddings
        Array (n, d).
    first, second
        Arrays (m,) of indices into `embeddings`.

    Returns
    -------
    ndarray (m,)
        In -1..1; 0 where an embedding is all zeros, which has no direction.

    Raises
    ------
    ValueError
        If `embeddings` does not have two dimensions.
    """
    embeddings = np.asarray(embeddings, dtype=np.float32)
    if embeddings.ndim != 2:
        raise ValueError(f"embeddings must have the shape (pictures, numbers), not {embeddings.shape}")
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    directions = embeddings / np.where(lengths > 0, lengths, 1)
    return np.einsum("ij,ij->i", directions[first], directions[second])


def identity_interval(
    score: Callable, scores, first_person, second_person, repeats: int = 200, confidence: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Return an interval of a score of comparisons, by drawing people anew rather than comparisons.

    Comparisons that share a person are not independent: 40 people with ten pictures each make 79,800 comparisons, but
    know no more than 40 people can tell.  So people are drawn, with replacement, and a comparison counts as often as
    its people were drawn: a mated one as often as its person, a non-mated one as often as both together.

    Parameters
    ----------
    score
        Function of ``(scores, mated, weights)``, such as `roc_auc` or `equal_error_rate`.
    scores
        Array (n,) of similarity scores of n comparisons.
    first_person, second_person
        Arrays (n,): who is in the first picture and who in the second.
    repeats
        How many times people are drawn.
    confidence
        Share of the repeats between the bounds, in (0, 1).
    seed
        Seed of the draws.

    Returns
    -------
    (low, high)
        In the unit of the score.

    Raises
    ------
    ValueError
        If there are fewer than two people, or the arrays differ in length.

    Notes
    -----
    Source: R. M. Bolle, N. K. Ratha, S. Pankanti, Error analysis of pattern recognition systems: the subsets
    bootstrap, Computer Vision and Image Understanding 93, 1 (2004).
    """
    scores, first_person, second_person = map(np.asarray, (scores, first_person, second_person))
    if not scores.shape == first_person.shape == second_person.shape:
        raise ValueError(f"one score per comparison is needed: {scores.shape}, {first_person.shape} differ")
    people, numbers = np.unique(np.concatenate([first_person, second_person]), return_inverse=True)
    if len(people) < 2:
        raise ValueError("an interval by identity needs at least two people")
    first, second = np.split(numbers, 2)
    random = np.random.default_rng(seed)
    values = []
    while len(values) < repeats:
        drawn = random.multinomial(len(people), np.full(len(people), 1 / len(people)))
        weights = np.where(first == second, drawn[first], drawn[first] * drawn[second])
        mated = (first == second)[weights > 0]
        if mated.any() and not mated.all():  # of few people, one alone may have been drawn
            values.append(score(scores[weights > 0], mated, weights[weights > 0]))
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _checked_comparisons(scores, mated) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and mated as arrays, or say what is wrong with them."""
    scores, mated = np.asarray(scores, dtype=float), np.asarray(mated, dtype=bool)
    if scores.ndim != 1 or scores.shape != mated.shape:
        raise ValueError(f"scores and mated must be lists of one length, not of shapes {scores.shape}, {mated.shape}")
    if not np.isfinite(scores).all():
        raise ValueError(f"every score must be a finite number; {int((~np.isfinite(scores)).sum())} are not")
    if mated.all() or not mated.any():
        raise ValueError("both mated and non-mated comparisons are needed")
    return scores, mated
