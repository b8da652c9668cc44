"""2.10: the gradient of the cross-entropy with smoothed labels."""

import numpy as np

from course_utils.exercises.forms import Function
from course_utils.from_scratch import layers


def smoothed_gradient(labels, logits, label_smoothing):
    """Return a right answer to 2.10."""
    classes = logits.shape[1]
    one_hot = np.eye(classes)[labels]
    wanted = one_hot * (1 - label_smoothing) + label_smoothing / classes
    return (layers.softmax(logits) - wanted) / len(logits)


exercise = Function(
    smoothed_gradient,
    cases=[
        (np.array([0]), np.array([[0.0, 0.0]]), 0.0),
        (np.array([1]), np.array([[0.0, 0.0, 0.0]]), 0.3),
        (np.array([2, 0]), np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]), 0.0),
        (np.array([2, 0]), np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]]), 0.3),
        (np.array([1, 0, 3]), np.array([[2.0, 1.0, 0.0, -1.0], [0.5, 0.0, 0.0, 3.0], [0.0, 0.0, 1.0, 0.0]]), 0.1),
    ],
)
