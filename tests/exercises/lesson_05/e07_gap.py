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


# The 97.5 % points of Student's t for 1, 2, ... degrees of freedom, as printed tables have them.
TABLE = [12.71, 4.303, 3.182, 2.776]


def gap_by_table(network, simple):
    gaps = np.subtract(network, simple)
    half = TABLE[len(gaps) - 2] * gaps.std(ddof=1) / np.sqrt(len(gaps))
    return gaps.mean(), gaps.mean() - half, gaps.mean() + half


def gap_by(bounds):
    """Return a function with other bounds."""

    def gap(network, simple):
        gaps = np.subtract(network, simple)
        return gaps.mean(), *bounds(gaps)

    return gap


def bounds_of_90_percent(gaps):
    return stats.t.interval(0.9, len(gaps) - 1, gaps.mean(), stats.sem(gaps))


def gap_between_lists(network, simple):
    return metrics.mean_interval(network - simple)


def gap_of_the_first_seed(network, simple):
    return metrics.mean_interval([network[0] - simple[0]] * 2)


RIGHT = [gap_by_hand, gap_by_table, gap_as_a_list, lambda a, b: np.array(gap_by_hand(a, b))]

WRONG = [
    ("stops with an error", gap_between_lists),
    ("smallest case", gap_of_the_first_seed),
    ("interval of 90 percent", gap_by(bounds_of_90_percent)),
    ("one standard error", gap_by(lambda gaps: (gaps.mean() - stats.sem(gaps), gaps.mean() + stats.sem(gaps)))),
    ("smallest and largest gap", gap_by(lambda gaps: (min(gaps), max(gaps)))),
]
