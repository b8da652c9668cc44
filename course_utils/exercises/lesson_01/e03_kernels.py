"""1.3: sixteen kernels."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdefg", right="bce")
