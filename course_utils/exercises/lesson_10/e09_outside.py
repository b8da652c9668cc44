"""10.9: what outside data shows."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdefg", right="bcf")
