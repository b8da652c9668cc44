"""2.5: why the squared error stalls behind a sigmoid."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcde", right="bc")
