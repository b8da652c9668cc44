"""Answers to 11.4: right ones, and wrong ones with the hint that each must get."""

import numpy as np

MEMBERS, OTHERS = np.array([1.0, 0.2, 0.1, 0.3]), np.array([0.6, 3.0, 1.5, 2.0])
REGULARISED = np.array([1.1, 0.5, 1.6, 0.7]), np.array([1.4, 0.6, 1.2, 0.9])


def auc(members, others):
    return np.mean(members[:, np.newaxis] < others)


ATTACK = {
    "overfitted": auc(MEMBERS, OTHERS),
    "regularised": auc(*REGULARISED),
    "scaled": auc(MEMBERS / 2, OTHERS / 2),
    "deleted": auc(MEMBERS, OTHERS),
    "accused": np.mean(MEMBERS < 0.8),
    "guess": 1 / 2,
}

RIGHT = [ATTACK, {name: float(value) for name, value in reversed(ATTACK.items())}]

WRONG = [
    ("not a dictionary", 15 / 16),
    ("keys", {"overfitted": 15 / 16}),
    ("numbers", ATTACK | {"guess": "half"}),
    *((name, ATTACK | {name: 0.123}) for name in ATTACK),
    ("sign of the loss", ATTACK | {"overfitted": 1 - auc(MEMBERS, OTHERS), "regularised": 1 - auc(*REGULARISED)}),
    ("row by row", ATTACK | {"overfitted": np.mean(MEMBERS < OTHERS)}),
    ("others accused", ATTACK | {"accused": np.mean(OTHERS < 0.8)}),
    ("gone", ATTACK | {"deleted": 0.5}),
]
