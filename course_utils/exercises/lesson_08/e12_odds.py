"""8.12: from a score to a probability."""

from course_utils.exercises.forms import Values

exercise = Values(
    {"odds": 19, "rare": 19 / (19 + 99), "common": 19 * 9 / (19 * 9 + 1)}, variable="beliefs", rtol=0.0005
)
