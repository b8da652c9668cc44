"""10.5: the threshold of the scored pairs, to mend."""

import numpy as np

from course_utils import metrics
from course_utils.exercises.forms import Case, Function


def accuracies_by_fold(scores, mated, fold):
    """Return a right answer to 10.5."""
    accuracies = []
    for number in np.unique(fold):
        scored = fold == number
        threshold = metrics.best_threshold(scores[~scored], mated[~scored])
        accuracies.append(np.mean((scores[scored] >= threshold) == mated[scored]))
    return np.array(accuracies)


def mean_threshold(scores, mated, fold):
    """Take the mean of the thresholds that are best on each of the other folds."""
    best = {number: metrics.best_threshold(scores[fold == number], mated[fold == number]) for number in np.unique(fold)}
    accuracies = []
    for number in best:
        threshold = np.mean([best[other] for other in best if other != number])
        accuracies.append(np.mean((scores[fold == number] >= threshold) == mated[fold == number]))
    return np.array(accuracies)


def next_fold(scores, mated, fold):
    """Let one other fold choose, the next one."""
    numbers = np.unique(fold)
    accuracies = []
    for number, other in zip(numbers, np.roll(numbers, -1), strict=True):
        threshold = metrics.best_threshold(scores[fold == other], mated[fold == other])
        accuracies.append(np.mean((scores[fold == number] >= threshold) == mated[fold == number]))
    return np.array(accuracies)


def case(seed, folds, pairs):
    """Return a case of random scores, in which each fold has a few pairs of each kind."""
    random = np.random.default_rng(seed)
    fold = random.permutation(np.repeat(np.arange(folds), pairs))
    mated = random.permutation(np.arange(len(fold)) % 2 == 0)
    scores = random.integers(0, 60, size=len(fold)) / 100 + 0.2 * mated + 0.1 * (fold % 3)
    return Case(scores, mated, fold, shown=f"accuracies_by_fold(...) of {folds} folds of {pairs} pairs")


SCORES = np.array([0.1, 0.3, 0.4, 0.5, 0.2, 0.6, 0.7, 0.9])
MATED = np.array([False, False, True, True, False, False, True, True])

exercise = Function(
    accuracies_by_fold,
    given=[("~scored", "scored")],
    cases=[
        (SCORES, MATED, np.array([1, 1, 1, 1, 2, 2, 2, 2])),
        Case(
            np.array([0.25, 0.75, 0.5, 0.5, 0.25, 0.75]),
            np.array([False, True, False, True, False, True]),
            np.array([0, 0, 1, 1, 2, 2]),
            shown="accuracies_by_fold(...) of three folds of two pairs, one with two equal scores",
        ),
        Case(
            np.array([0.2, 0.6, 0.4, 0.4, 0.1, 0.4]),
            np.array([False, True, False, True, False, False]),
            np.array([0, 0, 7, 7, 7, 7]),
            shown="accuracies_by_fold(...) with a threshold that equals a score",
        ),
        case(1, 3, 8),
        case(3, 5, 12),
        case(5, 10, 10),
    ],
)
