"""The layers of `from_scratch` as steps: forward with a record, and backward through it."""

import numpy as np
import pytest

from course_utils.from_scratch.optimizers import numerical_gradient
from course_utils.from_scratch.steps import Convolution, Dense, Flatten, MaxPool, ReLU


@pytest.fixture
def network():
    """A small network, its pictures, and the arrays that it learns."""
    random = np.random.default_rng(0)
    arrays = [random.normal(size=shape) for shape in ((3, 3, 2, 3), (3,), (12, 2), (2,))]
    pictures = random.normal(size=(2, 6, 6, 2))
    return [Convolution(*arrays[:2]), ReLU(), MaxPool(), Flatten(), Dense(*arrays[2:])], pictures, arrays


def forward(steps, values):
    record = []
    for step in steps:
        record.append((step, values))
        values = step.forward(values)
    return values, record


def test_the_record_replayed_in_reverse_gives_the_gradients_that_are_measured(network):
    steps, pictures, arrays = network
    values, record = forward(steps, pictures)
    gradient, gradients = 2 * values, []
    for step, given in reversed(record):
        gradient, of_weights = step.backward(gradient, given)
        assert gradient.shape == given.shape
        gradients = of_weights + gradients
    assert [one.shape for one in gradients] == [one.shape for one in arrays]

    def loss(array, place):
        moved = [array if number == place else other for number, other in enumerate(arrays)]
        changed = [Convolution(*moved[:2]), *steps[1:4], Dense(*moved[2:])]
        return np.sum(forward(changed, pictures)[0] ** 2)

    for place, derived in enumerate(gradients):
        measured = numerical_gradient(lambda array, place=place: loss(array, place), arrays[place])
        np.testing.assert_allclose(derived, measured, atol=1e-4)
    of_pictures = numerical_gradient(lambda moved: np.sum(forward(steps, moved)[0] ** 2), pictures)
    np.testing.assert_allclose(gradient, of_pictures, atol=1e-4)
