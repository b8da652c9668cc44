"""3.4: the first step of Adam and of AdamW."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array

ADAM = (-0.01, 0.01)
WRONG_ADAM = {
    "as gradient descent": [(-0.0002, 5)],
    "uphill": [(0.01, -0.01), (0.0002, -5)],
    "signs ignored": [(0.01, 0.01), (-0.01, -0.01)],
    "no correction": [(-0.0316, 0.0316)],
    "only one correction": [(-0.316, 0.316), (-0.001, 0.001)],
    "without the rate": [(-1, 1)],
}
ADAMW = 0.007
WRONG_ADAMW = {
    "no decay": 0.01,
    "decay without the rate": -0.29,
    "decay adds": 0.013,
    "weight, not step": 3.007,
    "decay not of the weight": 0.009,
}


def judge_first_steps(steps):
    """Look at the two steps of Adam together, then at that of AdamW."""
    steps = as_array(steps)
    if steps.shape != (3,):
        yield "three numbers"
    adam, adamw = steps[:2], steps[2]
    for hint, pairs in WRONG_ADAM.items():
        if any(np.allclose(adam, pair, rtol=0.02, atol=0) for pair in pairs):
            yield hint
    if not np.allclose(adam, ADAM, rtol=0.02, atol=0):
        yield "other step of Adam"
    yield from (hint for hint, step in WRONG_ADAMW.items() if np.isclose(adamw, step, rtol=0.01, atol=0))
    if not np.isclose(adamw, ADAMW, rtol=0.01, atol=0):
        yield "other step of AdamW"


exercise = Custom(judge_first_steps, right=[([*ADAM, ADAMW],)])
