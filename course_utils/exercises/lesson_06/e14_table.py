"""6.14: a table in place of a habit."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="ade")
