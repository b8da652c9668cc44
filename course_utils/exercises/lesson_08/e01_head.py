"""8.1: five new people and a head."""

from course_utils.exercises.forms import Values

exercise = Values(
    {"thrown_away": 128 * 300 + 300, "sum_for_stranger": 1, "weights_changed": 0, "numbers_stored": 5 * 128},
    variable="enrolment",
    rtol=1e-6,
)
