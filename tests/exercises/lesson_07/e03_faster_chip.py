"""Answers to 7.3: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"b", "e", "f"}, "bef", "F, b, e", ["b", "e", "f"]]

WRONG = [
    ("chose a", "abef"),
    ("chose c", "bcef"),
    ("chose d", "bdef"),
    ("chose g", "befg"),
    ("missing b", "ef"),
    ("missing f", "be"),
    ("not a letter", 0.039),
]
