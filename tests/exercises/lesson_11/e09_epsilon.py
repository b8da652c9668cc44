"""Answers to 11.9: right ones, and wrong ones with the hint that each must get."""

import numpy as np

PROMISE = {
    "refused": 0.04 * np.exp(1),
    "six_pictures": 6 * 0.5,
    "three_runs": 3 * 0.5,
    "caught": 0.01 * np.exp(1),
    "named": 5_000 * 0.001,
    "more_people": 10 / 1_000,
}

ROUNDED = {"refused": 0.109, "caught": 0.0272, "six_pictures": 3, "three_runs": 1.5, "named": 5, "more_people": 0.01}

RIGHT = [PROMISE, ROUNDED]

WRONG = [
    ("not a dictionary", 3),
    ("keys", {"refused": 0.109}),
    ("numbers", PROMISE | {"named": "nobody"}),
    *((name, PROMISE | {name: 77}) for name in PROMISE),
    ("one picture", PROMISE | {"six_pictures": 1 / 2}),
    ("nobody", PROMISE | {"named": 0}),
    ("root of the people", PROMISE | {"more_people": 0.1 / np.sqrt(10)}),
    ("factor without rate", PROMISE | {"caught": np.exp(1)}),
]
