"""1.2: write a convolution."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def convolve(image, kernel, stride, zeros, dilation):
    """Return a right answer to 1.2."""
    padded = np.pad(image, zeros)
    reach = [dilation * (length - 1) + 1 for length in kernel.shape]
    rows, columns = ((padded.shape[axis] - reach[axis]) // stride + 1 for axis in (0, 1))
    feature_map = np.zeros((rows, columns))
    for row, column in np.ndindex(rows, columns):
        top, left = row * stride, column * stride
        window = padded[top : top + reach[0] : dilation, left : left + reach[1] : dilation]
        feature_map[row, column] = np.sum(window * kernel)
    return feature_map


PICTURE = np.array([[3, 1, 0], [0, 2, 1], [1, 0, 4]])
KERNEL = np.array([[1, 2], [-1, 0]])
random = np.random.default_rng(0)


def large(height, width, kernel_shape, stride, zeros, dilation):
    """Return a case with a picture that is too large to be written out."""
    image, kernel = random.normal(size=(height, width)), random.normal(size=kernel_shape)
    shown = (
        f"convolve(...) of a picture of {height} x {width} with a kernel of {kernel_shape[0]} x {kernel_shape[1]}, "
        f"stride {stride}, zeros {zeros}, dilation {dilation}"
    )
    return Case(image, kernel, stride, zeros, dilation, shown=shown)


exercise = Function(
    convolve,
    cases=[
        (PICTURE[:2, :2], KERNEL, 1, 0, 1),
        (PICTURE, KERNEL, 1, 0, 1),
        (PICTURE[:2], np.array([[1, 2]]), 1, 0, 1),
        (PICTURE[:2, :2], KERNEL, 1, 1, 1),
        (np.array([[1, 2, 3, 4, 5]]), np.array([[1, 10]]), 2, 0, 1),
        (np.array([[1, 2, 3, 4, 5, 6]]), np.array([[1, 10]]), 2, 0, 1),
        (np.array([[1, 2, 3, 4]]), np.array([[1, 10]]), 1, 0, 2),
        (np.array([[0.5, 1.5, 2.0]]).T, np.array([[1.0], [0.5]]), 1, 0, 1),
        large(9, 12, (3, 2), 2, 1, 1),
        large(11, 8, (2, 3), 3, 2, 2),
        large(10, 10, (3, 3), 1, 0, 3),
    ],
)
