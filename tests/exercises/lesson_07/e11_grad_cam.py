"""Answers to 7.11: right ones, and wrong ones with the hint that each must get."""

import numpy as np

EXPLAINED = {
    "importance": [0.5, -0.25],
    "map": [[2, 0], [0.5, 0.25]],
    "share": 0.727,
    "random_map": [[0, 2.75], [0.5, 0.25]],
    "correlation": -0.8,
    "edges": 1,
}

FIRST, SECOND = np.array([[4, 1], [2, 1]]), np.array([[0, 6], [2, 1]])

RIGHT = [
    EXPLAINED,
    {
        "edges": 1.0,
        "correlation": np.corrcoef([4, 1, 3, 2], [1, 4, 3, 2])[0, 1],
        "random_map": np.maximum(SECOND / 2 - FIRST / 4, 0),
        "share": 8 / 11,
        "map": (FIRST / 2 - SECOND / 4).clip(0),
        "importance": np.array([2, -1]) / 4,
    },
]

WRONG = [
    ("not a dictionary", [0.5, -0.25]),
    ("keys", {"edges": 1}),
    ("numbers", EXPLAINED | {"map": [2, 0, 1]}),
    ("importance", EXPLAINED | {"importance": [7, 7]}),
    ("map", EXPLAINED | {"map": [[7, 7], [7, 7]]}),
    ("share", EXPLAINED | {"share": 7}),
    ("random_map", EXPLAINED | {"random_map": [[7, 7], [7, 7]]}),
    ("correlation", EXPLAINED | {"correlation": 7}),
    ("edges", EXPLAINED | {"edges": 7}),
    ("negatives kept", EXPLAINED | {"map": FIRST / 2 - SECOND / 4, "random_map": SECOND / 2 - FIRST / 4}),
    ("values in place of ranks", EXPLAINED | {"correlation": -0.613}),
]
