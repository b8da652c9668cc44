"""Losses and their gradients, as lesson 02 derives them.

A loss is the mean over the examples, as in Keras; the ``..._gradient`` is of that mean, so an example of n has 1/n of
it.  Logits are what a network gives before its sigmoid or softmax.
"""

from __future__ import annotations

import numpy as np

from course_utils.from_scratch.layers import softmax

# -- from logits to probabilities --------------------------------------------------------------------------------------


def sigmoid(logits: np.ndarray) -> np.ndarray:
    """Return the probability for each logit, 1 / (1 + exp(-logit)), without overflow (lesson 02, section 2).

    Parameters
    ----------
    logits
        Array of any shape, of real numbers: logarithms of odds.
    """
    small = np.exp(-np.abs(logits))  # at most 1
    return np.where(np.asarray(logits) >= 0, 1, small) / (1 + small)


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Return the logarithms of the softmax of each row, without overflow and without log(0) (lesson 02, section 3)."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


# -- classification ----------------------------------------------------------------------------------------------------


def binary_crossentropy(labels: np.ndarray, logits: np.ndarray) -> float:
    """Return the mean of -log of the probability that was given to the truth (lesson 02, section 3).

    Parameters
    ----------
    labels
        Array of 0 and 1, or of probabilities (label smoothing).
    logits
        Array of the same shape.

    Raises
    ------
    ValueError
        If the shapes differ, or a label is not between 0 and 1: the loss would have no lower bound.
    """
    labels, logits = _alike(labels, logits)
    if labels.min() < 0 or labels.max() > 1:
        raise ValueError(f"labels must lie in 0..1, not in {labels.min()}..{labels.max()}")
    # log(1 + exp(logit)) - label * logit, with an exponential that is at most 1
    return float(np.mean(np.maximum(logits, 0) - labels * logits + np.log1p(np.exp(-np.abs(logits)))))


def binary_crossentropy_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to the logits: probability minus label (lesson 02, section 4)."""
    labels, logits = _alike(labels, logits)
    return (sigmoid(logits) - labels) / logits.size


def categorical_crossentropy(
    labels: np.ndarray, logits: np.ndarray, label_smoothing: float = 0.0, class_weights: np.ndarray | None = None
) -> float:
    """Return the mean of -log of the probability that was given to the true class (lesson 02, sections 3 and 6).

    Parameters
    ----------
    labels
        Integers (n,), 0 to classes - 1; or rows of probabilities (n, classes), for instance one-hot.
    logits
        Array (n, classes).
    label_smoothing
        Share of each label that is spread evenly over all classes.
    class_weights
        Array (classes,): how much an example of each class counts, or None for all alike.  As in Keras's ``fit``, the
        sum is divided by the number of examples, not by the sum of their weights.

    Raises
    ------
    ValueError
        If labels and logits do not fit each other, or a label is none of the classes.
    """
    targets, weights = _targets(labels, logits, label_smoothing, class_weights)
    return float(np.mean(weights * -(targets * log_softmax(logits)).sum(axis=1)))


def categorical_crossentropy_gradient(
    labels: np.ndarray, logits: np.ndarray, label_smoothing: float = 0.0, class_weights: np.ndarray | None = None
) -> np.ndarray:
    """Return the gradient with respect to the logits: probabilities minus labels (lesson 02, section 4)."""
    targets, weights = _targets(labels, logits, label_smoothing, class_weights)
    return weights[:, np.newaxis] * (softmax(logits) - targets) / len(logits)


def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    """Return a row of zeros with a single 1 for each integer label, (n,) to (n, classes) (lesson 02, section 3).

    Raises
    ------
    ValueError
        If a label is none of the classes.
    """
    labels = np.asarray(labels)
    if labels.ndim != 1 or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(f"labels must be integers (n,), not {labels.dtype} {labels.shape}")
    if labels.min(initial=0) < 0 or labels.max(initial=0) >= classes:
        raise ValueError(f"labels must lie in 0..{classes - 1}, not in {labels.min()}..{labels.max()}")
    return np.eye(classes)[labels]


def _targets(labels: np.ndarray, logits: np.ndarray, label_smoothing: float, class_weights: np.ndarray | None):
    """Return the probabilities that are wanted, (n, classes), and what each example counts, (n,)."""
    n, classes = logits.shape
    labels = np.asarray(labels)
    targets = one_hot(labels, classes) if labels.ndim == 1 else labels
    if targets.shape != logits.shape:
        raise ValueError(f"labels {labels.shape} and logits {logits.shape} do not fit")
    weights = np.ones(n) if class_weights is None else np.asarray(class_weights)[targets.argmax(axis=1)]
    return targets * (1 - label_smoothing) + label_smoothing / classes, weights


# -- regression --------------------------------------------------------------------------------------------------------


def mean_squared_error(targets: np.ndarray, predictions: np.ndarray) -> float:
    """Return the mean of the squared differences (lesson 02, section 5).

    Raises
    ------
    ValueError
        If the shapes differ: NumPy would compare each number with each.
    """
    targets, predictions = _alike(targets, predictions)
    return float(np.mean((predictions - targets) ** 2))


def mean_squared_error_gradient(targets: np.ndarray, predictions: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to the predictions (lesson 02, section 5)."""
    targets, predictions = _alike(targets, predictions)
    return 2 * (predictions - targets) / predictions.size


