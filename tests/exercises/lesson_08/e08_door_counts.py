"""Answers to 8.8: right ones, and wrong ones with the hint that each must get."""

RATES = {"fmr": 0.005, "fnmr": 0.05, "far": 0.0045, "frr": 0.088}

RIGHT = [RATES, {"frr": 44 / 500, "far": 0.9 * 0.005, "fnmr": [0.05], "fmr": 9 / 1800}]

WRONG = [
    ("not a dictionary", [0.005, 0.05, 0.0045, 0.088]),
    ("keys", {"fmr": 0.005}),
    ("numbers", RATES | {"fmr": "small"}),
    ("fmr", RATES | {"fmr": 0.02}),
    ("fnmr", RATES | {"fnmr": 0.02}),
    ("far", RATES | {"far": 0.02}),
    ("frr", RATES | {"frr": 0.02}),
    ("FAR taken for FMR", RATES | {"far": 0.005}),
    ("FNMR taken for FRR", RATES | {"frr": 0.05}),
]
