"""2.3: one threshold, written twice."""

from course_utils.exercises.forms import Value

exercise = Value(1 - 1.2**2 / 2, rtol=0, atol=0.004)
