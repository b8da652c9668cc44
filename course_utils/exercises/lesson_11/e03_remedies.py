"""11.3: three remedies and what they cost."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdefgh", right="adf")
