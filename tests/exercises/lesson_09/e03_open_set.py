"""Answers to 9.3: right ones, and wrong ones with the hint that each must get."""

from course_utils import metrics


def errors_by_loop(scores, truth, threshold):
    false, strangers, missed, enrolled = 0, 0, 0, 0
    for row, person in zip(scores.tolist(), truth.tolist(), strict=True):
        answer = row.index(max(row)) if max(row) >= threshold else None
        if person == -1:
            strangers += 1
            false += answer is not None
        else:
            enrolled += 1
            missed += answer != person
    return [false / strangers, missed / enrolled]


def errors_by_metrics(scores, truth, threshold):
    fpir = metrics.false_positive_identification_rate(scores, truth, threshold)
    return fpir, metrics.false_negative_identification_rate(scores, truth, threshold)


def errors_in_percent(scores, truth, threshold):
    return [100 * rate for rate in errors_by_loop(scores, truth, threshold)]


RIGHT = [errors_by_loop, errors_by_metrics]

WRONG = [("smallest case", errors_in_percent), ("arguments", lambda scores, truth: (0, 0))]
