"""Answers to 5.4: right ones, and wrong ones with the hint that each must get."""

from pathlib import Path

import numpy as np
from recorded_answers import Answers

BEFORE = np.linspace(0.03, 0.97, 30).reshape(30, 1).astype("float32")


FRESH = np.full((30, 1), 0.51, dtype="float32")


class Network:
    """Stands for a network of Keras."""

    def predict(self, pictures):
        return BEFORE


RELOADED = Network()


def answers(*predictions, reloaded=RELOADED, path=Path(__file__)):
    return Answers((path, reloaded, *predictions))


RIGHT = [
    answers(BEFORE, BEFORE, BEFORE[:1]),
    answers(BEFORE, BEFORE + 1e-6, float(BEFORE[0, 0])),
    answers(BEFORE, BEFORE[:, 0].tolist(), [BEFORE[0, 0]]),
]

WRONG = [
    ("another network", answers(BEFORE, FRESH, FRESH[:1])),
    ("answers, not probabilities", answers(BEFORE, (BEFORE >= 0.5).astype(int), 0)),
    ("not one for each", answers(BEFORE, [0.31, 0.9], BEFORE[:1])),
    ("more than one", answers(BEFORE, BEFORE, BEFORE)),
    ("another picture", answers(BEFORE, BEFORE, BEFORE[-1:])),
    ("another picture", answers(BEFORE, BEFORE, BEFORE.mean())),
    ("unreadable", answers(BEFORE, "the same", BEFORE[:1])),
    ("nothing saved", answers(BEFORE, BEFORE, BEFORE[:1], path=Path("face_or_not.keras"))),
    ("not a network", answers(BEFORE, BEFORE, BEFORE[:1], reloaded="face_or_not.keras")),
    ("not a network", answers(BEFORE, BEFORE, BEFORE[:1], reloaded=BEFORE)),
    ("number of answers", Answers((BEFORE, BEFORE, BEFORE[:1]))),
    ("before is another", answers(BEFORE[:1], BEFORE[:1], BEFORE[:1])),
]
