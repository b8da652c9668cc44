"""Answers to 3.3: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from recorded_answers import Answers

RIGHT = [Answers((192, 10)), Answers((192.0, np.int64(10))), Answers(([12 * 4**2], 1920 / 192))]

WRONG = [
    ("in proportion", Answers((48, 40))),
    ("in proportion", Answers((12 * 4, 10))),
    ("root turned round", Answers((24, 80))),
    ("fewer pictures", Answers((3, 640))),
    ("fewer pictures", Answers((12 / 16, 2560))),
    ("times instead of pictures", Answers((16, 120))),
    ("whole set", Answers((1920, 1))),
    ("other pictures", Answers((100, 19))),
    ("steps as before", Answers((192, 160))),
    ("one step for each picture", Answers((192, 1920))),
    ("pictures, not steps", Answers((192, 192))),
    ("how many times fewer", Answers((192, 16))),
    ("other steps", Answers((192, 5))),
    ("one number", Answers(([192, 10], 10))),
    ("unreadable", Answers(("192", 10))),
    ("number of answers", Answers((192,))),
]
