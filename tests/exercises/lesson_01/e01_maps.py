"""Answers to 1.1: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from recorded_answers import Answers
from scipy import ndimage, signal

PICTURE = np.array([[3, 1, 0], [0, 2, 1], [1, 0, 4]])


KERNEL = np.array([[1, 2], [-1, 0]])


LAYER = [[5, -1], [3, 4]]


MATHEMATICS = [[1, 5], [0, 3]]


def correlated(kernel, **options):
    return signal.correlate(PICTURE, kernel, mode="valid", **options)


RIGHT = [
    Answers((LAYER, MATHEMATICS)),
    Answers((correlated(KERNEL), signal.convolve(PICTURE, KERNEL, mode="valid"))),
    Answers((((5.0, -1.0), (3.0, 4.0)), correlated(np.rot90(KERNEL, 2)).astype("float32"))),
    Answers((ndimage.correlate(PICTURE, KERNEL, origin=-1)[:2, :2], [[1, 5], (0, 3)])),
]

WRONG = [
    ("swapped", Answers((MATHEMATICS, LAYER))),
    ("layer turned", Answers((MATHEMATICS, MATHEMATICS))),
    ("layer mirrored", Answers((correlated(KERNEL[:, ::-1]), MATHEMATICS))),
    ("layer mirrored", Answers((correlated(KERNEL[::-1]), MATHEMATICS))),
    ("layer transposed", Answers((correlated(KERNEL.T), MATHEMATICS))),
    ("layer averaged", Answers((np.array(LAYER) / 4, MATHEMATICS))),
    ("zeros around", Answers((signal.correlate(PICTURE, KERNEL), signal.convolve(PICTURE, KERNEL)))),
    ("zeros around", Answers((signal.correlate(PICTURE, KERNEL, mode="same"), MATHEMATICS))),
    ("one position", Answers((5, 1))),
    ("shape", Answers(([5, -1, 3, 4], [1, 5, 0, 3]))),
    ("mathematics not turned", Answers((LAYER, LAYER))),
    ("mathematics mirrored", Answers((LAYER, correlated(KERNEL[:, ::-1])))),
    ("mathematics mirrored", Answers((LAYER, correlated(KERNEL[::-1])))),
    ("map turned", Answers((LAYER, [[4, 3], [-1, 5]]))),
    ("mathematics negative", Answers((LAYER, [[-5, 1], [-3, -4]]))),
    ("mathematics transposed", Answers((LAYER, correlated(KERNEL.T)))),
    ("layer", Answers(([[5, -1], [3, 0]], MATHEMATICS))),
    ("mathematics", Answers((LAYER, [[1, 5], [2, 3]]))),
    ("unreadable", Answers(("5 -1 3 4", MATHEMATICS))),
    ("number of answers", LAYER),
]
