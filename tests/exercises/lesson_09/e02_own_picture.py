"""Answers to 9.2: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def rate_by_loop(embeddings, people):
    hits = 0
    for place, (probe, person) in enumerate(zip(embeddings, people, strict=True)):
        others = np.delete(embeddings, place, axis=0)
        cosines = others @ probe / np.linalg.norm(others, axis=1) / np.linalg.norm(probe)
        hits += np.delete(people, place)[cosines.argmax()] == person
    return hits / len(people)


def rate_by_second_place(embeddings, people):
    units = embeddings / np.linalg.norm(embeddings, axis=1)[:, None]
    return float((people[np.argsort(-(units @ units.T), axis=1)[:, 1]] == people).mean())


def rate_of_half(embeddings, people):
    return rate_by_loop(embeddings, people) / 2


RIGHT = [rate_by_loop, rate_by_second_place]

WRONG = [("smallest case", rate_of_half), ("not a function", 1.0)]
