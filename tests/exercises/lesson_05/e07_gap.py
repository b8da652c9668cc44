"""Answers to 5.7: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from scipy import stats

from course_utils import metrics


def gap_by_hand(network, simple):
    gaps = np.subtract(network, simple)
    half = stats.t.ppf(0.975, len(gaps) - 1) * stats.sem(gaps)
    return gaps.mean(), gaps.mean() - half, gaps.mean() + half


def gap_as_a_list(network, simple):
    return list(metrics.mean_interval([a - b for a, b in zip(network, simple, strict=True)]))


def gap_between_lists(network, simple):
    return metrics.mean_interval(network - simple)


def gap_of_the_first_seed(network, simple):
    return metrics.mean_interval([network[0] - simple[0]] * 2)


RIGHT = [gap_by_hand, gap_as_a_list, lambda a, b: np.array(gap_by_hand(a, b))]

WRONG = [
    ("stops with an error", gap_between_lists),
    ("smallest case", gap_of_the_first_seed),
]
