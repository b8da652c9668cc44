"""11.11: three rates by hand."""

from course_utils.exercises.forms import Values

exercise = Values(
    {"prints": 0.04, "apcer": 0.4, "bpcer": 0.05, "masks": 0.15, "mmpmr": 0.4},
    variable="attack_rates",
    rtol=1e-3,
)
