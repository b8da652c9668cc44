"""3.3: the price of less noise."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array

WRONG_PICTURES = {48: "in proportion", 24: "root turned round", 16: "times instead of pictures"}
WRONG_STEPS = {
    160: "steps as before",
    1920: "one step for each picture",
    192: "pictures, not steps",
    16: "how many times fewer",
}


def judge_batch(pictures, steps):
    """Look at the size of the batch, then at the steps."""
    pictures, steps = as_array(pictures), as_array(steps)
    if pictures.size != 1 or steps.size != 1:
        yield "one number"
    pictures, steps = float(np.real(pictures.item())), float(np.real(steps.item()))
    yield from (hint for number, hint in WRONG_PICTURES.items() if abs(pictures - number) < 0.5)
    if pictures == 1920:
        yield "whole set"
    if pictures < 12:
        yield "fewer pictures"
    if not abs(pictures - 192) < 0.5:
        yield "other pictures"
    yield from (hint for number, hint in WRONG_STEPS.items() if abs(steps - number) < 0.5)
    if not abs(steps - 10) < 0.05:
        yield "other steps"


exercise = Custom(judge_batch, answers=2, right=[(192, 10)])
