"""Answers to 6.10: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils import metrics


def share_right(part, threshold):
    scores, mated = part
    return np.mean((scores >= threshold) == mated)


def report_in_two_steps(networks):
    thresholds = {name: metrics.best_threshold(*validation) for name, (validation, _) in networks.items()}
    name = max(networks, key=lambda one: share_right(networks[one][0], thresholds[one]))
    return name, thresholds[name], share_right(networks[name][1], thresholds[name])


def report_by_loop(networks):
    best, chosen, limit = -1, None, None
    for name in networks:
        (scores, mated), _ = networks[name]
        threshold = metrics.best_threshold(scores, mated)
        right = sum((score >= threshold) == same for score, same in zip(scores, mated, strict=True))
        if right > best:
            best, chosen, limit = right, name, threshold
    scores, mated = networks[chosen][1]
    return [chosen, limit, float(((scores >= limit) == mated).mean())]


RIGHT = [report_in_two_steps, report_by_loop]

WRONG = [
    ("smallest case", lambda networks: (*report_in_two_steps(networks)[:2], 0.0)),
]
