"""3.13: AdamW."""

import numpy as np

from course_utils.exercises.forms import Function


def adamw_path(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """Return a right answer to 3.13."""
    mean, square, path = 0.0, 0.0, []
    for step, gradient in enumerate(gradients, start=1):
        mean = beta_1 * mean + (1 - beta_1) * gradient
        square = beta_2 * square + (1 - beta_2) * gradient**2
        corrected = mean / (1 - beta_1**step)
        size = np.sqrt(square / (1 - beta_2**step)) + epsilon
        move = learning_rate * corrected / size
        decay = learning_rate * weight_decay * weights
        weights = weights - decay - move
        path.append(weights)
    return path


exercise = Function(
    adamw_path,
    cases=[
        (np.array([0.0]), np.array([[0.1]]), 0.5, 0.0, 0.9, 0.999),
        (np.array([0.0]), np.array([[0.1], [0.1]]), 0.5, 0.0, 0.9, 0.999),
        (np.array([0.0]), np.array([[2.0], [-1.0], [0.5]]), 0.5, 0.0, 0.9, 0.999),
        (np.array([0.0]), np.array([[0.001], [0.002]]), 0.5, 0.0, 0.5, 0.5),
        (np.array([4.0]), np.array([[0.1]]), 0.5, 0.2, 0.9, 0.999),
        (np.array([4.0]), np.array([[1.0], [-2.0], [0.2]]), 0.25, 0.5, 0.5, 0.75),
        (np.array([1.0, -2.0]), np.array([[0.1, -100.0], [0.3, 50.0], [-0.1, 20.0]]), 0.1, 0.3, 0.8, 0.99),
    ],
)
