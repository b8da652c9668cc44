"""Answers to 7.8: right ones, and wrong ones with the hint that each must get."""

import numpy as np

NAMED = {
    "by_heart": 0.8,
    "unmoved": 0.8,
    "swallowed": 0.7,
    "possible": [0.7, 0.9],
    "guessing": 0.02,
    "cleaned": [200, 0],
}

RIGHT = [
    NAMED,
    {
        "cleaned": (200.0, 0),
        "guessing": 1 / 50,
        "possible": np.array([0.9 - 0.2, 1 - 0.1]),
        "swallowed": 140 / 200,
        "unmoved": 4 / 5,
        "by_heart": 1 - 0.2,
    },
]

WRONG = [
    ("not a dictionary", 0.8),
    ("keys", {"by_heart": 0.8}),
    ("numbers", NAMED | {"possible": 0.7}),
    ("by_heart", NAMED | {"by_heart": 0.5}),
    ("unmoved", NAMED | {"unmoved": 0.5}),
    ("swallowed", NAMED | {"swallowed": 0.5}),
    ("possible", NAMED | {"possible": [0.1, 0.2]}),
    ("guessing", NAMED | {"guessing": 0.5}),
    ("cleaned", NAMED | {"cleaned": [1, 2]}),
    ("of all pictures", NAMED | {"swallowed": 0.94 - 0.8}),
]
