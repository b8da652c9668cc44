"""Answers to 3.6: right ones, and wrong ones with the hint that each must get."""

import numpy as np

RIGHT = [0.01, 1e-2, 0.02, np.float32(0.05), [0.03], 10**-2, np.geomspace(1e-5, 1, 51)[35]]

WRONG = [
    ("level", 1e-4),
    ("level", 0.001),
    ("level", 1e-5),
    ("edge", 0.1),
    ("edge", 0.126),
    ("beyond", 0.158),
    ("beyond", 0.2),
    ("beyond", 1),
    ("exponent", -2),
    ("exponent", -1.5),
    ("position", 35),
    ("position", 41),
    ("a loss", 0.51),
    ("a loss", 0.69),
    ("one number", [0.01, 0.1]),
    ("one number", float("nan")),
    ("unreadable", "0.01"),
]
