"""Answers to 2.3: right ones, and wrong ones with the hint that each must get."""

import numpy as np

RIGHT = [0.28, 1 - 1.2**2 / 2, np.float32(0.28), [0.28], (2 - 1.44) / 2]

WRONG = [
    ("percent", 28),
    ("smallest case", 0.5),
]
