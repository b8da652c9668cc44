"""11.4: who was in the training set."""

from course_utils.exercises.forms import Values

exercise = Values(
    {"overfitted": 0.9375, "regularised": 0.5625, "scaled": 0.9375, "deleted": 0.9375, "accused": 0.75, "guess": 0.5},
    variable="attack",
    rtol=1e-3,
)
