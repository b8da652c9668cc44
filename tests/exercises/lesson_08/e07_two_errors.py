"""Answers to 8.7: right ones, and wrong ones with the hint that each must get."""

from course_utils import metrics


def rates_by_loop(distances, mated, threshold):
    counts = {(same, match): 0 for same in (True, False) for match in (True, False)}
    for distance, same in zip(distances, mated, strict=True):
        counts[bool(same), bool(distance <= threshold)] += 1
    non_mated = counts[False, True] + counts[False, False]
    return counts[False, True] / non_mated, counts[True, False] / (counts[True, True] + counts[True, False])


def rates_by_metrics(distances, mated, threshold):
    scores = -distances
    return [
        metrics.false_match_rate(scores, mated, -threshold),
        metrics.false_non_match_rate(scores, mated, -threshold),
    ]


def rates_in_percent(distances, mated, threshold):
    return tuple(100 * rate for rate in rates_by_metrics(distances, mated, threshold))


def rates_of_similarities(distances, mated, threshold):
    return (
        metrics.false_match_rate(distances, mated, threshold),
        metrics.false_non_match_rate(distances, mated, threshold),
    )


RIGHT = [rates_by_loop, rates_by_metrics]

WRONG = [
    ("smallest case", rates_in_percent),
    ("distance taken for a similarity", rates_of_similarities),
    ("arguments", lambda distances, mated: (0, 0)),
]
