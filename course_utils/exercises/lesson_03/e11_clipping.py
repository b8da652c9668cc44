"""3.11: clipping by the length of all gradients together."""

import math

import numpy as np

from course_utils.exercises.forms import Function


def clip_together(gradients, largest):
    """Return a right answer to 3.11."""
    length = math.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    factor = largest / length if length > largest else 1.0
    return [gradient * factor for gradient in gradients]


exercise = Function(
    clip_together,
    cases=[
        ([np.array([3.0, 4.0])], 2.5),
        ([np.array([3.0, 4.0])], 6.0),
        ([np.array([0.3, 0.4])], 2.0),
        ([np.array([3.0]), np.array([-4.0])], 2.0),
        ([np.array([6.0]), np.array([8.0])], 9.0),
        ([np.array([[1.0, 2.0], [4.0, -2.0]]), np.array([12.0])], 6.5),
        ([np.zeros((2, 2)), np.zeros(1)], 1.0),
    ],
)
