"""Answers to 5.1: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"b", "c", "d"}, ["b", "c", "d"], "bcd", "d, c, b", ("B", "C", "D"), "b and c and d"]

WRONG = [
    ("unknown letter", "x"),
    ("not a letter", 3),
    ("not a letter", ["scaling", "splitting"]),
]
