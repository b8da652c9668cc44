"""6.3: what coins prove."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="abe")
