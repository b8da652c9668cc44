"""The layers of a network as steps that know their way forward and back (lesson 01, section 8).

``forward`` takes the values and gives those of the layer.  ``backward`` takes the gradient of the loss with respect to
what the step gave, and the values that the step was given; it returns the gradient with respect to these values, and a
list of the gradients of the step's own weights, which is empty where it has none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_utils.from_scratch import layers

Gradients = tuple[np.ndarray, list[np.ndarray]]


@dataclass(frozen=True)
class Convolution:
    """A convolution without padding, with stride 1.

    Parameters
    ----------
    kernels, bias : np.ndarray
        As `layers.convolve` takes them.
    """

    kernels: np.ndarray
    bias: np.ndarray

    def forward(self, values: np.ndarray) -> np.ndarray:
        """Return the feature maps."""
        return layers.convolve(values, self.kernels, self.bias)

    def backward(self, gradient: np.ndarray, values: np.ndarray) -> Gradients:
        """Return the gradients of the input, and of kernels and bias."""
        of_values, of_kernels, of_bias = layers.convolve_backward(gradient, values, self.kernels)
        return of_values, [of_kernels, of_bias]


@dataclass(frozen=True)
class Dense:
    """A dense layer.

    Parameters
    ----------
    weights, bias : np.ndarray
        As `layers.dense` takes them.
    """

    weights: np.ndarray
    bias: np.ndarray

    def forward(self, values: np.ndarray) -> np.ndarray:
        """Return the sums of the units."""
        return layers.dense(values, self.weights, self.bias)

    def backward(self, gradient: np.ndarray, values: np.ndarray) -> Gradients:
        """Return the gradients of the input, and of weights and bias."""
        of_values, of_weights, of_bias = layers.dense_backward(gradient, values, self.weights)
        return of_values, [of_weights, of_bias]


class ReLU:
    """Replace negative numbers by 0."""

    def forward(self, values: np.ndarray) -> np.ndarray:
        """Return the values without the negative ones."""
        return layers.relu(values)

    def backward(self, gradient: np.ndarray, values: np.ndarray) -> Gradients:
        """Return the gradient of the input."""
        return layers.relu_backward(gradient, values), []


class MaxPool:
    """Keep the largest of each window of 2 x 2."""

    def forward(self, values: np.ndarray) -> np.ndarray:
        """Return the smaller maps."""
        return layers.max_pool(values)

    def backward(self, gradient: np.ndarray, values: np.ndarray) -> Gradients:
        """Return the gradient of the input."""
        return layers.max_pool_backward(gradient, values), []


class Flatten:
    """Put all numbers of a picture in one row."""

    def forward(self, values: np.ndarray) -> np.ndarray:
        """Return a row for each picture."""
        return layers.flatten(values)

    def backward(self, gradient: np.ndarray, values: np.ndarray) -> Gradients:
        """Return the gradient in the shape of the maps."""
        return layers.flatten_backward(gradient, values), []
