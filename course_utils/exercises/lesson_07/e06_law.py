"""7.6: a law and its last point, to complete."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def law_error(numbers, errors):
    """Return a right answer to 7.6."""
    exponent, logarithm = np.polyfit(np.log(numbers[:-1]), np.log(errors[:-1]), 1)
    predicted = np.exp(logarithm) * numbers[-1] ** exponent
    return (predicted - errors[-1]) / errors[-1]


def straight_line(numbers, errors):
    """Fit a straight line to the values themselves."""
    slope, start = np.polyfit(numbers[:-1], errors[:-1], 1)
    return (start + slope * numbers[-1] - errors[-1]) / errors[-1]


def logarithm_of_numbers(numbers, errors):
    """Fit a straight line to the errors and the logarithms of the numbers."""
    return straight_line(np.log(numbers), errors)


def logarithm_of_errors(numbers, errors):
    """Fit a straight line to the logarithms of the errors and the numbers."""
    slope, start = np.polyfit(numbers[:-1], np.log(errors[:-1]), 1)
    return (np.exp(start + slope * numbers[-1]) - errors[-1]) / errors[-1]


def two_last_points(numbers, errors):
    """Draw the line through the last two points before the one that is kept out."""
    exponent = np.log(errors[-2] / errors[-3]) / np.log(numbers[-2] / numbers[-3])
    return (errors[-2] * (numbers[-1] / numbers[-2]) ** exponent - errors[-1]) / errors[-1]


def in_logarithms(numbers, errors):
    """Return the difference of the logarithms."""
    return np.log(law_error(numbers, errors) + 1)


def first_kept_out(numbers, errors):
    """Keep the first point out."""
    return law_error(numbers[::-1], errors[::-1])


def case(seed, points):
    """Return a case of errors that fall nearly as a power of the number."""
    random = np.random.default_rng(seed)
    numbers = 10.0 * np.cumprod(random.integers(2, 4, size=points))
    errors = 0.9 * numbers ** random.uniform(-0.5, -0.2) * np.exp(random.normal(scale=0.1, size=points))
    return Case(numbers, errors, shown=f"law_error(...) of {points} points, the law fitted to {points - 1}")


exercise = Function(
    law_error,
    cases=[
        (np.array([10.0, 20.0, 40.0]), np.array([0.4, 0.2, 0.2])),
        (np.array([10.0, 20.0, 40.0, 80.0]), np.array([0.4, 0.36, 0.3, 0.15])),
        case(1, 5),
        case(2, 6),
        case(3, 8),
    ],
)
