"""5.1: a log to read."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="bcd")
