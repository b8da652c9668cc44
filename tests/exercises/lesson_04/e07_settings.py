"""Answers to 4.7: right ones, and wrong ones with the hint that each must get."""

import numpy as np

SETTINGS = {"degrees": 36, "upside_down": 0.5, "eye": 20, "added": 51, "places": 1}


RIGHT = [SETTINGS, SETTINGS | {"degrees": -36.0, "upside_down": np.float32(0.5)}, SETTINGS | {"degrees": [36]}]

WRONG = [
    ("other degrees", SETTINGS | {"degrees": 90}),
    ("other flips", SETTINGS | {"upside_down": 1}),
    ("other eye", SETTINGS | {"eye": 30}),
    ("other brightness", SETTINGS | {"added": 1}),
    ("other places", SETTINGS | {"places": 17}),
    ("numbers", SETTINGS | {"degrees": "a tenth"}),
    ("numbers", SETTINGS | {"places": [1, 2]}),
    ("keys", {"degrees": 36}),
    ("not a dictionary", [36, 0.5, 20, 51, 1]),
]
