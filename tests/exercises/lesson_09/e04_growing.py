"""Answers to 9.4: right ones, and wrong ones with the hint that each must get."""

import math

STRANGERS = {"thousand": 0.0952, "ten_thousand": 0.632, "per_day": 19.03, "needed": 1.005e-5}

RIGHT = [STRANGERS, {"thousand": 1 - math.exp(-0.1), "ten_thousand": 1 - math.exp(-1), "per_day": 19, "needed": 1e-5}]

WRONG = [
    ("not a dictionary", 0.0952),
    ("keys", {"thousand": 0.0952}),
    ("numbers", STRANGERS | {"needed": "small"}),
    ("thousand", STRANGERS | {"thousand": 0.5}),
    ("ten_thousand", STRANGERS | {"ten_thousand": 0.5}),
    ("per_day", STRANGERS | {"per_day": 3}),
    ("needed", STRANGERS | {"needed": 0.5}),
    ("one comparison only", STRANGERS | {"thousand": 1e-4}),
]
