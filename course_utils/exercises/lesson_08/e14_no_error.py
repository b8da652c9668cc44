"""8.14: no error in a hundred."""

from course_utils.exercises.forms import Values

exercise = Values({"unseen": 0.99**100, "plausible": 3 / 100, "needed": 3000}, variable="evidence", rtol=0.02)
