"""Answers to 8.11: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "d", "f"}, "adf", "F, a, d", ["a", "d", "f"]]

WRONG = [("chose b", "abdf"), ("chose c", "acdf"), ("missing f", "ad"), ("not a letter", 3)]
