"""7.3: a faster chip."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdefg", right="bef")
