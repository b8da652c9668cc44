"""Answers to 10.9: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"b", "c", "f"}, "bcf", "F, c, b", ["b", "c", "f"]]

WRONG = [
    ("chose a", "abcf"),
    ("chose d", "bcdf"),
    ("chose e", "bcef"),
    ("chose g", "bcfg"),
    ("missing f", "bc"),
    ("not a letter", 0.996),
]
