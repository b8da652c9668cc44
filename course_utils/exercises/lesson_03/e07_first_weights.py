"""3.7: a gradient by finite differences, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function
from course_utils.exercises.reading import show


def numerical_gradient(loss, weights, step):
    """Return a right answer to 3.7."""
    gradient = []
    for index in range(len(weights)):
        moved = np.zeros(len(weights))
        moved[index] = step
        above = loss(weights + moved)
        below = loss(weights - moved)
        gradient.append((above - below) / (2 * step))
    return np.array(gradient)


def case(loss, code, weights, step):
    """Return a case whose loss is shown as code."""
    weights = np.array(weights, dtype=float)
    return Case(loss, weights, step, shown=f"numerical_gradient(lambda w: {code}, np.array({show(weights)}), {step})")


exercise = Function(
    numerical_gradient,
    given=[("moved[index]", "moved[:]"), ("(2 * step)", "step")],
    cases=[
        case(lambda w: w[0] ** 3, "w[0] ** 3", [1], 0.5),
        case(lambda w: w[0] ** 2 + 10 * w[1], "w[0] ** 2 + 10 * w[1]", [3, 1], 0.1),
        case(lambda w: w[0] ** 2 * w[1], "w[0] ** 2 * w[1]", [2, 3], 0.1),
        case(lambda w: np.sum(w**3) + w[0] * w[2], "np.sum(w ** 3) + w[0] * w[2]", [1, -2, 0.5], 0.01),
    ],
)
