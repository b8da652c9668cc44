"""Answers to 4.5: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "d", "f"}, "adf", "F, d, a", ["a", "d", "f"]]

WRONG = []
