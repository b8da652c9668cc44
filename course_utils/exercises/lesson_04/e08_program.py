"""4.8: a program to read."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="bde")
