"""6.5: dropout, to complete."""

import numpy as np

from course_utils.exercises.forms import Function


def dropout(values, draws, rate, training):
    """Return a right answer to 6.5."""
    if not training:
        return values
    return np.where(draws < rate, 0.0, values / (1 - rate))


SIX = np.array([1.0, 2, 3, 4, 5, 6])
DRAWS = np.array([0.7, 0.1, 0.25, 0.9, 0.2, 0.5])  # one is equal to a rate below

exercise = Function(
    dropout,
    cases=[
        (np.array([3.0]), np.array([0.9]), 0.5, True),
        (np.array([3.0]), np.array([0.1]), 0.5, True),
        (np.array([3.0]), np.array([0.1]), 0.5, False),
        (np.array([3.0, 6.0]), np.array([0.9, 0.1]), 0.25, True),
        (np.array([3.0, 6.0]), np.array([0.9, 0.1]), 0.25, False),
        (SIX, DRAWS, 0.25, True),
        (SIX, DRAWS, 0.6, True),
        (SIX, DRAWS, 0.6, False),
        (np.array([[1.0, -2.0], [3.0, 4.0]]), np.array([[0.3, 0.1], [0.8, 0.15]]), 0.2, True),
    ],
)
