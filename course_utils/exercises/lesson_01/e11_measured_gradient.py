"""1.11: a gradient that nobody derived."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def measured_gradient(loss, weights, step):
    """Return a right answer to 1.11."""
    result = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        up, down = weights.astype(float), weights.astype(float)
        up[place] += step
        down[place] -= step
        result[place] = (loss(up) - loss(down)) / (2 * step)
    return result


def moved_for_good(loss, weights, step):
    """Move the weights that were given, and leave them so."""
    result = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        weights[place] += step
        up = loss(weights)
        weights[place] -= 2 * step
        result[place] = (up - loss(weights)) / (2 * step)
    return result


def case(loss, values, step):
    """Return the arguments of a call, with the loss written as code."""
    shown = f"measured_gradient(lambda w: {loss}, np.array({values}), {step})"
    return Case(eval(f"lambda w: {loss}"), np.array(values), step, shown=shown)


SQUARES, CUBES, PRODUCT = "np.sum(w**2)", "np.sum(w**3)", "np.prod(w) + w.ravel()[0] ** 3"

exercise = Function(
    measured_gradient,
    cases=[
        case(SQUARES, [3.0], 0.5),
        case(SQUARES, [3.0, -1.0], 0.5),
        case(CUBES, [2.0, 1.0], 0.25),
        case(PRODUCT, [2.0, 3.0, 0.5], 0.5),
        case(CUBES, [2, 1], 0.5),
        case(PRODUCT, [[1.0, 2.0, -1.0], [3.0, 0.5, 1.5]], 0.25),
    ],
)
