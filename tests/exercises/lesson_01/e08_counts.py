"""Answers to 1.8: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def count_with_arrays(size, channels, filters, units):
    pairs = []
    for maps in filters:
        size -= 2
        kernels = np.empty((3, 3, channels, maps))
        pairs.append([kernels.size + maps, kernels.size * size**2])
        size, channels = size // 2, maps
    flat = int(np.prod((size, size, channels)))
    return [*pairs, [(flat + 1) * units, flat * units]]


def count_as_tuple(size, channels, filters, units):
    def rest(size, channels, filters):
        if not filters:
            return (((size * size * channels + 1) * units, size * size * channels * units),)
        first, *others = filters
        pair = ((9 * channels + 1) * first, 9 * channels * first * (size - 2) ** 2)
        return pair, *rest((size - 2) // 2, first, others)

    return rest(size, channels, list(filters))


def count_with(
    bias=True,
    channels_in=True,
    area=9,
    products=lambda weights, biases, size: weights * size * size,
    pooled=lambda size: size // 2,
    flat=lambda size, channels: size * size * channels,
):
    """Return a function for 1.8 that makes one mistake."""

    def count(size, channels, filters, units):
        pairs = []
        for maps in filters:
            weights = area * maps * (channels if channels_in else 1)
            biases = maps if bias is True else int(bias)
            pairs.append((weights + biases, products(weights, biases, size - 2)))
            size, channels = pooled(size - 2), maps
        inputs = flat(size, channels)
        return [*pairs, (inputs * units + (units if bias is True else int(bias)), inputs * units)]

    return count


RIGHT = [count_with_arrays, count_as_tuple, lambda *given: np.array(count_as_tuple(*given))]

WRONG = [
    ("smallest case", count_with(area=16)),
]
