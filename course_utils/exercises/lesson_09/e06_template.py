"""9.6: a template of several pictures, to complete."""

import numpy as np

from course_utils.exercises.forms import Function


def template(embeddings):
    """Return a right answer to 9.6."""
    units = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    mean = units.mean(axis=0)
    return mean / np.linalg.norm(mean)


exercise = Function(
    template,
    cases=[
        (np.array([[3.0, 4.0]]),),
        (np.array([[1.0, 0.0], [0.0, 1.0]]),),
        (np.array([[9.0, 0.0], [0.0, 1.0]]),),
        (np.array([[3.0, 4.0], [0.0, 1.0], [-5.0, 12.0]]),),
        (np.array([[1.0, 2.0, 2.0], [6.0, 0.0, 8.0], [0.0, -3.0, 4.0], [0.0, 0.0, 0.5]]),),
    ],
)
