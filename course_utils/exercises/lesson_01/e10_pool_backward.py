"""1.10: backwards through maximum pooling, to mend."""

import numpy as np

from course_utils.exercises.forms import Function


def pool_backward(gradient, image, size, stride):
    """Return a right answer to 1.10."""
    result = np.zeros(image.shape)
    for (row, column), value in np.ndenumerate(gradient):
        window = np.s_[row * stride : row * stride + size, column * stride : column * stride + size]
        pixels = image[window]
        winner = np.unravel_index(pixels.argmax(), pixels.shape)
        result[window][winner] += value
    return result


exercise = Function(
    pool_backward,
    given=[("[winner] += value", " = value * (pixels == pixels.max())")],
    cases=[
        (np.array([[3.0]]), np.array([[1, 2], [4, 0]]), 2, 2),
        (np.array([[6.0]]), np.array([[5, 7], [7, 7]]), 2, 2),
        (np.array([[1.0, 2.0]]), np.array([[1, 4, 2], [0, 3, 1]]), 2, 1),
        (np.array([[1.0, 2.0]]), np.array([[1, 4, 9], [0, 3, 1]]), 2, 1),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1, 3, 2, 0], [4, 2, 1, 1], [0, 0, 5, 6], [0, 2, 7, 8]]), 2, 2),
        (np.array([[2.0, 5.0]]), np.array([[0, 0, 0, 0, 0], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]]), 3, 2),
    ],
)
