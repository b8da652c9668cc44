"""Answers to 6.11: right ones, and wrong ones with the hint that each must get."""

import statistics

from course_utils import metrics


def word_of(low, high):
    if low > 0:
        return "helps"
    return "harms" if high < 0 else "undecided"


def verdicts_by_metrics(start, remedies):
    table = {}
    for name, scores in remedies.items():
        seeds = sorted(set(start) & set(scores))
        mean, low, high = metrics.mean_interval([scores[seed] - start[seed] for seed in seeds])
        table[name] = (mean, low, high, word_of(low, high))
    return table


def verdicts_by_hand(start, remedies):
    from scipy.special import stdtrit

    table = {}
    for name, scores in remedies.items():
        differences = [score - start[seed] for seed, score in scores.items() if seed in start]
        error = statistics.stdev(differences) / len(differences) ** 0.5
        half = stdtrit(len(differences) - 1, 0.975) * error
        mean = statistics.fmean(differences)
        table[name] = [mean, mean - half, mean + half, word_of(mean - half, mean + half).upper()]
    return table


def verdicts_in_percent(start, remedies):
    return {
        name: (*[100 * one for one in row[:3]], row[3]) for name, row in verdicts_by_metrics(start, remedies).items()
    }


RIGHT = [verdicts_by_metrics, verdicts_by_hand]

WRONG = [
    ("smallest case", verdicts_in_percent),
]
