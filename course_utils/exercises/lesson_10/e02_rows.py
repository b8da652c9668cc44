"""10.2: which rows may be compared."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdefg", right="adg")
