"""Answers to 4.10: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "c"}, "ac", "c, a", ("A", "C")]

WRONG = []
