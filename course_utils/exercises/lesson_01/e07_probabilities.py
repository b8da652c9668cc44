"""1.7: from maps to probabilities, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def probabilities_of(maps, weights, bias):
    """Return a right answer to 1.7."""
    row = np.maximum(maps, 0).reshape(len(maps), -1)
    logits = row @ weights + bias
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def maps(*pictures):
    """Return maps of 1 x 1 with these channels for each picture."""
    return np.array(pictures, dtype=float)[:, np.newaxis, np.newaxis]


random = np.random.default_rng(0)

exercise = Function(
    probabilities_of,
    given=[
        ("np.maximum(maps, 0)", "maps"),
        ("row @ weights + bias", "np.maximum(row @ weights + bias, 0)"),
        (".sum(axis=1, keepdims=True)", ".sum()"),
    ],
    cases=[
        (maps([-1, 2]), np.array([[1.0, -1.0], [0.0, 1.0]]), np.array([0.0, 0.0])),
        (maps([1, 2]), np.array([[1.0, -1.0], [0.0, -1.0]]), np.array([0.5, 0.0])),
        (maps([2, 1], [1, 3]), np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.0, 0.0])),
        (maps([900, -100]), np.array([[1.0, 0.5, 0.0], [0.0, 0.0, 1.0]]), np.array([0.0, 0.0, 2.0])),
        Case(
            random.normal(size=(2, 2, 2, 3)),
            random.normal(size=(12, 4)),
            random.normal(size=4),
            shown="probabilities_of(...) of maps of shape (2, 2, 2, 3), weights (12, 4), bias (4,)",
        ),
    ],
)
