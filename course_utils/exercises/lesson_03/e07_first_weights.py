"""3.7: how large the first weights are, and how many units differ."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array

RIGHT = {"he": np.sqrt(2 / 800), "left": 0.5**10, "different": 1}
WRONG = {
    "he": {
        "variance": 2 / 800,
        "without the two": np.sqrt(1 / 800),
        "outputs": np.sqrt(2 / 200),
        "Glorot": np.sqrt(2 / 1000),
    },
    "left": {
        "one layer": 0.5,
        "in proportion": 0.5 / 10,
        "variance halved": np.sqrt(0.5) ** 10,
        "variance of the numbers": 0.25**10,
        "grows": 2.0**10,
    },
    "different": {"none equal": 200, "none left": 0},
}


def judge_first_weights(*answers):
    """Look at the three numbers in their order."""
    answers = [as_array(answer) for answer in answers]
    if any(answer.size != 1 for answer in answers):
        yield "one number"
    for (name, right), answer in zip(RIGHT.items(), answers, strict=True):
        number = float(np.real(answer.item()))
        if np.isclose(number, right, rtol=0.03, atol=0):
            continue
        yield from (hint for hint, wrong in WRONG[name].items() if np.isclose(number, wrong, rtol=0.02, atol=0))
        yield f"other {name}"


exercise = Custom(judge_first_weights, answers=3, right=[tuple(RIGHT.values())])
