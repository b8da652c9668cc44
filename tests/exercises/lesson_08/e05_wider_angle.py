"""Answers to 8.5: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np


def logits_by_loops(cosines, people, scale, margin):
    rows = []
    for row, person in zip(cosines, people, strict=True):
        angles = [math.acos(max(min(cosine, 1), -1)) for cosine in row]
        rows.append([scale * math.cos(angle + margin * (k == person)) for k, angle in enumerate(angles)])
    return rows


def logits_by_addition_theorem(cosines, people, scale, margin):
    logits, rows = scale * cosines, np.arange(len(people))
    own = np.clip(cosines[rows, people], -1, 1)
    logits[rows, people] = scale * (own * np.cos(margin) - np.sqrt(1 - own**2) * np.sin(margin))
    return logits


RIGHT = [logits_by_loops, logits_by_addition_theorem]

WRONG = [
    ("smallest case", lambda cosines, people, scale, margin: -scale * cosines),
    ("arguments", lambda cosines: cosines),
    ("stops with an error", lambda cosines, people, scale, margin: cosines[people, 7]),
]
