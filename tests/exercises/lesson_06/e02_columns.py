"""Answers to 6.2: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from recorded_answers import Answers

GAPS = {"A": 0.29, "B": 0.06, "C": 0.0, "D": 0.22}


RIGHT = [
    Answers((GAPS, "D", 0.75)),
    Answers(({"D": 0.97 - 0.75, "C": np.float64(0), "B": 0.84 - 0.78, "A": 1 - 0.71}, " d ", np.array([0.75]))),
]

WRONG = [
    ("negative gap", Answers(({name: -gap for name, gap in GAPS.items()}, "D", 0.75))),
    ("gap to validation", Answers(({"A": 0.30, "B": 0.10, "C": -0.01, "D": 0.20}, "D", 0.75))),
    ("ratio", Answers(({"A": 1.41, "B": 1.08, "C": 1.0, "D": 1.29}, "D", 0.75))),
    ("share of training", Answers(({"A": 0.29, "B": 0.07, "C": 0.0, "D": 0.23}, "D", 0.75))),
    ("errors on the test", Answers(({"A": 0.29, "B": 0.22, "C": 0.45, "D": 0.25}, "D", 0.75))),
    ("validation and test", Answers(({"A": -0.01, "B": -0.04, "C": 0.01, "D": 0.02}, "D", 0.75))),
    ("percent", Answers(({"A": 29, "B": 6, "C": 0, "D": 22}, "D", 0.75))),
    ("other gap", Answers((GAPS | {"B": 0.6}, "D", 0.75))),
    ("four gaps", Answers(([0.29, 0.06, 0.0, 0.22], "D", 0.75))),
    ("four gaps", Answers((GAPS | {"A": "large"}, "D", 0.75))),
    ("chosen by training", Answers((GAPS, "A", 0.71))),
    ("chosen by the test", Answers((GAPS, "B", 0.78))),
    ("chosen by the gap", Answers((GAPS, "C", 0.55))),
    ("not a network", Answers((GAPS, 0.75, 0.75))),
    ("best test score", Answers((GAPS, "D", 0.78))),
    ("validation score", Answers((GAPS, "D", 0.77))),
    ("training score", Answers((GAPS, "D", 0.97))),
    ("mean of two", Answers((GAPS, "D", 0.76))),
    ("score in percent", Answers((GAPS, "D", 75))),
    ("other score", Answers((GAPS, "D", 0.22))),
    ("one score", Answers((GAPS, "D", [0.75, 0.77]))),
]
