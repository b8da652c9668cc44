"""1.6: five layers deep."""

from course_utils.exercises.forms import Value

exercise = Value(41)
