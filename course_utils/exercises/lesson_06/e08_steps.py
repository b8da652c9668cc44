"""6.8: a step that no picture asks for."""

import numpy as np

from course_utils.exercises.forms import Values

WEIGHTS, RATE, L2, L1, DECAY = np.array([2.0, 0.2, 0.02]), 0.1, 0.05, 0.3, 0.2

exercise = Values(
    {
        "SGD with L2": WEIGHTS * (1 - RATE * 2 * L2),
        "SGD with L1": WEIGHTS - RATE * L1,
        "Adam with L2": WEIGHTS - RATE,
        "AdamW": WEIGHTS * (1 - RATE * DECAY),
    },
    variable="steps",
    rtol=2.5e-3,
    atol=2e-5,
)
