"""Answers to 1.2: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np
from scipy import signal


def size_by_counting(size, kernel_size, stride, zeros, dilation):
    under = [dilation * place for place in range(kernel_size)]
    return sum(start + under[-1] < size + 2 * zeros for start in range(0, size + 2 * zeros, stride))


def size_by_range(size, kernel_size, stride, zeros, dilation):
    return len(range(0, size + 2 * zeros - dilation * (kernel_size - 1), stride))


def size_by_convolving(size, kernel_size, stride, zeros, dilation):
    reach = np.zeros(dilation * (kernel_size - 1) + 1)
    row = np.pad(np.ones(size), zeros)
    return 0 if len(reach) > len(row) else signal.correlate(row, reach, mode="valid")[::stride].size


def size_with_floor(size, kernel_size, stride, zeros, dilation):
    return max(0, math.floor((size + 2 * zeros - dilation * (kernel_size - 1) - 1) / stride + 1))


def size_divided_first(size, kernel_size, stride, zeros, dilation):
    return max(0, (size + 2 * zeros) // stride - dilation * (kernel_size - 1))


RIGHT = [size_by_counting, size_by_range, size_by_convolving, size_with_floor]

WRONG = [
    ("arguments", lambda size, kernel_size: size - kernel_size + 1),
    ("not a function", 31),
    ("smallest case", size_divided_first),
]
