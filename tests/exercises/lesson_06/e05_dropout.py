"""Answers to 6.5: right ones, and wrong ones with the hint that each must get."""

import functools

import numpy as np


def dropout_by_mask(values, draws, rate, training):
    if not training:
        return values
    return values * (draws >= rate) / (1 - rate)


def dropout_by_loop(values, draws, rate, training):
    if not training or rate == 0:
        return np.copy(values).tolist()
    out = np.zeros(np.shape(values))
    for place in np.ndindex(*np.shape(values)):
        if draws[place] >= rate:
            out[place] = values[place] / (1 - rate)
    return out


def dropout_by_copy(values, draws, rate, training):
    values = values.copy()
    if training:
        values[draws < rate] = 0
        values *= 1 / (1 - rate)
    return values


def dropout_in_place(values, draws, rate, training):
    if training:
        values[draws < rate] = 0
        values /= 1 - rate
    return values


RIGHT = [dropout_by_mask, dropout_by_loop, dropout_by_copy, functools.partial(dropout_by_mask)]

WRONG = [
    ("changes its input", dropout_in_place),
    ("smallest case", lambda values, draws, rate, training: draws),
    ("arguments", lambda values, rate: values),
]
