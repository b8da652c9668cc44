"""Answers to 3.1: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "c", "e"}, "ace", "e, c, a", ["a", "c", "e"], ("A", "C", "E"), "a and c and e"]

WRONG = [
    ("unknown letter", "g"),
    ("not a letter", "weights"),
]
