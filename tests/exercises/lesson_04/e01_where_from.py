"""Answers to 4.1: right ones, and wrong ones with the hint that each must get."""

import functools

import numpy as np


def from_by_arrays(row, column, side, size, right, down):
    middle = (side - 1) / 2
    return (np.array([row, column]) - [down, right] - middle) / size + middle


def from_by_solving(row, column, side, size, right, down):
    centre = 0.5 * side - 0.5
    x, y = column - centre - right, row - centre - down
    return [centre + y / size, centre + x / size]


class WhereFrom:
    def __call__(self, row, column, side, size, right=0, down=0):
        return tuple(from_by_solving(row, column, side, size, right, down))


RIGHT = [from_by_arrays, from_by_solving, WhereFrom(), functools.partial(from_by_solving)]

WRONG = [
    ("smallest case", lambda row, column, side, size, right, down: (row, column)),
    ("arguments", lambda row, column: (row, column)),
    ("not a function", (1.0, 1.0)),
]
