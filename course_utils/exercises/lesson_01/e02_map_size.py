"""1.2: the size of a map."""

from course_utils.exercises.forms import Function


def map_size(size, kernel_size, stride, zeros, dilation):
    """Return a right answer to 1.2."""
    reach = dilation * (kernel_size - 1) + 1
    return max(0, (size + 2 * zeros - reach) // stride + 1)


exercise = Function(
    map_size,
    cases=[
        (3, 3, 1, 0, 1),
        (5, 3, 1, 0, 1),
        (7, 3, 2, 0, 1),
        (8, 3, 2, 0, 1),
        (5, 3, 1, 1, 1),
        (7, 3, 1, 0, 2),
        (2, 5, 1, 0, 1),
        (9, 2, 1, 0, 3),
        (10, 4, 3, 1, 1),
        (64, 5, 2, 2, 1),
        (28, 3, 1, 2, 4),
        (31, 3, 2, 3, 3),
        (3, 4, 2, 0, 3),
    ],
)
