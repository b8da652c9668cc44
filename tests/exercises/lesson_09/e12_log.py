"""Answers to 9.12: right ones, and wrong ones with the hint that each must get."""

LOG = {"people": 1, "templates": 2, "suspicious": 8}

RIGHT = [LOG, {"suspicious": [8], "templates": 2.0, "people": 3 - 2}]

WRONG = [
    ("not a dictionary", 8),
    ("keys", {"people": 1}),
    ("numbers", LOG | {"people": "Cem"}),
    ("people", LOG | {"people": 9}),
    ("templates", LOG | {"templates": 9}),
    ("suspicious", LOG | {"suspicious": 1}),
]
