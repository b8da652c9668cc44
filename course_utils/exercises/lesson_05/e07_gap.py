"""5.7: whether the network is better."""

import numpy as np
from scipy.special import stdtrit  # scipy.stats has the same, and takes a second to import

from course_utils.exercises.forms import Function


def gap_interval(network, simple):
    """Return a right answer to 5.7: the mean gap, with the bounds by Student's t (as `metrics.mean_interval`)."""
    gaps = np.asarray(network) - np.asarray(simple)
    error = np.std(gaps, ddof=1) / np.sqrt(len(gaps))
    factor = stdtrit(len(gaps) - 1, 0.975)
    return np.mean(gaps) + factor * error * np.array([0, -1, 1])


def interval(values):
    """Return the interval of one method alone."""
    return gap_interval(values, np.zeros(len(values)))


def outer_bounds(network, simple):
    """Let each method err to its own side."""
    first, second = interval(network), interval(simple)
    return first[0] - second[0], first[1] - second[2], first[2] - second[1]


exercise = Function(
    gap_interval,
    cases=[
        ([0.9, 0.8], [0.7, 0.7]),
        ([0.9, 0.8, 0.7], [0.8, 0.9, 0.5]),
        ([0.70, 0.80, 0.90, 0.75, 0.85], [0.68, 0.77, 0.88, 0.72, 0.84]),
        (np.array([0.6, 0.9, 0.7, 0.8]), np.array([0.7, 0.9, 0.8, 0.6])),
    ],
)
