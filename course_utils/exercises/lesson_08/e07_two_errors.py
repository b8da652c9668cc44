"""8.7: two errors at a distance."""

import numpy as np

from course_utils.exercises.forms import Function


def error_rates(distances, mated, threshold):
    """Return a right answer to 8.7."""
    match = distances <= threshold
    return match[~mated].mean(), (~match[mated]).mean()


def of_the_decisions(distances, mated, threshold):
    """Divide by the number of matches and of non-matches."""
    match = distances <= threshold
    return (match & ~mated).sum() / max(match.sum(), 1), (~match & mated).sum() / max((~match).sum(), 1)


FIVE = np.array([0.3, 0.8, 1.1, 0.7, 1.3])
EIGHT = np.array([0.2, 0.5, 0.9, 1.2, 0.6, 0.8, 1.0, 1.4])

exercise = Function(
    error_rates,
    cases=[
        (np.array([0.9, 0.7]), np.array([True, False]), 0.8),
        (np.array([0.5, 1.2]), np.array([True, False]), 0.8),
        (FIVE, np.array([True, True, True, False, False]), 0.8),
        (FIVE, np.array([True, False, True, False, False]), 0.9),
        (EIGHT, np.arange(8) < 3, 0.6),
        (EIGHT, np.arange(8) % 4 < 1, 0.1),
    ],
)
