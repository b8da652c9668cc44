"""Answers to 1.6: right ones, and wrong ones with the hint that each must get."""

import numpy as np

RIGHT = [41, 41.0, [41], np.array(41)]

WRONG = [
    ("unreadable", "41 x 41"),
    ("shape", (41, 41)),
    ("smallest case", 33),
]