def squared_error_behind_sigmoid_gradient(labels: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """Return the gradient of the mean squared error of sigmoid(logits), with respect to the logits (lesson 02, 5).

    The slope of the sigmoid is a factor of it: where the answer is confident, right or wrong, nothing is left.
    """
    probabilities = sigmoid(logits)
    return mean_squared_error_gradient(labels, probabilities) * probabilities * (1 - probabilities)


def _alike(labels: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    labels, values = np.asarray(labels), np.asarray(values)
    if labels.shape != values.shape:
        raise ValueError(f"both arrays must have one shape, not {labels.shape} and {values.shape}")
    return labels, values


# -- embeddings --------------------------------------------------------------------------------------------------------


def normalise(vectors: np.ndarray) -> np.ndarray:
    """Return vectors (..., d) of length 1; a zero vector stays zero (lesson 02, section 7)."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)


def euclidean_distance(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the distance between embeddings, (..., d) and (..., d) to (...) (lesson 02, section 7)."""
    return np.linalg.norm(first - second, axis=-1)


def cosine_similarity(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the cosine of the angle between embeddings, -1 to 1 (lesson 02, section 7)."""
    return (normalise(first) * normalise(second)).sum(axis=-1)


def contrastive_loss(same: np.ndarray, distances: np.ndarray, margin: float = 1.0) -> float:
    """Return the mean contrastive loss of pairs of embeddings (lesson 02, section 8).

    A mated pair costs its squared distance; a non-mated pair, the square of what it lacks to the margin.
    Source: R. Hadsell, S. Chopra, Y. LeCun, Dimensionality Reduction by Learning an Invariant Mapping, CVPR 2006,
    without its factor 1/2.

    Parameters
    ----------
    same
        Array (n,) of 1 (one person) and 0 (two people).
    distances
        Array (n,), from 0.
    margin
        Distance from which two people are far enough apart.

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    same, distances = _alike(same, distances)
    lacking = np.maximum(margin - distances, 0)
    return float(np.mean(same * distances**2 + (1 - same) * lacking**2))


def contrastive_loss_gradient(same: np.ndarray, distances: np.ndarray, margin: float = 1.0) -> np.ndarray:
    """Return the gradient with respect to the distances (lesson 02, section 8)."""
    same, distances = _alike(same, distances)
    return 2 * (same * distances - (1 - same) * np.maximum(margin - distances, 0)) / distances.size
