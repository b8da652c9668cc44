"""3.9: RMSprop, to mend."""

import numpy as np

from course_utils.exercises.forms import Function


def rmsprop_steps(gradients, learning_rate, rho, epsilon):
    """Return a right answer to 3.9."""
    average, steps = 0.0, []
    for gradient in gradients:
        average = rho * average + (1 - rho) * gradient**2
        size = np.sqrt(average + epsilon)
        steps.append(-learning_rate * gradient / size)
    return steps


exercise = Function(
    rmsprop_steps,
    given=[
        ("rho * average + (1 - rho) * gradient**2", "(1 - rho) * average + rho * gradient"),
        ("(average + epsilon)", "(average**2 + epsilon)"),
    ],
    cases=[
        ([1.0], 0.1, 0.75, 0.01),
        ([1.0, 1.0], 0.1, 0.75, 0.01),
        ([1.0, -1.0, 1.0], 0.1, 0.75, 0.01),
        ([3.0, 0.0, -0.5], 0.1, 0.9, 0.25),
        (np.array([[0.1, 10.0], [0.1, -10.0], [0.2, 5.0]]), 0.01, 0.9, 0.001),
    ],
)
