"""Answers to 4.8: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"b", "d", "e"}, "bde", "e, d, b", ("B", "D", "E")]

WRONG = []
