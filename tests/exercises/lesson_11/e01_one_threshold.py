"""Answers to 11.1: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils import metrics


def by_metrics(scores, mated, first_group, second_group, wanted):
    threshold = metrics.threshold_at(scores, mated, wanted)
    rates = {}
    for group in {*first_group.tolist(), *second_group.tolist()}:
        own = np.flatnonzero((first_group == group) * (second_group == group))
        rates[group] = [
            metrics.false_match_rate(scores[own], mated[own], threshold),
            metrics.false_non_match_rate(scores[own], mated[own], threshold),
        ]
    return rates


def by_counting(scores, mated, first_group, second_group, wanted):
    threshold = metrics.threshold_at(scores, mated, wanted)
    counts = {}
    for score, one, first, second in zip(scores, mated, first_group, second_group, strict=True):
        if first == second:
            bad, all_of_kind = counts.setdefault(int(first), ([0, 0], [0, 0]))
            all_of_kind[int(one)] += 1
            bad[int(one)] += (score >= threshold) != one
    return {group: (bad[0] / total[0], bad[1] / total[1]) for group, (bad, total) in counts.items()}


def best_threshold_of_each(scores, mated, first_group, second_group, wanted):
    rates = {}
    for group in np.unique(first_group).tolist():
        own = (first_group == group) & (second_group == group)
        threshold = metrics.best_threshold(scores[own], mated[own])
        match = scores[own] >= threshold
        rates[group] = (match[~mated[own]].mean(), 1 - match[mated[own]].mean())
    return rates


def threshold_of_each(scores, mated, first_group, second_group, wanted):
    rates = {}
    for group in np.unique(first_group).tolist():
        own = (first_group == group) & (second_group == group)
        threshold = metrics.threshold_at(scores[own], mated[own], wanted)
        rates[group] = (np.mean(scores[own & ~mated] >= threshold), np.mean(scores[own & mated] < threshold))
    return rates


def in_first_picture(scores, mated, first_group, second_group, wanted):
    threshold = metrics.threshold_at(scores, mated, wanted)
    return {
        group: (
            np.mean(scores[(first_group == group) & ~mated] >= threshold),
            np.mean(scores[(first_group == group) & mated] < threshold),
        )
        for group in np.unique(first_group).tolist()
    }


RIGHT = [by_metrics, by_counting]

WRONG = [
    ("smallest case", best_threshold_of_each),
    ("own thresholds", threshold_of_each),
    ("pairs across groups", in_first_picture),
    ("arguments", lambda scores, mated: {}),
    ("not a function", 0.05),
]
