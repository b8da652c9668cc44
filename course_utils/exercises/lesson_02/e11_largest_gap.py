"""2.11: a check of any gradient."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def largest_gap(loss, gradient, logits):
    """Return a right answer to 2.11, without the noise of the arithmetic: it is shown."""
    step = 1e-5
    measured = np.zeros_like(logits)
    for index in np.ndindex(logits.shape):
        move = np.zeros_like(logits)
        move[index] = step
        measured[index] = (loss(logits + move) - loss(logits - move)) / (2 * step)
    return np.abs(gradient(logits) - measured).max().round(6)


def squares(logits):
    """Return a loss of any logits."""
    return (logits**2).sum()


def mixed(logits):
    """Return a loss of a table of logits in which two are multiplied."""
    return logits[0, 0] ** 2 + 3 * logits[0, 1] * logits[1, 0]


def mixed_gradient(logits):
    """Return a gradient of `mixed` that leaves one logit out."""
    return np.array([[2 * logits[0, 0], 3 * logits[1, 0]], [0, 0]])


def case(loss, gradient, logits, words):
    """Return a case that tells the functions in words, and the logits as floats: in integers, steps vanish."""
    call = f"largest_gap(loss, gradient, np.array({logits}))"
    return Case(loss, gradient, np.array(logits), shown=f"{call}, where loss is {words}")


exercise = Function(
    largest_gap,
    rtol=1e-3,
    atol=1e-3,
    cases=[
        case(squares, lambda z: 2 * z, [1.0], "z * z, and gradient is 2 * z"),
        case(squares, lambda z: z, [3.0], "z * z, and gradient is z"),
        case(squares, lambda z: 3 * z, [4.0], "z * z, and gradient is 3 * z"),
        case(lambda z: (z**3).sum(), lambda z: 3 * z**2, [2.0], "z * z * z, and gradient is 3 * z * z"),
        case(squares, lambda z: 2 * z, [1.0, -2.0, 0.5], "the sum of z * z, and gradient is 2 * z"),
        case(
            squares,
            lambda z: 2 * z + np.array([0.3, -0.5, 0.1]),
            [1.0, -2.0, 0.5],
            "the sum of z * z, and gradient is 2 * z + [0.3, -0.5, 0.1]",
        ),
        case(
            squares,
            lambda z: 2 * z[::-1],
            [3.0, -1.0],
            "the sum of z * z, and gradient is 2 * z in the order from behind",
        ),
        case(
            mixed,
            mixed_gradient,
            [[1.0, 2.0], [3.0, 4.0]],
            "a * a + 3 * b * c of [[a, b], [c, d]], and gradient is [[2 * a, 3 * c], [0, 0]]",
        ),
    ],
)
