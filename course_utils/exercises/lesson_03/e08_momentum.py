"""3.8: momentum, and Nesterov's form of it."""

import numpy as np

from course_utils.exercises.forms import Function

GRADIENTS = np.array([[1.0, 10.0], [1.0, -10.0], [0.5, 10.0]])


def momentum_steps(gradients, learning_rate, momentum, nesterov):
    """Return a right answer to 3.8."""
    velocity, steps = 0.0, []
    for gradient in gradients:
        push = -learning_rate * gradient
        velocity = momentum * velocity + push
        steps.append(push + momentum * velocity if nesterov else velocity)
    return steps


exercise = Function(
    momentum_steps,
    cases=[
        ([1.0], 0.1, 0.8, False),
        ([1.0, 1.0], 0.1, 0.8, False),
        ([2.0, -1.0, 0.0], 0.5, 0.5, False),
        ([1.0], 0.1, 0.8, True),
        ([1.0, 1.0, -2.0], 0.1, 0.8, True),
        (GRADIENTS, 0.2, 0.9, False),
        (GRADIENTS, 0.2, 0.9, True),
    ],
)
