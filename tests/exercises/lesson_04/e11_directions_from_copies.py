"""Answers to 4.11: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def directions_by_loops(probabilities, mirrored):
    copies, pictures, _ = np.shape(probabilities)
    directions = []
    for picture in range(pictures):
        left = right = 0
        for copy in range(copies):
            one, other = probabilities[copy][picture]
            if mirrored[copy]:
                one, other = other, one
            left, right = left + one, right + other
        directions.append(0 if left > right else 1)
    return directions


def directions_of_left(probabilities, mirrored):
    left = np.where(np.array(mirrored)[:, None], probabilities[..., 1], probabilities[..., 0])
    return (left.mean(0) < 0.5).astype(int)


def directions_in_place(probabilities, mirrored):
    probabilities = probabilities.copy()
    probabilities[mirrored] = probabilities[mirrored][..., ::-1]
    return probabilities.sum(axis=0).argmax(-1)


def directions_upside_down(probabilities, mirrored):
    return 1 - directions_in_place(probabilities, mirrored)


RIGHT = [directions_by_loops, directions_of_left, directions_in_place]

WRONG = [
    ("the others exchanged", directions_upside_down),
    ("smallest case", lambda probabilities, mirrored: np.zeros(probabilities.shape[1], int)),
]
