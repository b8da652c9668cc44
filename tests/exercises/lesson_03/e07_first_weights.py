"""Answers to 3.7: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from recorded_answers import Answers

HE, LEFT = 0.05, 0.5**10

RIGHT = [
    Answers((HE, LEFT, 1)),
    Answers((np.sqrt(2 / 800), 1 / 1024, np.int64(1))),
    Answers(([0.05], 0.001, 1.0)),
]

WRONG = [
    ("variance", Answers((0.0025, LEFT, 1))),
    ("without the two", Answers((np.sqrt(1 / 800), LEFT, 1))),
    ("outputs", Answers((0.1, LEFT, 1))),
    ("Glorot", Answers((np.sqrt(2 / 1000), LEFT, 1))),
    ("other he", Answers((1.0, LEFT, 1))),
    ("one layer", Answers((HE, 0.5, 1))),
    ("in proportion", Answers((HE, 0.05, 1))),
    ("variance halved", Answers((HE, 1 / 32, 1))),
    ("variance of the numbers", Answers((HE, 0.25**10, 1))),
    ("grows", Answers((HE, 1024, 1))),
    ("other left", Answers((HE, 1, 1))),
    ("none equal", Answers((HE, LEFT, 200))),
    ("none left", Answers((HE, LEFT, 0))),
    ("other different", Answers((HE, LEFT, 2))),
    ("one number", Answers((HE, [LEFT, 1], 1))),
    ("unreadable", Answers(("0.05", LEFT, 1))),
    ("number of answers", Answers((HE, LEFT))),
]
