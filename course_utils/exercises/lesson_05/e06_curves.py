"""5.6: learning curves."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcd", right="ac")
