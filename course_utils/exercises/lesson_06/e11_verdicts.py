"""6.11: seed by seed, to design."""

import numpy as np
from scipy.special import stdtrit  # scipy.stats has the same, and takes a second to import

from course_utils.exercises.forms import Case, Function


def verdicts(start, remedies):
    """Return a right answer to 6.11, with the bounds by Student's t (as `metrics.mean_interval`)."""
    table = {}
    for name, scores in remedies.items():
        before, after = np.transpose([(start[seed], scores[seed]) for seed in scores if seed in start])
        gains = after - before
        mean, error = np.mean(gains), np.std(gains, ddof=1) / np.sqrt(len(gains))
        low, high = mean + stdtrit(len(gains) - 1, 0.975) * error * np.array([-1, 1])
        word = "helps" if low > 0 else "harms" if high < 0 else "undecided"
        table[name] = (mean, low, high, word)
    return table


def in_the_order_of_the_list(start, remedies):
    """Take the places of the scores for their seeds."""
    numbered = {name: dict(enumerate(scores.values())) for name, scores in remedies.items()}
    return verdicts(dict(enumerate(start.values())), numbered)


def missing_as_zero(start, remedies):
    """Count a run that is missing as a score of 0."""
    zeros = {seed: 0 for scores in remedies.values() for seed in scores}
    return verdicts(zeros | start, {name: dict.fromkeys(start, 0) | scores for name, scores in remedies.items()})


def bounds(scores):
    """Return the bounds of these scores alone."""
    zeros = dict.fromkeys(range(len(scores)), 0)
    return verdicts(zeros, {"alone": dict(enumerate(scores))})["alone"][1:3]


FIVE = {0: 0.50, 1: 0.62, 2: 0.41, 3: 0.70, 4: 0.55}
REMEDIES = {
    "dropout": {0: 0.55, 1: 0.66, 2: 0.47, 3: 0.74, 4: 0.61},
    "fewer units": {4: 0.49, 3: 0.66, 2: 0.37, 1: 0.57, 0: 0.45},
    "L1": {0: 0.56, 1: 0.61, 2: 0.46, 3: 0.69, 4: 0.56},
    "augmentation": {3: 0.92, 0: 0.58, 7: 0.30, 1: 0.80},
    "more pictures": {0: 0.51, 1: 0.72, 2: 0.42, 3: 0.79, 4: 0.57},
}

exercise = Function(
    verdicts,
    cases=[
        ({0: 0.5, 1: 0.6}, {"dropout": {0: 0.7, 1: 0.75}}),
        ({0: 0.5, 1: 0.6}, {"dropout": {1: 0.75, 0: 0.7}}),
        ({0: 0.5, 1: 0.6, 2: 0.55}, {"dropout": {0: 0.4, 1: 0.51}}),
        ({0: 0.5, 1: 0.6, 2: 0.7}, {"dropout": {0: 0.6, 1: 0.72, 2: 0.81}, "L1": {2: 0.58, 1: 0.49, 0: 0.4}}),
        Case(FIVE, REMEDIES, shown="verdicts(start, remedies) with five seeds for the start, and five remedies"),
    ],
)
