"""10.6: ten folds, one figure, to complete."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def official_figure(right, fold):
    """Return a right answer to 10.6."""
    accuracies = np.array([right[fold == number].mean() for number in np.unique(fold)])
    return accuracies.mean(), accuracies.std(ddof=1) / np.sqrt(len(accuracies))


def of_pairs(right, fold):
    """Take the standard error as if the pairs were independent."""
    mean = official_figure(right, fold)[0]
    return mean, np.sqrt(mean * (1 - mean) / len(right))


def half_width(right, fold):
    """Give half the width of an interval in place of the standard error."""
    mean, error = official_figure(right, fold)
    return mean, 1.96 * error


def case(seed, folds, pairs):
    """Return a case of random answers, in which folds differ in size and in difficulty."""
    random = np.random.default_rng(seed)
    fold = random.permutation(np.repeat(3 + np.arange(folds), pairs + np.arange(folds)))
    right = random.random(len(fold)) < 0.6 + 0.03 * (fold - 3)
    return Case(right, fold, shown=f"official_figure(...) of {folds} folds of {pairs} pairs or some more")


exercise = Function(
    official_figure,
    cases=[
        (np.array([True, True, True, False]), np.array([0, 0, 1, 1])),
        (np.array([True, True, True, False, False, False]), np.array([1, 2, 1, 2, 2, 2])),
        (np.array([True, False, True, True, False, True]), np.array([5, 5, 6, 6, 7, 7])),
        case(1, 5, 10),
        case(2, 10, 12),
        case(3, 12, 6),
    ],
)
