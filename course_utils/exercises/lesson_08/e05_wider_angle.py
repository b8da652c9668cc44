"""8.5: a wider angle, to complete."""

import numpy as np

from course_utils.exercises.forms import Function


def arcface_logits(cosines, people, scale, margin):
    """Return a right answer to 8.5."""
    angles = np.arccos(np.clip(cosines, -1, 1))
    is_true_person = np.eye(cosines.shape[1])[people]
    return scale * np.cos(angles + margin * is_true_person)


TWO = np.array([[0.6, 0.2]])
THREE = np.array([[0.6, 0.2, -0.5], [0.1, 0.4, 0.3]])

exercise = Function(
    arcface_logits,
    cases=[
        (TWO, np.array([0]), 1.0, 0.0),
        (TWO, np.array([0]), 10.0, 0.0),
        (TWO, np.array([0]), 10.0, 0.3),
        (TWO, np.array([1]), 10.0, 0.5),
        (THREE, np.array([0, 2]), 8.0, 0.3),
        (THREE, np.array([1, 1]), 24.0, 0.5),
        (np.array([[-0.9, 0.1]]), np.array([1]), 10.0, 0.3),
        (np.array([[1 + 1e-9, 0.3]]), np.array([0]), 10.0, 0.3),
        (np.array([[0.3, -1 - 1e-9]]), np.array([0]), 10.0, 0.3),
    ],
)
