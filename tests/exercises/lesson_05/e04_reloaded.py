"""Answers to 5.4: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from recorded_answers import Answers

BEFORE = np.linspace(0.03, 0.97, 30).reshape(30, 1).astype("float32")


FRESH = np.full((30, 1), 0.51, dtype="float32")


RIGHT = [
    Answers((BEFORE, BEFORE, BEFORE[:1])),
    Answers((BEFORE, BEFORE + 1e-6, float(BEFORE[0, 0]))),
    Answers((BEFORE, BEFORE[:, 0].tolist(), [BEFORE[0, 0]])),
]

WRONG = [
    ("another network", Answers((BEFORE, FRESH, FRESH[:1]))),
    ("answers, not probabilities", Answers((BEFORE, (BEFORE >= 0.5).astype(int), 0))),
    ("not one for each", Answers((BEFORE, [0.31, 0.9], BEFORE[:1]))),
    ("more than one", Answers((BEFORE, BEFORE, BEFORE))),
    ("another picture", Answers((BEFORE, BEFORE, BEFORE[-1:]))),
    ("another picture", Answers((BEFORE, BEFORE, BEFORE.mean()))),
    ("unreadable", Answers((BEFORE, "the same", BEFORE[:1]))),
    ("before is another", Answers((BEFORE[:1], BEFORE[:1], BEFORE[:1]))),
]
