"""9.7: refused pictures."""

from course_utils.exercises.forms import Values

exercise = Values(
    {"before": 80 / 1000, "after": 36 / 900, "sent_away": 100 / 1000, "not_helped": 136 / 1000},
    variable="quality",
)
