"""4.12: how sure an accuracy over ten copies is."""

from course_utils.exercises.forms import Value

exercise = Value((0.75 * 0.25 / 80) ** 0.5, rtol=0, atol=0.0006)
