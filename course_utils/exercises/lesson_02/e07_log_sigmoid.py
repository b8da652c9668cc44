"""2.7: the logarithm of a sigmoid that holds, to mend."""

import numpy as np

from course_utils.exercises.forms import Function
from course_utils.from_scratch import losses  # noqa: F401 - the mistakes in the text use it


def log_sigmoid(logits):
    """Return a right answer to 2.7."""
    return np.minimum(logits, 0) - np.log1p(np.exp(-np.abs(logits)))


def as_given(logits):
    """Return what the exercise hands out."""
    return np.log(np.maximum(1 / (1 + np.exp(-logits)), 1e-7))


exercise = Function(
    log_sigmoid,
    given=as_given,
    cases=[
        (np.array([0.0]),),
        (np.array([2.0]),),
        (np.array([-2.0]),),
        (np.array([1.0, -3.0]),),
        (np.array([1000.0]),),
        (np.array([-30.0]),),
        (np.array([-1000.0]),),
        (np.array([[2.0, -800.0], [-0.5, 900.0]]),),
        (np.array([-20000.0]),),
    ],
)
