"""Answers to 4.12: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from recorded_answers import Answers

CHANGES = np.repeat([1, -1, 0], [11, 3, 186])
ERROR = CHANGES.std() / 200**0.5

RIGHT = [
    Answers((0.04, ERROR)),
    Answers((0.04, CHANGES.std(ddof=1) / 200**0.5)),
    Answers((np.float32(0.04), [0.0185])),
    Answers((8 / 200, 0.019)),
]

WRONG = [
    ("other gain", Answers((0.4, ERROR))),
    ("independent accuracies", Answers((0.04, 0.042))),
    ("copies as pictures", Answers((0.04, 0.0058))),
    ("other standard error", Answers((0.04, 0.1))),
    ("numbers", Answers((0.04, "small"))),
]
