"""8.11: shifted crops."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="adf")
