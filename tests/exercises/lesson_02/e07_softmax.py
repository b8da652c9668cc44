"""Answers to 2.7: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np
from scipy import special

from course_utils.from_scratch.layers import softmax


def softmax_by_loops(logits):
    rows = []
    for row in logits.tolist():
        exponentials = [math.exp(logit - max(row)) for logit in row]
        rows.append([exponential / sum(exponentials) for exponential in exponentials])
    return rows


def softmax_by_logarithms(logits):
    return np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))


def softmax_by_differences(logits):
    """Each probability from the differences of the logits, as a sigmoid of many."""
    with np.errstate(over="ignore"):
        return 1 / np.exp(logits[:, np.newaxis, :] - logits[:, :, np.newaxis]).sum(axis=2)


def softmax_transposed(logits):
    exponentials = np.exp(logits.T - np.max(logits, axis=1))
    return (exponentials / np.sum(exponentials, axis=0)).T


def softmax_divided_by_the_maximum(logits):
    exponentials = np.exp(logits / logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def softmax_in_place(logits):
    logits -= logits.max(axis=1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=1, keepdims=True)
    return logits


def softmax_with_base_2(logits):
    powers = 2 ** (logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_printed(logits):
    print(special.softmax(logits, axis=1))


RIGHT = [
    softmax_by_loops,
    softmax_by_logarithms,
    softmax_by_differences,
    softmax_transposed,
    softmax,
    lambda logits: special.softmax(logits, axis=-1),
    lambda logits: np.array([special.softmax(row) for row in logits]),
]

WRONG = [
    ("changes its input", softmax_in_place),
    ("returns nothing", softmax_printed),
    ("not a function", np.array([[0.5, 0.5]])),
    ("smallest case", softmax_divided_by_the_maximum),
    ("smallest case", softmax_with_base_2),
]
