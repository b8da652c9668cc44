"""Answers to 5.6: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "c"}, "ac", "a, c", ["c", "a"], "C, A"]

WRONG = []
