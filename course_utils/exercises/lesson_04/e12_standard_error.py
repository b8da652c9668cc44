"""4.12: how sure the gain of ten copies is, from the pictures that changed."""

import numpy as np

from course_utils.exercises.forms import Values

RIGHT, WRONG, ALL = 11, 3, 200
GAIN = (RIGHT - WRONG) / ALL
ERROR = np.sqrt(((RIGHT + WRONG) / ALL - GAIN**2) / ALL)

exercise = Values({"gain": GAIN, "standard_error": ERROR}, rtol=0, atol=0.0006)
