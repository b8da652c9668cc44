"""1.11: backwards through a convolution."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def convolution_backward(gradient, images, kernels):
    """Return a right answer to 1.11."""
    rows, columns = gradient.shape[1:3]
    of_images, of_kernels = np.zeros(images.shape), np.zeros(kernels.shape)
    for row, column in np.ndindex(kernels.shape[:2]):
        shifted = images[:, row : row + rows, column : column + columns]
        pixels, gradients = shifted.reshape(-1, shifted.shape[3]), gradient.reshape(-1, gradient.shape[3])
        of_kernels[row, column] = pixels.T @ gradients
        of_images[:, row : row + rows, column : column + columns] += gradient @ kernels[row, column].T
    return of_images, of_kernels, gradient.sum(axis=(0, 1, 2))


random = np.random.default_rng(0)


def numbers(*shape):
    """Return whole numbers from -3 to 3, which are easy to follow."""
    return random.integers(-3, 4, size=shape).astype(float)


def large(pictures, height, width, kernel_shape):
    """Return a case in words: its arrays are too large to be written out."""
    rows, columns = height - kernel_shape[0] + 1, width - kernel_shape[1] + 1
    shape = (pictures, rows, columns, kernel_shape[3])
    shown = f"convolution_backward(...) with gradient {shape}, images {(pictures, height, width, kernel_shape[2])}"
    return Case(
        numbers(*shape),
        numbers(pictures, height, width, kernel_shape[2]),
        numbers(*kernel_shape),
        shown=f"{shown}, kernels {kernel_shape}",
    )


exercise = Function(
    convolution_backward,
    cases=[
        (np.full((1, 1, 1, 1), 10.0), np.full((1, 1, 1, 1), 2.0), np.full((1, 1, 1, 1), 3.0)),
        (np.full((1, 1, 1, 1), 10.0), np.array([[[[2.0], [1.0]]]]), np.array([[[[3.0]], [[-1.0]]]])),
        (np.array([[[[1.0], [2.0]]]]), np.array([[[[2.0], [1.0], [4.0]]]]), np.array([[[[3.0]], [[-1.0]]]])),
        (np.array([[[[1.0, 2.0]]]]), np.array([[[[2.0, 1.0, 4.0]]]]), np.array([[[[3, -1], [1, 0], [0, 2.0]]]])),
        (np.array([[[[1.0]]], [[[2.0]]]]), np.array([[[[3.0]]], [[[5.0]]]]), np.full((1, 1, 1, 1), 2.0)),
        large(1, 4, 3, (2, 3, 1, 1)),
        large(2, 4, 5, (3, 2, 3, 2)),
        large(3, 6, 6, (3, 3, 2, 4)),
    ],
)
