"""10.4: two folds by hand."""

from course_utils.exercises.forms import Values

exercise = Values(
    {"own_fold": 1.0, "all_pairs": 0.875, "other_fold": 0.625, "flatters": 0.375, "coin": 0.75},
    variable="accuracies",
    rtol=1e-3,
)
