"""Answers to 3.11: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np


def clip_flat(gradients, largest):
    length = np.linalg.norm(np.concatenate([np.ravel(gradient) for gradient in gradients]))
    return [gradient * min(1, largest / max(length, 1e-12)) for gradient in gradients]


def clip_with_if(gradients, largest):
    squares = 0.0
    for gradient in gradients:
        for number in gradient.ravel():
            squares += number**2
    if math.sqrt(squares) <= largest:
        return gradients
    return [largest * gradient / math.sqrt(squares) for gradient in gradients]


def clip_as_lists(gradients, largest):
    length = math.hypot(*(np.linalg.norm(gradient) for gradient in gradients))
    factor = 1.0 if length == 0 else min(1.0, largest / length)
    return tuple((gradient * factor).tolist() for gradient in gradients)


def clip_stacked(gradients, largest):
    return clip_flat(list(np.array(gradients)), largest)


def clip_in_place(gradients, largest):
    length = math.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    for gradient in gradients:
        gradient *= min(1.0, largest / max(length, 1e-12))
    return gradients


def clip_lazily(gradients, largest):
    return (gradient for gradient in clip_flat(gradients, largest))


RIGHT = [clip_flat, clip_with_if, clip_as_lists]

WRONG = [
    ("stops with an error", clip_stacked),
    ("changes its input", clip_in_place),
    ("smallest case", clip_lazily),
    ("smallest case", lambda gradients, largest: gradients),
]
