"""8.2: cosine and distance."""

from course_utils.exercises.forms import Values

exercise = Values(
    {"distance": (2 - 2 * 0.68) ** 0.5, "cosine": 1 - 0.5 / 2, "margin": 0.2 / 2, "matches": 3},
    variable="turned",
    rtol=0.002,
)
