"""Answers to 8.1: right ones, and wrong ones with the hint that each must get."""

import numpy as np

ENROLMENT = {"thrown_away": 38_700, "sum_for_stranger": 1, "weights_changed": 0, "numbers_stored": 640}

RIGHT = [ENROLMENT, {name: np.float64(number) for name, number in reversed(ENROLMENT.items())}]

WRONG = [
    ("not a dictionary", 38_700),
    ("keys", {"thrown_away": 38_700}),
    ("numbers", ENROLMENT | {"weights_changed": "none"}),
    ("thrown_away", ENROLMENT | {"thrown_away": 12}),
    ("sum_for_stranger", ENROLMENT | {"sum_for_stranger": 0.5}),
    ("weights_changed", ENROLMENT | {"weights_changed": 12}),
    ("numbers_stored", ENROLMENT | {"numbers_stored": 12}),
]
