"""Answers to 8.9: right ones, and wrong ones with the hint that each must get."""

RIGHT = [{"a", "c", "d"}, "acd", "D, a, c", ["a", "c", "d"]]

WRONG = [("chose b", "abcd"), ("missing c", "ad"), ("chose f", "acdf"), ("not a letter", 3)]
