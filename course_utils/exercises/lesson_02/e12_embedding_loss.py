"""2.12: the contrastive loss of all pairs of faces."""

import numpy as np

from course_utils.exercises.forms import Function
from course_utils.from_scratch import losses


def embedding_loss(embeddings, people, margin):
    """Return a right answer to 2.12."""
    first, second = np.triu_indices(len(people), k=1)
    same = people[first] == people[second]
    distances = np.linalg.norm(embeddings[first] - embeddings[second], axis=1)
    costs = np.where(same, distances**2, np.maximum(margin - distances, 0) ** 2)
    return costs.mean()


def cosine_distances(first, second):
    """Return 1 minus the cosine of each pair of embeddings."""
    return 1 - losses.cosine_similarity(first, second)


exercise = Function(
    embedding_loss,
    cases=[
        (np.array([[1.0, 0.0], [4.0, 4.0]]), np.array([7, 7]), 1.0),
        (np.array([[1.0, 0.0], [1.0, 0.6]]), np.array([7, 9]), 1.0),
        (np.array([[1.0, 0.0], [4.0, 4.0]]), np.array([7, 9]), 1.0),
        (np.array([[1.0, 0.0], [1.0, 0.6]]), np.array([7, 9]), 2.0),
        (np.array([[1.0, 0.0], [1.0, 0.5], [1.0, 2.0]]), np.array([7, 9, 7]), 1.0),
        (np.array([[1.0, 0.0], [0.2, 0.0], [1.0, 0.5], [0.4, 0.8]]), np.array([7, 9, 7, 9]), 1.5),
    ],
)
