"""Tell from a network's outputs whether a picture, or a person, was in its training set: membership inference.

Source: R. Shokri, M. Stronati, C. Song and V. Shmatikov, Membership Inference Attacks against Machine Learning Models,
IEEE Symposium on Security and Privacy (2017).  The attack by a threshold on the loss is that of S. Yeom, I. Giacomelli,
M. Fredrikson and S. Jha, Privacy Risk in Machine Learning: Analyzing the Connection to Overfitting, IEEE Computer
Security Foundations Symposium (2018).
"""

from __future__ import annotations

import numpy as np

from course_utils import metrics

SMALLEST_PROBABILITY = 1e-12


def true_label_losses(probabilities, labels) -> np.ndarray:
    """Return the loss of each picture, -log of the probability of its true label; members tend to have small ones.

    Parameters
    ----------
    probabilities : array_like of float, shape (n, k)
        Each row adds up to 1.
    labels : array_like of int, shape (n,)
        From 0 to k - 1.

    Returns
    -------
    ndarray of float64, shape (n,)

    Raises
    ------
    ValueError
        If there is not one label for each row.
    """
    probabilities, labels = np.asarray(probabilities, float), np.asarray(labels)
    if probabilities.ndim != 2 or labels.shape != probabilities.shape[:1]:
        raise ValueError(
            f"One row of probabilities and one label per picture are needed, not the shapes {probabilities.shape} and "
            f"{labels.shape}."
        )
    of_truth = np.take_along_axis(probabilities, labels[:, np.newaxis], axis=1)[:, 0]
    return -np.log(np.clip(of_truth, SMALLEST_PROBABILITY, None))


def confidences(probabilities) -> np.ndarray:
    """Return the highest probability of each picture, (n,): for an attacker who does not know the true label."""
    return np.asarray(probabilities, float).max(axis=1)


def attack_auc(member_scores, other_scores) -> float:
    """Return the probability that a member scores higher than somebody who is none: the area under the ROC curve.

    Parameters
    ----------
    member_scores, other_scores : array_like of float, shapes (n,), (m,)
        Higher for members, if the attack works: minus the loss, or the confidence.

    Returns
    -------
    float
        0.5 for an attack that guesses, 1 for one that is always right.
    """
    scores = np.concatenate([member_scores, other_scores])
    return metrics.roc_auc(scores, np.arange(len(scores)) < len(member_scores))
