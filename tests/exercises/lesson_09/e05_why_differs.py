"""Answers to 9.5: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "b", "e"}, "abe", "E, b, a", ["a", "b", "e"]]

WRONG = [("chose c", "abce"), ("missing a", "be"), ("chose d", "abde"), ("not a letter", 0.06)]
