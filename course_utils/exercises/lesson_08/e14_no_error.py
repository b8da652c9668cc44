"""8.14: no error in a hundred."""

import math

from course_utils.exercises.forms import Values

exercise = Values(
    {"unseen": 0.99**100, "plausible": 3 / 100, "needed": 3000},
    variable="evidence",
    also={"unseen": math.exp(-1), "plausible": 1 - 0.05 ** (1 / 100), "needed": math.log(0.05) / math.log(0.999)},
    rtol=0.0005,
)
