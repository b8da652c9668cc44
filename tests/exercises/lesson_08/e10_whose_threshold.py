"""Answers to 8.10: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils import metrics


def quoted_in_steps(development, test, wanted):
    scores, mated = development
    threshold = metrics.threshold_at(scores, mated, wanted)
    scores, mated = test
    match = scores >= threshold
    return [threshold, np.mean(match[~mated]), 1 - np.mean(match[mated])]


def quoted_by_hand(development, test, wanted):
    scores, mated = development
    non_mated = np.sort(scores[~mated])[::-1]
    threshold = np.nextafter(non_mated[int(wanted * len(non_mated) + 1e-9)], 1)
    match = test[0] >= threshold
    return threshold, (match & ~test[1]).sum() / (~test[1]).sum(), (~match & test[1]).sum() / test[1].sum()


def quoted_for_the_test(development, test, wanted):
    threshold, *_ = quoted_in_steps(development, test, wanted)
    return threshold, *quoted_in_steps(test, test, wanted)[1:]


RIGHT = [quoted_in_steps, quoted_by_hand]

WRONG = [("smallest case", quoted_for_the_test), ("not a function", 0.55)]
