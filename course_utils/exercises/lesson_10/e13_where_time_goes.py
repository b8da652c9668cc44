"""10.13: where the time goes."""

from course_utils.exercises.forms import Values

exercise = Values(
    {"faster": 41, "limit": 101 / 37, "overlapped": 36, "mixed": 36, "workers": 8},
    variable="profile",
    rtol=5e-4,
)
