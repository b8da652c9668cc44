"""8.4: the hardest triplets of a batch, to complete."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def batch_hard(embeddings, people, margin):
    """Return a right answer to 8.4."""
    squares = ((embeddings[:, np.newaxis] - embeddings) ** 2).sum(axis=2)
    same = people[:, np.newaxis] == people
    farthest = np.where(same, squares, -np.inf).max(axis=1)
    nearest = np.where(same, np.inf, squares).min(axis=1)
    return np.maximum(farthest - nearest + margin, 0).mean()


def all_triplets(embeddings, people, margin):
    """Take the mean over all triplets."""
    squares = ((embeddings[:, np.newaxis] - embeddings) ** 2).sum(axis=2)
    same = people[:, np.newaxis] == people
    costs = np.maximum(squares[:, :, np.newaxis] - squares[:, np.newaxis] + margin, 0)
    counted = same[:, :, np.newaxis] & ~same[:, np.newaxis] & ~np.eye(len(people), dtype=bool)[:, :, np.newaxis]
    return costs[counted].mean()


def by_cosine(embeddings, people, margin):
    """Take cosine distances in place of squared distances."""
    units = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    distances, same = 1 - units @ units.T, people[:, np.newaxis] == people
    gaps = np.where(same, distances, -np.inf).max(axis=1) - np.where(same, np.inf, distances).min(axis=1)
    return np.maximum(gaps + margin, 0).mean()


TWO_EACH = np.array([0, 0, 1, 1])
ANGLES = np.array([0.1, 0.9, 1.2, 2.5, 2.7, 0.4, 1.9])
SEVEN = np.transpose([np.cos(ANGLES), np.sin(ANGLES)])

exercise = Function(
    batch_hard,
    cases=[
        (np.array([[0.0], [0.0], [3.0], [3.0]]), TWO_EACH, 0.2),
        (np.array([[0.0], [1.0], [3.0], [5.0]]), TWO_EACH, 0.5),
        (np.array([[0.0], [2.0], [3.0], [5.0]]), TWO_EACH, 0.5),
        (np.array([[0.0], [1.0], [1.5], [3.0]]), np.array([0, 1, 0, 1]), 1.0),
        (np.array([[0.6, 0.8], [1.0, 0.0], [0.0, 1.0], [0.8, 0.6]]), np.array([4, 4, 2, 2]), 0.2),
        (np.array([[0.0], [1.0], [6.0], [2.0], [3.0], [3.5]]), np.array([0, 0, 0, 1, 1, 1]), 0.5),
        Case(SEVEN, np.array([0, 0, 0, 1, 1, 2, 2]), 0.3, shown="batch_hard(...) of seven embeddings of three people"),
        Case(np.zeros((6, 2)), np.arange(6) // 2, 0.3, shown="batch_hard(...) of six equal embeddings"),
    ],
)
