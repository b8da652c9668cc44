"""Answers to 1.7: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np
from scipy import special


def head_by_loops(maps, weights, bias):
    answers = []
    for picture in maps:
        row = [max(0.0, float(value)) for value in picture.ravel()]
        logits = [
            sum(r * w for r, w in zip(row, unit, strict=True)) + b for unit, b in zip(weights.T, bias, strict=True)
        ]
        largest = max(logits)
        powers = [math.exp(logit - largest) for logit in logits]
        answers.append([power / sum(powers) for power in powers])
    return answers


def head_by_scipy(maps, weights, bias):
    row = np.clip(maps, 0, None).reshape(maps.shape[0], -1)
    return special.softmax(np.einsum("ni,iu->nu", row, weights) + bias, axis=-1)


def head_by_tensordot(maps, weights, bias):
    shaped = weights.reshape(*maps.shape[1:], -1)
    logits = np.tensordot(maps * (maps > 0), shaped, axes=3) + bias
    return np.exp(logits - special.logsumexp(logits, axis=1)[:, None])


def head_in_thousands(maps, weights, bias):
    return head_by_scipy(maps, weights, bias) * 1000


RIGHT = [head_by_loops, head_by_scipy, head_by_tensordot]

WRONG = [
    ("smallest case", head_in_thousands),
]
