"""1.9: backwards through a dense layer with ReLU."""

import numpy as np

from course_utils.exercises.forms import Function


def layer_backward(gradient, inputs, weights, bias):
    """Return a right answer to 1.9."""
    passed = gradient * (inputs @ weights + bias > 0)
    return passed @ weights.T, inputs.T @ passed, passed.sum(axis=0)


def relu_in_front(gradient, inputs, weights, bias):
    """Let ReLU stand in front of the dense layer."""
    return gradient @ weights.T * (inputs > 0), np.maximum(inputs, 0).T @ gradient, gradient.sum(axis=0)


CASES = [
    ([[10.0]], [[2.0]], [[3.0]], [1.0]),
    ([[10.0]], [[2.0]], [[3.0]], [-7.0]),
    ([[10.0]], [[2.0]], [[3.0]], [-6.0]),
    ([[-10.0]], [[2.0]], [[3.0]], [0.0]),
    ([[1.0, 2.0]], [[3.0, 1.0]], [[1.0, 2.0], [4.0, 1.0]], [0.0, 1.0]),
    ([[1.0, 2.0], [3.0, -4.0]], [[1.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [1.0, -1.0]], [0.0, 2.5]),
    (
        [[1.0, 2.0, 5.0], [3.0, -4.0, 1.0]],
        [[1.0, 2.0], [-1.0, 3.0]],
        [[2.0, 0.0, 1.0], [1.0, -1.0, 4.0]],
        [0.0, 2.5, -9.0],
    ),
]

exercise = Function(layer_backward, cases=[tuple(map(np.array, arguments)) for arguments in CASES])
