"""Answers to 1.2: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from scipy import signal

from course_utils.from_scratch import layers


def by_scipy(image, kernel, stride, zeros, dilation):
    wide = np.zeros([dilation * (length - 1) + 1 for length in kernel.shape])
    wide[::dilation, ::dilation] = kernel
    return signal.correlate(np.pad(image, zeros), wide, mode="valid")[::stride, ::stride]


def by_the_package(image, kernel, stride, zeros, dilation):
    padded = np.pad(image, zeros)[np.newaxis, :, :, np.newaxis] * 1.0
    return layers.convolve(padded, kernel[:, :, np.newaxis, np.newaxis] * 1.0, None, stride, "valid", dilation)[
        0, :, :, 0
    ]


def weight_after_weight(image, kernel, stride, zeros, dilation):
    padded = np.pad(image, ((zeros, zeros), (zeros, zeros)))
    rows = len(range(0, len(padded) - dilation * (len(kernel) - 1), stride))
    columns = len(range(0, padded.shape[1] - dilation * (kernel.shape[1] - 1), stride))
    result = 0
    for (row, column), weight in np.ndenumerate(kernel):
        shifted = padded[row * dilation :: stride, column * dilation :: stride][:rows, :columns]
        result = result + weight * shifted
    return result.tolist()


def by_loops(image, kernel, stride, zeros, dilation):
    height, width = image.shape
    result = []
    for top in range(-zeros, height + zeros - dilation * (kernel.shape[0] - 1), stride):
        result.append([])
        for left in range(-zeros, width + zeros - dilation * (kernel.shape[1] - 1), stride):
            total = 0
            for (row, column), weight in np.ndenumerate(kernel):
                y, x = top + row * dilation, left + column * dilation
                if 0 <= y < height and 0 <= x < width:
                    total += image[y, x] * weight
            result[-1].append(total)
    return result


def in_thousands(image, kernel, stride, zeros, dilation):
    return 1000 * by_scipy(image, kernel, stride, zeros, dilation)


RIGHT = [by_scipy, by_the_package, weight_after_weight, by_loops]

WRONG = [
    ("arguments", lambda image, kernel: signal.correlate(image, kernel, mode="valid")),
    ("not a function", 31),
    ("smallest case", in_thousands),
    ("smallest case", lambda image, kernel, stride, zeros, dilation: signal.correlate(image, kernel, mode="valid") + 1),
    ("kernel turned round", lambda *arguments: by_scipy(arguments[0], arguments[1][::-1, ::-1], *arguments[2:])),
    ("zeros left out", lambda image, kernel, stride, zeros, dilation: by_scipy(image, kernel, stride, 0, dilation)),
]
