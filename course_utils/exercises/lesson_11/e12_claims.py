"""11.12: what a test of attacks shows."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdefgh", right="bdfg")
