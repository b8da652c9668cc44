"""5.9: a name, or nobody."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def name_or_nobody(embedding, enrolled, names, threshold):
    """Return a right answer to 5.9."""
    lengths = np.linalg.norm(enrolled, axis=1) * np.linalg.norm(embedding)
    similarity = enrolled @ embedding / lengths
    best = np.argmax(similarity)
    return names[best] if similarity[best] >= threshold else "nobody"


def first_above(embedding, enrolled, names, threshold):
    """Return the first person who is similar enough, not the most similar one."""
    for row, name in zip(enrolled, names, strict=True):
        if name_or_nobody(embedding, row[np.newaxis], [name], threshold) == name:
            return name
    return "nobody"


ENROLLED = np.array([[3.0, 4.0, 0.0], [0.0, 0.5, 0.0], [0.0, 3.0, 4.0]])
NAMES = ["Ada", "Ben", "Cleo"]

exercise = Function(
    name_or_nobody,
    cases=[
        (np.array([1.0, 0.0]), np.array([[1.0, 0.0], [0.0, 1.0]]), ["Ada", "Ben"], 0.5),
        (np.array([3.0, 4.0]), np.array([[1.0, 0.0], [0.0, 1.0]]), ["Ada", "Ben"], 0.5),
        (np.array([3.0, 4.0]), np.array([[1.0, 0.0], [0.0, 1.0]]), ["Ada", "Ben"], 0.9),
        (np.array([3.0, 4.0]), np.array([[1.0, 0.0], [0.0, 0.0001]]), ["Ada", "Ben"], 0.7),
        (np.array([0.0, 0.1, 0.0]), ENROLLED, NAMES, 0.5),
        (np.array([-1.0, -1.0, 0.0]), ENROLLED, NAMES, 0.1),
        (np.array([2.0, 2.0, 2.0]), ENROLLED, NAMES, 0.4),
        Case(
            np.array([0.0, 0.0, 2.0]),
            np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 4.0]]),
            ["Ada", "Ben"],
            1.0,
            shown="name_or_nobody(...) of an embedding in the very direction of an enrolled one, with a threshold of 1",
        ),
    ],
)
