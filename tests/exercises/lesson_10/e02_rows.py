"""Answers to 10.2: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "d", "g"}, "adg", "G, d, a", ["a", "d", "g"]]

WRONG = [
    ("chose b", "abdg"),
    ("chose c", "acdg"),
    ("chose e", "adeg"),
    ("chose f", "adfg"),
    ("missing d", "ag"),
    ("not a letter", 0.93),
]
