"""4.10: what the copies buy."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcde", right="ac")
