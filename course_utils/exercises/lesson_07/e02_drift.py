"""7.2: how far scores drift, to mend."""

import numpy as np

from course_utils import metrics
from course_utils.exercises.forms import Case, Function


def score_drift(usual, other, first, second):
    """Return a right answer to 7.2."""
    before = metrics.cosine_similarity(usual, first, second)
    after = metrics.cosine_similarity(other, first, second)
    drift = np.abs(after - before)
    return drift.mean(), drift.max()


def numbers_compared(usual, other, first, second):
    """Compare the numbers of the embeddings."""
    drift = np.abs(other - usual)
    return drift.mean(), drift.max()


def lengths_compared(usual, other, first, second):
    """Compare the embeddings by their distance."""
    drift = np.linalg.norm(other - usual, axis=1)
    return drift.mean(), drift.max()


def picture_with_itself(usual, other, first, second):
    """Take how far each picture's embedding has turned."""
    both, pictures = np.concatenate([usual, other]), np.arange(len(usual))
    drift = 1 - metrics.cosine_similarity(both, pictures, pictures + len(usual))
    return drift.mean(), drift.max()


def types_mixed(usual, other, first, second):
    """Change the type of the second picture only."""
    before = metrics.cosine_similarity(usual, first, second)
    after = metrics.cosine_similarity(np.concatenate([usual, other]), first, second + len(usual))
    drift = np.abs(after - before)
    return drift.mean(), drift.max()


def without_lengths(usual, other, first, second):
    """Take products in place of cosines."""
    before, after = ((values[first] * values[second]).sum(axis=1) for values in (usual, other))
    drift = np.abs(after - before)
    return drift.mean(), drift.max()


def every_pair(usual, other, first, second):
    """Take all pairs of pictures in place of the list."""
    return score_drift(usual, other, *np.triu_indices(len(usual), k=1))


def case(seed, pictures, numbers, pairs):
    """Return a case of random embeddings, and others that differ from them a little."""
    random = np.random.default_rng(seed)
    usual = random.normal(size=(pictures, numbers)) * random.uniform(0.5, 2, (pictures, 1))
    other = usual + random.normal(scale=0.3, size=usual.shape)
    first, second = random.integers(pictures, size=(2, pairs))
    shown = f"score_drift(...) of {pairs} pairs of {pictures} pictures"
    return Case(usual, other, first, np.where(first == second, (second + 1) % pictures, second), shown=shown)


USUAL = np.array([[1.0, 0.0], [0.0, 1.0], [3.0, 4.0]])
OTHER = np.array([[1.0, 0.0], [0.6, 0.8], [3.0, 4.0]])

exercise = Function(
    score_drift,
    given=numbers_compared,
    cases=[
        (USUAL, 2 * USUAL, np.array([0, 1]), np.array([1, 2])),
        (USUAL, OTHER, np.array([0, 0, 1]), np.array([1, 2, 2])),
        case(1, 6, 4, 5),
        case(2, 9, 8, 20),
        case(3, 20, 16, 60),
    ],
)
