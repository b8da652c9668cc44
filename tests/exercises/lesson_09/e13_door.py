"""Answers to 9.13: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils import metrics


def door_by_metrics(development, visitors, wanted):
    threshold = metrics.threshold_at_fpir(*development, wanted)
    strangers = int((visitors[1] == metrics.NOBODY).sum())
    report = [threshold]
    for rate, count in (
        (metrics.false_positive_identification_rate(*visitors, threshold), strangers),
        (metrics.false_negative_identification_rate(*visitors, threshold), len(visitors[1]) - strangers),
    ):
        report.append([rate, *metrics.wilson_interval(round(rate * count), count)])
    return report


def door_by_loop(development, visitors, wanted):
    threshold = metrics.threshold_at_fpir(*development, wanted)
    counts = {"let in": 0, "kept out": 0, "found": 0, "missed": 0}
    for row, person in zip(*visitors, strict=True):
        answer = int(np.argmax(row)) if max(row) >= threshold else -1
        if person == -1:
            counts["let in" if answer != -1 else "kept out"] += 1
        else:
            counts["found" if answer == person else "missed"] += 1
    parts = [(counts["let in"], counts["kept out"]), (counts["missed"], counts["found"])]
    return threshold, *((bad / (bad + good), *metrics.wilson_interval(bad, bad + good)) for bad, good in parts)


def door_always_open(development, visitors, wanted):
    return 0.0, (1.0, 0.9, 1.0), (0.0, 0.0, 0.1)


RIGHT = [door_by_metrics, door_by_loop]

WRONG = [
    ("smallest case", door_always_open),
    ("arguments", lambda development, visitors: 0),
    ("not a function", 0.5),
]
