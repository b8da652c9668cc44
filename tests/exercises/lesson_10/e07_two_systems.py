"""Answers to 10.7: right ones, and wrong ones with the hint that each must get."""

from statistics import NormalDist

import numpy as np

from course_utils import metrics


def with_whole_numbers(first_right, second_right, first_person, second_person):
    gains = second_right.astype(int) - first_right.astype(int)
    return metrics.dyadic_mean_interval(gains, first_person, second_person)


def pair_by_pair(first_right, second_right, first_person, second_person):
    gains = np.where(second_right & ~first_right, 1.0, np.where(first_right & ~second_right, -1.0, 0.0))
    excess = (gains - gains.mean()) / len(gains)
    people = [{one, other} for one, other in zip(first_person, second_person, strict=True)]
    variance = sum(
        of_one * of_other
        for of_one, one in zip(excess, people, strict=True)
        for of_other, other in zip(excess, people, strict=True)
        if one & other
    )
    half = NormalDist().inv_cdf(0.975) * np.sqrt(max(variance, 0))
    return [gains.mean(), gains.mean() - half, gains.mean() + half]


def errors_saved(first_right, second_right, first_person, second_person):
    gain, low, high = pair_by_pair(first_right, second_right, first_person, second_person)
    errors = 1 - first_right.mean()
    return gain / errors, low / errors, high / errors


RIGHT = [with_whole_numbers, pair_by_pair]

WRONG = [
    ("smallest case", errors_saved),
    ("arguments", lambda first_right, second_right: 0),
    ("stops with an error", lambda first, second, one, other: second - first),
    ("not a function", 0.01),
]
