"""9.5: why the formula misses."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="abe")
