"""2.1: one step of the logit."""

import math

from course_utils.exercises.forms import Value


def sigmoid(logit):
    """Return the probability that belongs to a logit."""
    return 1 / (1 + math.exp(-logit))


exercise = Value(sigmoid(math.log(0.2 / 0.8) + math.log(8)), rtol=0, atol=0.007)
