"""9.12: what a log tells."""

from course_utils.exercises.forms import Values

exercise = Values({"people": 1, "templates": 2, "suspicious": 8}, variable="from_the_log")
