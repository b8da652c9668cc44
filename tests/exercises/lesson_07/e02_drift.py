"""Answers to 7.2: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def with_all_cosines(usual, other, first, second):
    tables = []
    for values in (usual, other):
        directions = values / np.linalg.norm(values, axis=1)[:, np.newaxis]
        tables.append((directions @ directions.T)[first, second])
    moved = np.abs(np.subtract(*tables))
    return [np.mean(moved), np.max(moved)]


def pair_by_pair(usual, other, first, second):
    moved = []
    for one, two in zip(first.tolist(), second.tolist(), strict=True):
        before, after = (
            float(np.dot(values[one], values[two])) / float(np.hypot.reduce(values[one]) * np.hypot.reduce(values[two]))
            for values in (usual, other)
        )
        moved.append(max(before - after, after - before))
    return sum(moved) / len(moved), max(moved)


def angles(usual, other, first, second):
    mean, largest = with_all_cosines(usual, other, first, second)
    return np.degrees(mean), np.degrees(largest)


RIGHT = [with_all_cosines, pair_by_pair]

WRONG = [
    ("smallest case", lambda usual, other, first, second: (1.0, 1.0)),
    ("smallest case", lambda usual, other, first, second: [*with_all_cosines(usual, other, first, second)[::-1], 0]),
    ("mean only", lambda usual, other, first, second: with_all_cosines(usual, other, first, second)[0]),
    ("arguments", lambda usual, other: 0),
    ("not a function", 0.004),
]
