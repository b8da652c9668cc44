"""Answers to 10.7: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils import metrics


def with_whole_numbers(first_right, second_right, first_person, second_person):
    gains = second_right.astype(int) - first_right.astype(int)

    def mean(values, mated, weights):
        return (values * weights).sum() / weights.sum()

    return np.mean(gains), *metrics.dyadic_interval(mean, gains, first_person, second_person)


def with_cases(first_right, second_right, first_person, second_person):
    gains = np.where(second_right & ~first_right, 1.0, np.where(first_right & ~second_right, -1.0, 0.0))
    bounds = metrics.dyadic_interval(
        lambda values, mated, weights: float(np.average(values, weights=weights)), gains, first_person, second_person
    )
    return [second_right.mean() - first_right.mean(), *bounds]


def errors_saved(first_right, second_right, first_person, second_person):
    gain, low, high = with_cases(first_right, second_right, first_person, second_person)
    errors = 1 - first_right.mean()
    return gain / errors, low / errors, high / errors


RIGHT = [with_whole_numbers, with_cases]

WRONG = [
    ("smallest case", errors_saved),
    ("arguments", lambda first_right, second_right: 0),
    ("stops with an error", lambda first, second, one, other: second - first),
    ("not a function", 0.01),
]
