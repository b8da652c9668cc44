"""4.11: one answer from several copies."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def names_from_copies(probabilities):
    """Return a right answer to 4.11."""
    return probabilities.mean(axis=0).argmax(axis=1)


THREE_COPIES = [
    [[0.8, 0.1, 0.1], [0.1, 0.2, 0.7]],
    [[0.1, 0.2, 0.7], [0.2, 0.5, 0.3]],
    [[0.6, 0.2, 0.2], [0, 0.4, 0.6]],
]
FOUR_COPIES = np.random.default_rng(4).dirichlet(np.ones(5), size=(4, 6))
CALL = "names_from_copies(...) of"

exercise = Function(
    names_from_copies,
    cases=[
        (np.array([[[0.4, 0.6]], [[0.9, 0.1]]]),),
        (np.array([[[0.9, 0.1, 0.0]], [[0.4, 0.5, 0.1]], [[0.4, 0.5, 0.1]]]),),
        (np.array([[[0.99, 0.01, 0.0]], [[0.99, 0.01, 0.0]], [[0.0, 0.3, 0.7]]]),),
        (np.array([[[0.05, 0.95, 0.0]], [[0.7, 0.05, 0.25]], [[0.8, 0.0, 0.2]]]),),
        Case(np.array(THREE_COPIES), shown=f"{CALL} three copies of two pictures, with three people"),
        Case(FOUR_COPIES, shown=f"{CALL} four copies of six pictures, with five people"),
    ],
)
