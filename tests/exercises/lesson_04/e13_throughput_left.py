"""Answers to 4.13: right ones, and wrong ones with the hint that each must get."""

import statistics

import numpy as np


def left_with_a_warm_up(plain, augmented, clock, rounds):
    plain(), augmented()
    first, second = [], []
    for _ in range(rounds):
        start = clock()
        plain()
        middle = clock()
        augmented()
        end = clock()
        first.append(middle - start)
        second.append(end - middle)
    return statistics.median(first) / statistics.median(second)


def left_the_other_one_first(plain, augmented, clock, rounds):
    seconds = np.zeros((rounds, 2))
    for row in seconds:
        for column, step in ((1, augmented), (0, plain)):
            start = clock()
            step()
            row[column] = clock() - start
    before, after = np.median(seconds, axis=0)
    return before / after


def left_without_a_call(plain, augmented, clock, rounds):
    start = clock()
    plain  # noqa: B018 - learners forget the brackets
    middle = clock()
    augmented  # noqa: B018
    end = clock()
    return (middle - start) / (end - middle)


RIGHT = [left_with_a_warm_up, left_the_other_one_first, lambda *parts: np.array(left_with_a_warm_up(*parts))]

WRONG = [
    ("smallest case", lambda plain, augmented, clock, rounds: 0.5),
    ("stops with an error", left_without_a_call),
    ("arguments", lambda plain, augmented: 0.8),
]
