"""Answers to 5.5: right ones, and wrong ones with the hint that each must get."""

import numpy as np

RIGHT = [28 / 76, 0.37, [0.37], 0.368, np.float32(0.3684), np.array(0.368)]

WRONG = [
    ("percent", 37),
    ("percent", 36.8),
    ("unreadable", "0.37"),
    ("smallest case", 0.5),
]
