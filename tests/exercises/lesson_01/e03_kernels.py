"""Answers to 1.3: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"b", "c", "e"}, ["e", "c", "b"], "bce", "b, c, e", "B and C and E"]

WRONG = [
    ("not a letter", 16),
]
