"""7.1: eight bits for each weight, to complete."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def in_int8(kernel):
    """Return a right answer to 7.1."""
    largest = np.abs(kernel).max(axis=(0, 1, 2))
    scales = np.where(largest > 0, largest / 127, 1)
    return np.round(kernel / scales), scales


def one_for_all(kernel):
    """Use the largest weight of the whole kernel for every output."""
    largest = np.abs(kernel).max()
    scales = np.full(kernel.shape[-1], largest / 127 if largest > 0 else 1)
    return np.round(kernel / scales), scales


def from_smallest_to_largest(kernel):
    """Spread each output's weights over all whole numbers, with a zero that moves."""
    low, high = kernel.min(axis=(0, 1, 2)), kernel.max(axis=(0, 1, 2))
    scales = np.where(high > low, (high - low) / 255, 1)
    return np.round((kernel - low) / scales) - 128, scales


def case(seed, *shape):
    """Return a case of a random kernel, whose outputs differ in size."""
    random = np.random.default_rng(seed)
    kernel = random.normal(size=shape) * np.geomspace(1, 0.05, shape[-1])
    return Case(kernel, shown=f"in_int8(...) of a kernel of shape {shape}")


FLAT = np.array([[[[0.5, -0.02], [-1.27, 0.012]]]])  # no weight lies in the middle of two whole numbers

exercise = Function(
    in_int8,
    cases=[
        (np.array([[[[0.3], [-1.0], [0.62]]]]),),
        (FLAT,),
        (np.array([[[[0.5, 0.0], [0.2, 0.0]]]]),),
        case(1, 3, 3, 2, 4),
        case(2, 1, 5, 3, 6),
    ],
)
