"""8.9: two curves that cross."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="acd")
