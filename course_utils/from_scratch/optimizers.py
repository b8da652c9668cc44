"""Optimizers, schedules and clipping, as lesson 03 derives them; each takes the same steps as Keras's.

An optimizer is made once and then asked for the next weights, step after step::

    optimizer = Adam(learning_rate=0.001)
    weights = optimizer.update(weights, gradient)

It remembers earlier gradients in the shape of the weights, so each array of weights needs an optimizer of its own.
"""

from __future__ import annotations

import math

import numpy as np


class SGD:
    """Stochastic gradient descent, with momentum or Nesterov's form of it if wanted (lesson 03, sections 2 and 5).

    Parameters
    ----------
    learning_rate
        How far a step goes for a gradient of 1.
    momentum
        Share of the last step that is taken again, 0 to below 1.
    nesterov
        Whether the gradient is taken where the velocity will have carried the weights.  As in Keras, the weights are
        then that place ahead, so that the gradient is always taken at the weights.

    Notes
    -----
    In a valley of curvature c it works up to the learning rate 2 / c, with momentum m up to 2 (1 + m) / c, and with
    Nesterov's form of it up to 2 (1 + m) / ((1 + 2 m) c) only.
    """

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.0, nesterov: bool = False):
        self.learning_rate, self.momentum, self.nesterov = learning_rate, momentum, nesterov
        self.velocity = 0.0

    def update(self, weights: np.ndarray, gradient: np.ndarray) -> np.ndarray:
        """Return the weights after one step."""
        self.velocity = self.momentum * self.velocity - self.learning_rate * gradient
        if self.nesterov:
            return weights + self.momentum * self.velocity - self.learning_rate * gradient
        return weights + self.velocity


class RMSprop:
    """Steps divided by the recent size of the gradient, weight by weight (lesson 03, section 6).

    Source: G. Hinton, Neural Networks for Machine Learning, lecture 6e, 2012.  As in Keras, ``epsilon`` stands under
    the root.
    """

    def __init__(self, learning_rate: float = 0.001, rho: float = 0.9, epsilon: float = 1e-7):
        self.learning_rate, self.rho, self.epsilon = learning_rate, rho, epsilon
        self.mean_square = 0.0

    def update(self, weights: np.ndarray, gradient: np.ndarray) -> np.ndarray:
        """Return the weights after one step."""
        self.mean_square = self.rho * self.mean_square + (1 - self.rho) * gradient**2
        return weights - self.learning_rate * gradient / np.sqrt(self.mean_square + self.epsilon)


class Adam:
    """Moving averages of the gradient and of its square, both corrected for their start at 0 (lesson 03, section 6).

    Source: D. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, in the form at the end of its
    section 2, as in Keras: ``epsilon`` is added to the root that is not yet corrected.
    """

    def __init__(self, learning_rate: float = 0.001, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-7):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.mean, self.mean_square, self.step = 0.0, 0.0, 0

    def update(self, weights: np.ndarray, gradient: np.ndarray) -> np.ndarray:
        """Return the weights after one step."""
        self.step += 1
        self.mean = self.beta_1 * self.mean + (1 - self.beta_1) * gradient
        self.mean_square = self.beta_2 * self.mean_square + (1 - self.beta_2) * gradient**2
        correction = math.sqrt(1 - self.beta_2**self.step) / (1 - self.beta_1**self.step)
        return weights - self.learning_rate * correction * self.mean / (np.sqrt(self.mean_square) + self.epsilon)


class AdamW(Adam):
    """Adam that also shrinks the weights, by a share that does not depend on the gradient (lesson 03, section 6).

    Source: I. Loshchilov, F. Hutter, Decoupled Weight Decay Regularization, ICLR 2019.
    """

    def __init__(self, learning_rate: float = 0.001, weight_decay: float = 0.004, **adam):
        super().__init__(learning_rate, **adam)
        self.weight_decay = weight_decay

    def update(self, weights: np.ndarray, gradient: np.ndarray) -> np.ndarray:
        """Return the weights after one step."""
        return super().update(weights * (1 - self.learning_rate * self.weight_decay), gradient)


# -- schedules and clipping --------------------------------------------------------------------------------------------


def cosine_decay(step: int, steps: int, learning_rate: float, warmup_steps: int = 0) -> float:
    """Return the learning rate at a step: it rises evenly from 0, then falls along half a cosine to 0 (lesson 03, 7).

    Parameters
    ----------
    step
        From 0.
    steps
        Of the fall, after the warm-up.
    learning_rate
        The highest one.
    warmup_steps
        Of the rise; 0 for none.
    """
    if step < warmup_steps:
        return learning_rate * step / warmup_steps
    share = min(step - warmup_steps, steps) / steps
    return learning_rate * (1 + math.cos(math.pi * share)) / 2


def clip_by_norm(gradient: np.ndarray, largest: float) -> np.ndarray:
    """Return the gradient, shortened to a length of ``largest`` if it is longer (lesson 03, section 7)."""
    return gradient * min(1.0, largest / max(float(np.linalg.norm(gradient)), 1e-12))


def numerical_gradient(function, weights: np.ndarray, step: float = 1e-5) -> np.ndarray:
    """Return the gradient of a function by finite differences, to check one that was derived (lesson 03, section 1).

    Parameters
    ----------
    function
        From an array like ``weights`` to a number.
    weights
        Where the gradient is wanted; float64, for the differences are small.
    step
        How far each weight is moved, up and down.

    Raises
    ------
    TypeError
        If the weights are not float64.
    """
    if weights.dtype != np.float64:
        raise TypeError(f"The weights must be float64, not {weights.dtype}: the differences would drown in rounding.")
    gradient = np.zeros_like(weights)
    for place in np.ndindex(*weights.shape):
        moved = np.zeros_like(weights)
        moved[place] = step
        gradient[place] = (function(weights + moved) - function(weights - moved)) / (2 * step)
    return gradient
