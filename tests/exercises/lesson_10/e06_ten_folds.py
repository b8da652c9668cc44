"""Answers to 10.6: right ones, and wrong ones with the hint that each must get."""

import math
import statistics

import numpy as np
from scipy.stats import sem


def with_scipy(right, fold):
    accuracies = [np.mean(right[fold == number]) for number in sorted(set(fold))]
    return np.mean(accuracies), sem(accuracies)


def in_plain_python(right, fold):
    answers = {}
    for one, number in zip(right.tolist(), fold.tolist(), strict=True):
        answers.setdefault(number, []).append(one)
    accuracies = [sum(each) / len(each) for each in answers.values()]
    return [statistics.mean(accuracies), statistics.stdev(accuracies) / math.sqrt(len(accuracies))]


def with_bincount(right, fold):
    _, number = np.unique(fold, return_inverse=True)
    accuracies = np.bincount(number, right) / np.bincount(number)
    k = len(accuracies)
    return accuracies.mean(), np.sqrt(np.square(accuracies - accuracies.mean()).sum() / (k * (k - 1)))


def in_percent(right, fold):
    mean, error = with_scipy(right, fold)
    return 100 * mean, 100 * error


RIGHT = [with_scipy, in_plain_python, with_bincount]

WRONG = [
    ("smallest case", in_percent),
    ("arguments", lambda right: 0),
    ("not a function", (0.8, 0.01)),
]
