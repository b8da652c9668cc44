"""Answers to 9.6: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np


def template_by_loops(embeddings):
    total = [0.0] * embeddings.shape[1]
    for embedding in embeddings.tolist():
        length = math.hypot(*embedding)
        total = [before + number / length for before, number in zip(total, embedding, strict=True)]
    return [number / math.hypot(*total) for number in total]


def template_by_sum(embeddings):
    direction = np.sum(embeddings / np.sqrt((embeddings**2).sum(axis=1))[:, None], axis=0)
    return direction / np.sqrt(direction @ direction)


def template_turned(embeddings):
    return -template_by_sum(embeddings)


RIGHT = [template_by_loops, template_by_sum]

WRONG = [("smallest case", template_turned), ("arguments", lambda: 0), ("not a function", [0.6, 0.8])]
