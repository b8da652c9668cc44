"""2.11: a softmax over cosines with a scale and a margin."""

import numpy as np

from course_utils.exercises.forms import Function
from course_utils.from_scratch.losses import log_softmax


def margin_loss(cosines, people, scale, margin):
    """Return a right answer to 2.11."""
    one_hot = np.eye(cosines.shape[1])[people]
    logits = scale * (cosines - margin * one_hot)
    return -(one_hot * log_softmax(logits)).sum(axis=1).mean()


TWO = np.array([[0.6, 0.2]])
THREE = np.array([[0.6, 0.2, -0.5], [0.1, 0.4, 0.3]])

exercise = Function(
    margin_loss,
    cases=[
        (TWO, np.array([0]), 1.0, 0.0),
        (TWO, np.array([0]), 10.0, 0.0),
        (TWO, np.array([0]), 10.0, 0.1),
        (TWO, np.array([1]), 10.0, 0.3),
        (THREE, np.array([0, 2]), 8.0, 0.0),
        (THREE, np.array([0, 2]), 8.0, 0.35),
        (THREE, np.array([1, 1]), 2000.0, 0.35),
    ],
)
