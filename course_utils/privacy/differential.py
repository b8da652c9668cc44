"""Train a tiny model with differential privacy, and compute what is promised: DP-SGD by hand.

Each step clips the gradient of every person, adds them up, and adds normal noise, so that nobody's part can be told
from the noise: M. Abadi et al., Deep Learning with Differential Privacy, ACM Conference on Computer and Communications
Security (2016).  Every step takes all people.  Then `steps` steps with noise σ tell as much as one step with noise σ /
√steps, and the promise follows exactly, without the bounds that random batches need: J. Dong, A. Roth and W. J. Su,
Gaussian Differential Privacy, Journal of the Royal Statistical Society B 84(1), 3-37 (2022), corollary 3.3.

Two training sets are neighbours if one has all of the other and one person more.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np


def softmax_gradients(weights: np.ndarray, inputs: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the gradient of the cross-entropy of a linear softmax classifier, for each example on its own.

    Parameters
    ----------
    weights : ndarray of float, shape (d, k)
    inputs : ndarray of float, shape (n, d)
        A column of ones among them stands for the bias.
    labels : ndarray of int, shape (n,)
        From 0 to k - 1.

    Returns
    -------
    ndarray of float, shape (n, d, k)
        (p - y) of the example, times its input: derived in lesson 02.
    """
    errors = probabilities(weights, inputs)
    errors[np.arange(len(labels)), labels] -= 1
    return inputs[:, :, np.newaxis] * errors[:, np.newaxis, :]


def probabilities(weights: np.ndarray, inputs: np.ndarray) -> np.ndarray:
    """Return the probabilities (n, k) that a linear softmax classifier gives."""
    logits = inputs @ weights
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def clipped(gradients: np.ndarray, bound: float) -> np.ndarray:
    """Return gradients (n, ...), those that are longer than `bound` shortened to it; the others as they are.

    Raises
    ------
    ValueError
        If the bound is not above 0.
    """
    if bound <= 0:
        raise ValueError(f"bound: expected a length above 0, got {bound}.")
    lengths = np.linalg.norm(gradients.reshape(len(gradients), -1), axis=1)
    factors = np.minimum(1, bound / np.maximum(lengths, 1e-12))
    return gradients * factors.reshape(-1, *[1] * (gradients.ndim - 1))


def train_privately(
    inputs: np.ndarray,
    labels: np.ndarray,
    owners: np.ndarray,
    noise: float,
    steps: int,
    bound: float = 1.0,
    learning_rate: float = 1.0,
    seed: int = 0,
) -> np.ndarray:
    """Train a linear softmax classifier so that no single owner of examples shows; return its weights.

    Parameters
    ----------
    inputs : ndarray of float, shape (n, d)
    labels : ndarray of int, shape (n,)
        From 0 to k - 1.
    owners : ndarray of int, shape (n,)
        Who is protected: the person in each picture.  With ``numpy.arange(n)``, each picture is protected on its own,
        and somebody with many pictures much less.
    noise : float
        Standard deviation of the noise, in units of the bound; 0: gradients are clipped, and nothing is promised.
    steps : int
    bound : float
        The longest gradient that one owner may have; it limits what one owner can change in a step.
    learning_rate : float
    seed : int
        Of the noise.  A seed that is known takes the protection away: a real system draws it and forgets it.

    Returns
    -------
    ndarray of float64, shape (d, k)

    Raises
    ------
    ValueError
        If the numbers of inputs, labels and owners differ, or noise or steps are negative.

    Notes
    -----
    An owner's gradient is the mean over the owner's examples.  The number of owners is taken to be public.
    """
    if not len(inputs) == len(labels) == len(owners):
        raise ValueError(f"One label and owner per input are needed, not {len(labels)}, {len(owners)}, {len(inputs)}.")
    if noise < 0 or steps < 0:
        raise ValueError(f"noise and steps must not be negative, as {noise} and {steps} are.")
    order = np.argsort(owners, kind="stable")  # so that each owner's examples follow each other
    inputs, labels = np.asarray(inputs)[order], np.asarray(labels)[order]
    _owners, starts, counts = np.unique(np.asarray(owners)[order], return_index=True, return_counts=True)
    random = np.random.default_rng(seed)
    weights = np.zeros((inputs.shape[1], int(labels.max()) + 1))
    for _ in range(steps):
        by_example = softmax_gradients(weights, inputs, labels)
        by_owner = np.add.reduceat(by_example, starts) / counts[:, np.newaxis, np.newaxis]
        total = clipped(by_owner, bound).sum(axis=0) + random.normal(0, noise * bound, weights.shape)
        weights = weights - learning_rate * total / len(counts)
    return weights


