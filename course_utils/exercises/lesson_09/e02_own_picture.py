"""9.2: a gallery with the probe's own picture, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def rank_one_rate(embeddings, people):
    """Return a right answer to 9.2."""
    units = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    scores = units @ units.T
    np.fill_diagonal(scores, -np.inf)
    return np.mean(people[scores.argmax(axis=1)] == people)


def without_own_person(embeddings, people):
    """Leave out all pictures of the probe's person."""
    units = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    scores = np.where(people == people[:, np.newaxis], -np.inf, units @ units.T)
    return np.mean(people[scores.argmax(axis=1)] == people)


def each_person_once(embeddings, people):
    """Ask with one picture of each person only."""
    units = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    scores = units @ units.T
    np.fill_diagonal(scores, -np.inf)
    asked = np.unique(people, return_index=True)[1]
    return np.mean(people[scores[asked].argmax(axis=1)] == people[asked])


OPPOSITE = np.array([[1.0, 0.0], [-0.6, 0.8], [-0.6, -0.8], [-1.0, 0.1]])
LONG = np.array([[3.0, 0.0], [0.6, 0.8], [0.8, -0.6], [0.0, 9.0], [0.5, 0.5], [-1.0, 2.0]])

exercise = Function(
    rank_one_rate,
    given=[("    np.fill_diagonal(scores, -np.inf)\n", "")],
    cases=[
        (np.array([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0]]), np.array([0, 0, 1])),
        (np.array([[1.0, 0.0], [0.0, 1.0], [0.9, 0.2], [0.1, 0.9]]), np.array([0, 0, 1, 1])),
        (OPPOSITE, np.array([0, 0, 1, 1])),
        (LONG, np.array([0, 1, 0, 2, 1, 2])),
        Case(
            np.random.default_rng(2).normal(size=(12, 3)) + np.repeat(np.eye(3), 4, axis=0),
            np.repeat([5, 7, 9], 4),
            shown="rank_one_rate(...) of twelve pictures of three people",
        ),
    ],
)
