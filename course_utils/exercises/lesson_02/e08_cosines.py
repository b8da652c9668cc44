"""2.8: the cosines of all pairs of faces."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def all_cosines(embeddings):
    """Return a right answer to 2.8."""
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    units = embeddings / lengths
    return units @ units.T


exercise = Function(
    all_cosines,
    cases=[
        (np.array([[3.0, 4.0], [6.0, 8.0]]),),
        (np.array([[3.0, 4.0], [8.0, -6.0]]),),
        (np.array([[1.0, 0.0], [3.0, 4.0], [-2.0, 0.0]]),),
        (np.array([[1.0, 2.0, 2.0], [0.0, 3.0, 4.0]]),),
        (np.array([[1.0, 2.0, 2.0], [0.0, 3.0, 4.0], [5.0, 0.0, -12.0]]),),
        Case(np.sin(np.arange(1.0, 41.0)).reshape(4, 10), shown="all_cosines(...) of four embeddings of ten numbers"),
    ],
)
