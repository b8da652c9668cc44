"""Answers to 10.13: right ones, and wrong ones with the hint that each must get."""

PROFILE = {"faster": 41, "limit": 101 / 37, "overlapped": 36, "mixed": 36, "workers": 8}

RIGHT = [PROFILE, {"workers": 8.0, "mixed": 36, "overlapped": max(36, 5), "limit": 2.73, "faster": 36 + 64 / 16 + 1}]

WRONG = [
    ("not a dictionary", 41),
    ("keys", {"faster": 41}),
    ("numbers", PROFILE | {"limit": "three"}),
    ("faster", PROFILE | {"faster": 99}),
    ("limit", PROFILE | {"limit": 50}),
    ("overlapped", PROFILE | {"overlapped": 77}),
    ("mixed", PROFILE | {"mixed": 77}),
    ("workers", PROFILE | {"workers": 1}),
]
