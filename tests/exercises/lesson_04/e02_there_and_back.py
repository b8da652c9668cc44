"""Answers to 4.2: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from recorded_answers import Answers

DOUBLED, BACK = [0, 80, 160, 200], [55, 95, 135, 155]


RIGHT = [
    Answers((DOUBLED, BACK)),
    Answers((np.array(DOUBLED, float), tuple(BACK))),
    Answers((np.reshape(DOUBLED, (2, 2)), np.reshape(BACK, (2, 2, 1)))),
]

WRONG = [
    ("other doubled", Answers(([0, 80, 160, 255], BACK))),
    ("numbers", Answers((0, BACK))),
    ("other back", Answers((DOUBLED, [55, 95, 135, 150]))),
    ("numbers", Answers((DOUBLED, "the same"))),
]
