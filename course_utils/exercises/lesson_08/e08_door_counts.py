"""8.8: comparisons and attempts at a door."""

from course_utils.exercises.forms import Values

exercise = Values({"fmr": 9 / 1800, "fnmr": 24 / 480, "far": 9 / 2000, "frr": 44 / 500}, variable="rates")
