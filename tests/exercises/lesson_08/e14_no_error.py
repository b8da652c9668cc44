"""Answers to 8.14: right ones, and wrong ones with the hint that each must get."""

import math

EVIDENCE = {"unseen": 0.366, "plausible": 0.03, "needed": 3000}

RIGHT = [
    EVIDENCE,
    {"unseen": math.exp(-1), "plausible": 1 - 0.05 ** (1 / 100), "needed": math.log(0.05) / math.log(0.999)},
    {"needed": 2995, "plausible": 0.0295, "unseen": 0.368},
]

WRONG = [
    ("not a dictionary", 0.03),
    ("keys", {"unseen": 0.366}),
    ("numbers", EVIDENCE | {"needed": "many"}),
    ("unseen", EVIDENCE | {"unseen": 0.5}),
    ("plausible", EVIDENCE | {"plausible": 0.5}),
    ("needed", EVIDENCE | {"needed": 5}),
]
