"""Answers to 4.12: right ones, and wrong ones with the hint that each must get."""

import numpy as np

RIGHT = [(0.75 * 0.25 / 80) ** 0.5, 0.048, [0.0484], np.float32(0.0484)]

WRONG = [
    ("percent", 4.84),
    ("smallest case", 0.3),
]
