"""8.15: an interval by people, to complete."""

import numpy as np

from course_utils import metrics
from course_utils.exercises.forms import Case, Function


def fnmr_interval(scores, people, threshold):
    """Return a right answer to 8.15."""
    return metrics.person_interval(scores < threshold, people)


def by_pairs(scores, people, threshold):
    """Count pairs as if they were independent."""
    errors = int((scores < threshold).sum())
    return errors / len(scores), *metrics.wilson_interval(errors, len(scores))


def of_rates(scores, people, threshold):
    """Give each person the same weight, however many pairs there are."""
    return metrics.mean_interval([(scores[people == person] < threshold).mean() for person in np.unique(people)])


def case(seed, people, pairs, threshold):
    """Return a case of random scores; people differ, and in the number of their pairs, too."""
    random = np.random.default_rng(seed)
    number = random.integers(2, pairs, size=people)
    person = random.permutation(np.repeat(np.arange(people), number))
    scores = np.round(0.5 + 0.3 * random.normal(size=people)[person] + 0.1 * random.normal(size=len(person)), 2)
    shown = f"fnmr_interval(...) of {len(person)} pairs of {people} people, threshold {threshold}"
    return Case(scores, person, threshold, shown=shown)


exercise = Function(
    fnmr_interval,
    cases=[
        (np.array([0.3, 0.7]), np.array([0, 1]), 0.5),
        (np.array([0.5, 0.7, 0.2]), np.array([0, 1, 2]), 0.5),
        (np.array([0.3, 0.4, 0.7, 0.8, 0.6, 0.9]), np.array([5, 5, 8, 8, 9, 9]), 0.5),
        (np.array([0.3, 0.4, 0.2, 0.4, 0.7, 0.8, 0.6]), np.array([5, 5, 5, 5, 8, 9, 9]), 0.5),
        case(1, 8, 6, 0.4),
        case(2, 20, 9, 0.3),
    ],
)
