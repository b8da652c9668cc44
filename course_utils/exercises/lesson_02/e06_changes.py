"""2.6: what label smoothing and class weights change."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="bdf")
