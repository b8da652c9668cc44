"""Answers to 11.12: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"b", "d", "f", "g"}, "bdfg", "G, f, d, b", ["b", "d", "f", "g"]]

WRONG = [
    ("chose a", "abdfg"),
    ("chose c", "bcdfg"),
    ("chose e", "bdefg"),
    ("chose h", "bdfgh"),
    ("missing d", "bfg"),
    ("missing g", "bdf"),
    ("not a letter", 4),
]
