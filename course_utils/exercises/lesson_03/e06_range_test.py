"""3.6: a range test."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array


def judge_rate(rate):
    """Say on which part of the curve the rate lies."""
    rate = as_array(rate)
    if rate.size != 1 or not np.isfinite(rate).all():
        yield "one number"
    rate = float(np.real(rate.item()))
    hints = {
        "exponent": rate <= 0,
        "position": rate > 1 and rate == round(rate),
        "a loss": rate in (0.51, 0.69),
        "level": rate < 0.005,
        "edge": 0.07 < rate < 0.15,
        "beyond": rate >= 0.15,
    }
    yield from (hint for hint, applies in hints.items() if applies)


exercise = Custom(judge_rate, right=[(0.01,), (0.02,), (0.05,)])
