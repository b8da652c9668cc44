"""Answers to 2.1: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np
from scipy import special

STEP = math.log(8)


RIGHT = [2 / 3, 0.67, 0.667, [2 / 3], special.expit(math.log(0.25) + STEP), np.array([0.6667])]

WRONG = [
    ("percent", 66.67),
    ("unreadable", "2 to 1"),
    ("smallest case", 0.95),
]
