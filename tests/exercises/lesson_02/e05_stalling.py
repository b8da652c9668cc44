"""Answers to 2.5: right ones, and wrong ones with the hint that each must get."""

RIGHT = ["bc", {"b", "c"}, ["C", "B"], "b and c"]

WRONG = [
    ("unknown letter", "z"),
    ("not a letter", 2),
]
