"""Answers to 6.7: right ones, and wrong ones with the hint that each must get."""

import numpy as np

RIGHT = [2.96, 2.958, [3.5 / np.sqrt(1.4)], np.float32(2.9580399)]

WRONG = [
    ("smallest case", 1.0),
    ("shape", [2.0, 2.0]),
]
