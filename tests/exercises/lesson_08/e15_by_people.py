"""Answers to 8.15: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from scipy.special import stdtrit

from course_utils import metrics


def interval_of_floats(scores, people, threshold):
    return list(metrics.person_interval(1 - (scores >= threshold), people))


def interval_by_hand(scores, people, threshold):
    errors = scores < threshold
    names = np.unique(people)
    rate = errors.mean()
    gaps = [errors[people == name].sum() - rate * (people == name).sum() for name in names]
    deviation = np.sqrt(len(names) / (len(names) - 1) * np.square(gaps).sum()) / len(scores)
    half = stdtrit(len(names) - 1, 0.975) * deviation
    return rate, rate - half, rate + half


RIGHT = [interval_of_floats, interval_by_hand]

WRONG = [
    ("smallest case", lambda scores, people, threshold: (0, 0, 0)),
    ("arguments", lambda scores, people: 0),
    ("not a function", 0.05),
]
