"""Answers to 3.4: right ones, and wrong ones with the hint that each must get."""

import numpy as np

RIGHT = [
    [-0.01, 0.01, 0.007],
    (-0.01, 0.01, 0.01 - 0.01 * 0.1 * 3),
    np.array([-0.009999, 0.01, 0.007]),
]

WRONG = [
    ("as gradient descent", [-0.0002, 5, 4.997]),
    ("as gradient descent", [-0.0002, 5, 5]),
    ("uphill", [0.01, -0.01, -0.013]),
    ("uphill", [0.01, -0.01, 0.007]),
    ("signs ignored", [0.01, 0.01, 0.007]),
    ("signs ignored", [-0.01, -0.01, -0.013]),
    ("no correction", [-0.0316, 0.0316, 0.0286]),
    ("only one correction", [-0.316, 0.316, 0.313]),
    ("only one correction", [-0.001, 0.001, -0.002]),
    ("without the rate", [-1, 1, 0.7]),
    ("other step of Adam", [-0.02, 0.05, 0.007]),
    ("no decay", [-0.01, 0.01, 0.01]),
    ("decay without the rate", [-0.01, 0.01, -0.29]),
    ("decay adds", [-0.01, 0.01, 0.013]),
    ("weight, not step", [-0.01, 0.01, 3.007]),
    ("decay not of the weight", [-0.01, 0.01, 0.009]),
    ("other step of AdamW", [-0.01, 0.01, 0.005]),
    ("three numbers", [-0.01, 0.01]),
    ("three numbers", -0.01),
    ("unreadable", "-0.01, 0.01, 0.007"),
]
