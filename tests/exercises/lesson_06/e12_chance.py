"""Answers to 6.12: right ones, and wrong ones with the hint that each must get."""

RIGHT = [1 - 0.95**20, 0.64, 0.6415, [0.642]]

WRONG = [
    ("percent", 64),
    ("smallest case", 0.5),
]
