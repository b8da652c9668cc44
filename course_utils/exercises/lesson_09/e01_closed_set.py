"""9.1: what a rank leaves out."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="ace")
