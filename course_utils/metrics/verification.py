"""Score comparisons of two pictures: equal error rate, area under the ROC curve, accuracy by LFW's protocol."""

from __future__ import annotations

import numpy as np


def equal_error_rate(scores, mated, weights=None) -> float:
    """Return the error rate at the threshold where the false match rate equals the false non-match rate.

    Each rate is a fraction of its own kind of comparison.  Where there are more non-mated than mated comparisons, there
    are more false matches than false non-matches at that threshold.

    Parameters
    ----------
    scores : array_like of float, shape (n,)
        Similarity scores of n comparisons; a higher score means more similar.
    mated : array_like of bool, shape (n,)
        True where both pictures show the same person.
    weights : array_like of float, shape (n,), optional
        How much each comparison counts; without it, all count the same.

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
    Terms as in ISO/IEC 19795-1: the false match rate (FMR) is the fraction of non-mated comparisons at or above the
    threshold, the false non-match rate (FNMR) the fraction of mated ones below it.
    """
    from sklearn.metrics import roc_curve

    scores, mated = _checked_comparisons(scores, mated)
    false_match, true_match, _ = roc_curve(mated, scores, sample_weight=weights, drop_intermediate=False)
    difference = false_match - (1 - true_match)  # rises from -1 to 1 as the threshold falls
    return float(np.interp(0, difference, false_match))


def roc_auc(scores, mated, weights=None) -> float:
    """Return the probability that a mated pair scores higher than a non-mated one: the area under the ROC curve.

    Parameters
    ----------
    scores : array_like of float, shape (n,)
        Similarity scores of n comparisons; a higher score means more similar.
    mated : array_like of bool, shape (n,)
        True where both pictures show the same person.
    weights : array_like of float, shape (n,), optional
        How much each comparison counts; without it, all count the same.

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
    scores : array_like of float, shape (n,)
        Similarity scores of n comparisons; a higher score means more similar.
    mated : array_like of bool, shape (n,)
        True where both pictures show the same person.

    Returns
    -------
    float
        Midway between two neighbouring scores; the highest such threshold where several are equally good.  Infinity
        where it is best to take no pair for one person.

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


def fold_accuracies(scores, mated, fold) -> np.ndarray:
    """Return the accuracy on each fold with the threshold that is best on all other folds.

    Parameters
    ----------
    scores : array_like of float, shape (n,)
        Similarity scores of n comparisons; a higher score means more similar.
    mated : array_like of bool, shape (n,)
        True where both pictures show the same person.
    fold : array_like of int, shape (n,)
        The fold that each comparison belongs to, such as ``faces.pairs["view2"].fold``.

    Returns
    -------
    ndarray of float, shape (k,)
        In 0..1, in the order of the folds' numbers.

    Raises
    ------
    ValueError
        If the arrays differ in length, there are fewer than two folds, the folds left for choosing a threshold hold
        only one kind of comparison, or a score is not finite.

    Notes
    -----
    Any number of folds will do, from two on; LFW has ten.  A threshold chosen on the fold that it is scored on, as some
    libraries do, gives a figure that is too high.
    """
    scores, mated = _checked_comparisons(scores, mated)
    fold = np.asarray(fold)
    if fold.shape != scores.shape:
        raise ValueError(f"`fold` must have one value per comparison, {scores.shape}, not the shape {fold.shape}.")
    numbers = np.unique(fold)
    if len(numbers) < 2:
        raise ValueError("At least two folds are needed: one to score, another to choose the threshold on.")
    accuracies = []
    for number in numbers:
        scored = fold == number
        threshold = best_threshold(scores[~scored], mated[~scored])
        accuracies.append(np.mean((scores[scored] >= threshold) == mated[scored]))
    return np.array(accuracies)


def ten_fold_accuracy(scores, mated, fold) -> tuple[float, float]:
    """Return LFW's official figure: the mean of `fold_accuracies`, with its standard error.

    Parameters
    ----------
    scores, mated, fold
        As `fold_accuracies` takes them; it raises the same errors.

    Returns
    -------
    (mean, standard_error) : tuple of float
        Of the folds' accuracies, in 0..1.  The standard error is the protocol's: the folds' standard deviation
        (divisor k - 1) over the root of their number k.

    Notes
    -----
    Source: G. B. Huang et al., Labeled Faces in the Wild, University of Massachusetts, Technical Report 07-49, 2007,
    section on View 2.
    """
    accuracies = fold_accuracies(scores, mated, fold)
    return float(accuracies.mean()), float(accuracies.std(ddof=1) / np.sqrt(len(accuracies)))


def all_pairs(labels) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return every pair of different pictures once, for comparisons where no protocol lists them.

    Parameters
    ----------
    labels : array_like of int, shape (n,)
        The person in each picture.

    Returns
    -------
    (first, second, mated) : tuple of ndarray, shapes (n * (n - 1) / 2,)
        Indices of two pictures, the first the smaller, and whether they show one person.

    Raises
    ------
    ValueError
        If `labels` does not have one dimension.
    """
    labels = np.asarray(labels)
    if labels.ndim != 1:
        raise ValueError(f"`labels` must have one dimension, one label per picture, not the shape {labels.shape}.")
    first, second = np.triu_indices(len(labels), k=1)
    return first, second, labels[first] == labels[second]


def cosine_similarity(embeddings, first, second) -> np.ndarray:
    """Return the cosines between pairs of embeddings.

    Parameters
    ----------
    embeddings : array_like of float, shape (n, d)
    first, second : array_like of int, shapes (m,)
        Indices into `embeddings`.

    Returns
    -------
    ndarray of float32, shape (m,)
        In -1..1; 0 where an embedding is all zeros, which has no direction.

    Raises
    ------
    ValueError
        If `embeddings` does not have two dimensions.
    """
    embeddings = np.asarray(embeddings, dtype=np.float32)
    if embeddings.ndim != 2:
        raise ValueError(f"`embeddings` must have the shape (pictures, numbers), not {embeddings.shape}.")
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    directions = embeddings / np.where(lengths > 0, lengths, 1)
    return np.einsum("ij,ij->i", directions[first], directions[second])


def _checked_comparisons(scores, mated) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and mated as arrays, or say what is wrong with them."""
    scores, mated = np.asarray(scores, dtype=float), np.asarray(mated, dtype=bool)
    if scores.ndim != 1 or scores.shape != mated.shape:
        raise ValueError(f"Scores and mated must be lists of one length, not of shapes {scores.shape}, {mated.shape}.")
    if not np.isfinite(scores).all():
        raise ValueError(f"Every score must be a finite number; {int((~np.isfinite(scores)).sum())} are not.")
    if mated.all() or not mated.any():
        raise ValueError("Both mated and non-mated comparisons are needed.")
    return scores, mated
