"""6.12: verdicts on nothing."""

from course_utils.exercises.forms import Value

exercise = Value(1 - 0.95**20, rtol=0, atol=0.005)
