"""3.1: of what a gradient is taken."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="ace")
