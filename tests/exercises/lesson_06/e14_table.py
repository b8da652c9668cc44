"""Answers to 6.14: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "d", "e"}, "ade", "e, d, a", ("A", "D", "E")]

WRONG = []
