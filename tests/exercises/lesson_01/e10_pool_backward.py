"""Answers to 1.10: right ones, and wrong ones with the hint that each must get."""

import itertools

import numpy as np


def each_window(gradient, size, stride):
    for row, column in np.ndindex(*gradient.shape):
        yield gradient[row, column], np.s_[row * stride : row * stride + size, column * stride : column * stride + size]


def pool_by_comparing(gradient, image, size, stride):
    result = [[0.0] * len(line) for line in image]
    for row, column in itertools.product(range(gradient.shape[0]), range(gradient.shape[1])):
        best = None
        for y in range(row * stride, row * stride + size):
            for x in range(column * stride, column * stride + size):
                if best is None or image[y, x] > image[best]:
                    best = y, x
        result[best[0]][best[1]] += gradient[row, column]
    return result


def pool_by_argmax(gradient, image, size, stride):
    views = np.lib.stride_tricks.sliding_window_view(image, (size, size))[::stride, ::stride]
    winner = views.reshape(*gradient.shape, -1).argmax(axis=-1)
    row, column = np.indices(gradient.shape) * stride + np.divmod(winner, size)
    result = np.zeros(image.shape)
    np.add.at(result, (row, column), gradient)
    return result


def pool_by_breaking_ties(gradient, image, size, stride):
    """Make the earlier of two equal numbers a little larger."""
    unequal = image - 1e-9 * np.arange(image.size).reshape(image.shape)
    result = np.zeros(image.shape)
    for value, window in each_window(gradient, size, stride):
        result[window] += value * (unequal[window] == unequal[window].max())
    return result


def pool_to_the_smallest(gradient, image, size, stride):
    return pool_by_comparing(gradient, -image, size, stride)


RIGHT = [pool_by_comparing, pool_by_argmax, pool_by_breaking_ties]

WRONG = [
    ("smallest case", pool_to_the_smallest),
]
