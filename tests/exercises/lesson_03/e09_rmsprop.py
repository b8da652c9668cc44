"""Answers to 3.9: right ones, and wrong ones with the hint that each must get."""

import itertools

import numpy as np

from course_utils.from_scratch import optimizers


def rmsprop_with_a_class(gradients, learning_rate, rho, epsilon):
    optimizer = optimizers.RMSprop(learning_rate, rho, epsilon)
    return np.array([optimizer.update(0, gradient) for gradient in gradients])


def rmsprop_moving_towards(gradients, learning_rate, rho, epsilon):
    """The average goes a part of the way to each new square."""
    average, steps = 0.0, []
    for gradient in gradients:
        average += (1 - rho) * (gradient * gradient - average)
        steps.append(-learning_rate * gradient * (average + epsilon) ** -0.5)
    return tuple(steps)


def rmsprop_accumulated(gradients, learning_rate, rho, epsilon):
    squares = itertools.accumulate(gradients, lambda mean, g: rho * mean + (1 - rho) * g**2, initial=0.0)
    next(squares)
    return [-learning_rate * g / np.sqrt(mean + epsilon) for g, mean in zip(gradients, squares, strict=True)]


RIGHT = [rmsprop_with_a_class, rmsprop_moving_towards, rmsprop_accumulated]

WRONG = [
    ("smallest case", lambda gradients, learning_rate, rho, epsilon: [-learning_rate * g for g in gradients]),
    ("smallest case", lambda *arguments: 2 * rmsprop_with_a_class(*arguments)),
]
