"""Answers to 10.5: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils import metrics


def with_metrics(scores, mated, fold):
    return metrics.fold_accuracies(scores, mated, fold)


def by_trying_every_threshold(scores, mated, fold):
    accuracies = []
    for number in sorted(set(fold.tolist())):
        chooses, counted = fold != number, fold == number
        levels = np.unique(scores[chooses])
        candidates = np.concatenate([[np.inf], (levels[1:] + levels[:-1])[::-1] / 2, [levels[0]]])
        right = [np.sum((scores[chooses] >= candidate) == mated[chooses]) for candidate in candidates]
        threshold = candidates[int(np.argmax(right))]
        answers = scores[counted] >= threshold
        accuracies.append(float((answers == mated[counted]).mean()))
    return accuracies


def the_same_for_all(scores, mated, fold):
    return np.full(len(np.unique(fold)), metrics.fold_accuracies(scores, mated, fold).mean())


RIGHT = [with_metrics, by_trying_every_threshold]

WRONG = [
    ("smallest case", the_same_for_all),
    ("mean only", lambda scores, mated, fold: metrics.ten_fold_accuracy(scores, mated, fold)[0]),
    ("arguments", lambda scores, mated: 0),
    ("not a function", 0.625),
]
