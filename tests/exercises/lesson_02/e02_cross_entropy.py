"""Answers to 2.2: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np

RIGHT = [
    math.log(32) / 3,
    1.155,
    1.16,
    -np.mean(np.log([1 / 2, 1 / 4, 1 / 4])),
    [1.1552],
]

WRONG = [
    ("smallest case", 0.9),
]
