"""Answers to 8.4: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from scipy.spatial import distance


def loss_by_loops(embeddings, people, margin):
    total = 0.0
    for anchor, person in zip(embeddings, people, strict=True):
        own = [sum((anchor - other) ** 2) for other, name in zip(embeddings, people, strict=True) if name == person]
        others = [sum((anchor - other) ** 2) for other, name in zip(embeddings, people, strict=True) if name != person]
        total += max(max(own) - min(others) + margin, 0)
    return total / len(people)


def loss_by_scipy(embeddings, people, margin):
    squares = distance.cdist(embeddings, embeddings, "sqeuclidean")
    mated = np.equal.outer(people, people)
    gaps = np.max(squares * mated, axis=1) - np.min(squares + 1e9 * mated, axis=1)
    return np.clip(gaps + margin, 0, None).mean().tolist()


def loss_of_collapse(embeddings, people, margin):
    return margin


RIGHT = [loss_by_loops, loss_by_scipy]

WRONG = [
    ("smallest case", loss_of_collapse),
    ("arguments", lambda embeddings, people: 0),
    ("returns nothing", lambda embeddings, people, margin: print(margin)),
]
