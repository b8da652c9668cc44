"""Answers to 11.3: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "d", "f"}, "adf", "F, D, a", ["a", "d", "f"]]

WRONG = [
    ("chose b", "abdf"),
    ("chose c", "acdf"),
    ("chose e", "adef"),
    ("chose g", "adfg"),
    ("chose h", "adfh"),
    ("missing a", "df"),
    ("missing f", "ad"),
    ("not a letter", 0.04),
]