def epsilon_spent(noise: float, steps: int, delta: float) -> float:
    """Return the ε of the promise (ε, δ) that so many steps with this noise keep.

    Parameters
    ----------
    noise : float
        As `train_privately` takes it, above 0.
    steps : int
        At least 1.
    delta : float
        In (0, 1); it should be well below 1 / people.

    Returns
    -------
    float
        Accurate to 1e-9; 0 where δ alone is promise enough.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Notes
    -----
    δ = Φ(μ/2 - ε/μ) - exp(ε) Φ(-μ/2 - ε/μ) with μ = √steps / noise, solved for ε: B. Balle and Y.-X. Wang, Improving
    the Gaussian Mechanism for Differential Privacy, International Conference on Machine Learning (2018), theorem 8.
    """
    if noise <= 0 or steps < 1 or not 0 < delta < 1:
        raise ValueError(f"noise > 0, steps >= 1 and 0 < delta < 1 are needed, not {noise}, {steps} and {delta}.")
    mu = math.sqrt(steps) / noise
    if _delta(0, mu) <= delta:
        return 0.0
    high = 1.0
    while _delta(high, mu) > delta:
        high *= 2
    return _root(lambda epsilon: _delta(epsilon, mu) - delta, 0.0, high)


def noise_for(epsilon: float, steps: int, delta: float) -> float:
    """Return the smallest noise with which so many steps keep the promise (ε, δ).

    Parameters
    ----------
    epsilon : float
        Above 0.
    steps, delta
        As `epsilon_spent` takes them.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    if epsilon <= 0 or steps < 1 or not 0 < delta < 1:
        raise ValueError(f"epsilon > 0, steps >= 1 and 0 < delta < 1 are needed, not {epsilon}, {steps} and {delta}.")
    high = 1.0
    while _delta(epsilon, high) < delta:
        high *= 2
    return math.sqrt(steps) / _root(lambda mu: delta - _delta(epsilon, mu), 1e-9, high)


def advantage_bound(epsilon: float, delta: float) -> float:
    """Return the largest true positive rate less false positive rate of an attack on whether one unit was in the data.

    A unit is what is protected, a person or a picture.  The bound holds for any attack.

    Parameters
    ----------
    epsilon, delta : float
        What was promised.

    Returns
    -------
    float
        (exp(ε) - 1 + 2 δ) / (exp(ε) + 1), in 0..1.

    Notes
    -----
    Source: P. Kairouz, S. Oh and P. Viswanath, The Composition Theorem for Differential Privacy, International
    Conference on Machine Learning (2015): both error rates of an attack lie above two lines, which cross there.
    """
    return math.tanh(epsilon / 2) + 2 * delta / (math.exp(min(epsilon, 700)) + 1)


def _delta(epsilon: float, mu: float) -> float:
    """Return the δ of one Gaussian mechanism whose noise is 1 / mu times what one owner can change."""
    from scipy.special import log_ndtr, ndtr

    return float(ndtr(mu / 2 - epsilon / mu) - np.exp(epsilon + log_ndtr(-mu / 2 - epsilon / mu)))


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Return where a falling function crosses zero between two places."""
    while high - low > 1e-10 * max(1.0, high):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high
