"""Answers to 3.8: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils.from_scratch import optimizers


def momentum_as_in_pytorch(gradients, learning_rate, momentum, nesterov):
    """The velocity without the rate, which comes in at the end."""
    velocity, steps = 0, []
    for gradient in gradients:
        velocity = momentum * velocity + gradient
        steps.append(-learning_rate * (gradient + momentum * velocity if nesterov else velocity))
    return np.array(steps)


def momentum_with_a_class(gradients, learning_rate, momentum, nesterov):
    optimizer = optimizers.SGD(learning_rate, momentum, nesterov)
    return [optimizer.update(0, gradient) for gradient in gradients]


def momentum_with_a_closure(gradients, learning_rate, momentum, nesterov):
    velocity = 0.0

    def step(gradient):
        nonlocal velocity
        push = -learning_rate * gradient
        velocity = momentum * velocity + push
        return momentum * velocity + push if nesterov else velocity

    return tuple(map(step, gradients))


def momentum_summed_up(gradients, learning_rate, momentum, nesterov):
    """Every past gradient, by its weight of today."""
    gradients = np.asarray(gradients, dtype=float)
    sums = [sum(momentum**age * gradients[now - age] for age in range(now + 1)) for now in range(len(gradients))]
    velocities = -learning_rate * np.array(sums)
    return momentum * velocities - learning_rate * gradients if nesterov else velocities


def momentum_last_step(gradients, learning_rate, momentum, nesterov):
    return momentum_with_a_class(gradients, learning_rate, momentum, nesterov)[-1]


def momentum_squared(gradients, learning_rate, momentum, nesterov):
    return momentum_with_a_class(gradients, learning_rate, momentum**2, nesterov)


RIGHT = [momentum_as_in_pytorch, momentum_with_a_class, momentum_with_a_closure, momentum_summed_up]

WRONG = [
    ("smallest case", momentum_squared),
    ("smallest case", momentum_last_step),
    ("arguments", lambda gradients, learning_rate: gradients),
]
