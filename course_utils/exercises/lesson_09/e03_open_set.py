"""9.3: both errors of an open set, to complete."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def open_set_errors(scores, truth, threshold):
    """Return a right answer to 9.3."""
    best, answer = scores.max(axis=1), scores.argmax(axis=1)
    stranger = truth == -1
    found = (best >= threshold) & (answer == truth)
    return np.mean(best[stranger] >= threshold), 1 - found[~stranger].mean()


def by_own_score(scores, truth, threshold):
    """Count an enrolled person as found from the own score alone, and strangers by the last column."""
    own = scores[np.arange(len(truth)), truth]
    stranger = truth == -1
    return np.mean(own[stranger] >= threshold), np.mean(own[~stranger] < threshold)


def with_other_names(scores, truth, threshold):
    """Count every returned name that is not the right one."""
    best, answer = scores.max(axis=1), scores.argmax(axis=1)
    fnir = open_set_errors(scores, truth, threshold)[1]
    return np.mean((best >= threshold) & (answer != truth)), fnir


THREE = np.array([[0.9, 0.2, 0.1], [0.3, 0.4, 0.2], [0.6, 0.7, 0.1], [0.7, 0.2, 0.3], [0.2, 0.3, 0.4]])
RANDOM = np.random.default_rng(4).permutation(48).reshape(12, 4) / 50

exercise = Function(
    open_set_errors,
    cases=[
        (np.array([[0.9], [0.7]]), np.array([0, -1]), 0.8),
        (np.array([[0.7, 0.1], [0.9, 0.2]]), np.array([0, -1]), 0.8),
        (THREE, np.array([0, 1, 0, -1, -1]), 0.5),
        (THREE, np.array([0, 1, 1, -1, -1]), 0.4),
        (THREE, np.array([-1, -1, -1, 0, 2]), 0.65),
        (THREE, np.array([0, 0, 1, -1, 2]), 0.0),
        Case(RANDOM, np.tile([-1, 0, 1, 2, 3, -1], 2), 0.7, shown="open_set_errors(...) of 12 probes"),
    ],
)
