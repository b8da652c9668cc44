"""3.10: a learning rate that goes up, down and stays level."""

import math

from course_utils.exercises.forms import Function


def learning_rate_at(step, steps, warmup_steps, highest, lowest):
    """Return a right answer to 3.10."""
    if step < warmup_steps:
        return highest * step / warmup_steps
    share = min((step - warmup_steps) / (steps - warmup_steps), 1)
    cosine = math.cos(math.pi * share)
    return lowest + (highest - lowest) * (1 + cosine) / 2


exercise = Function(
    learning_rate_at,
    cases=[
        *((step, 8, 0, 1.0, 0.0) for step in (0, 8, 4, 2, 20)),
        *((step, 12, 4, 1.0, 0.0) for step in (0, 1, 3, 4, 8, 11, 12, 13)),
        *((step, 12, 4, 0.5, 0.1) for step in (2, 4, 7, 12, 15)),
    ],
)
