"""Compute what follows the maps, forward and backward: ReLU, flattening, dense layers and softmax."""

from __future__ import annotations

import numpy as np

from course_utils.from_scratch.layers.dtypes import wide


def dense_parameters(inputs: int, outputs: int) -> int:
    """Return the number of weights of a dense layer, biases among them (lesson 01, section 7)."""
    return inputs * outputs + outputs


def relu(values: np.ndarray) -> np.ndarray:
    """Return the values with negative ones replaced by 0 (lesson 01, section 6)."""
    return np.maximum(values, 0)


def relu_backward(gradient: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the gradient where the value was positive, 0 elsewhere; at 0 itself Keras takes 0."""
    return gradient * (values > 0)


def flatten(maps: np.ndarray) -> np.ndarray:
    """Put all numbers of a picture in one row, (n, ...) to (n, numbers) (lesson 01, section 6)."""
    return maps.reshape(len(maps), -1)


def flatten_backward(gradient: np.ndarray, maps: np.ndarray) -> np.ndarray:
    """Return the gradient in the shape of the maps."""
    return gradient.reshape(maps.shape)


def dense(inputs: np.ndarray, weights: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Return the weighted sums of a dense layer (lesson 01, section 6).

    Parameters
    ----------
    inputs
        Array (n, numbers).
    weights
        Array (numbers, units).
    bias
        Array (units,).

    Returns
    -------
    np.ndarray
        (n, units).
    """
    inputs, weights = wide(inputs, weights)
    return inputs @ weights + bias


def dense_backward(
    gradient: np.ndarray, inputs: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients with respect to inputs, weights and bias (lesson 01, section 8)."""
    gradient, inputs, weights = wide(gradient, inputs, weights)
    return gradient @ weights.T, inputs.T @ gradient, gradient.sum(axis=0)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Turn each row of logits into probabilities that sum to 1 (lesson 01, section 6; overflow: lesson 02, section 2).

    Parameters
    ----------
    logits
        Array (..., classes) of real numbers.
    """
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))  # the largest becomes exp(0): no overflow
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def softmax_backward(gradient: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to the logits; behind a cross-entropy it becomes p - y, as lesson 02 derives."""
    probabilities = softmax(logits)
    return probabilities * (gradient - (gradient * probabilities).sum(axis=-1, keepdims=True))
