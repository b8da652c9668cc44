"""Answers to 9.1: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "c", "e"}, "ace", "E, c, a", ["a", "c", "e"]]

WRONG = [("chose b", "abce"), ("missing c", "ae"), ("chose d", "acde"), ("not a letter", 0.98)]
