"""Answers to 2.6: right ones, and wrong ones with the hint that each must get."""

RIGHT = ["bdf", {"b", "d", "f"}, ("f", "d", "b"), "B, D, F"]

WRONG = [
    ("not a letter", ["smoothing"]),
]
