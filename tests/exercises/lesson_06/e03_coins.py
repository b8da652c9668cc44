"""Answers to 6.3: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "b", "e"}, "abe", "E, b, a", ["a", "b", "e"]]

WRONG = []
