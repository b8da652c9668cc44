"""6.1: five pairs of curves."""

from course_utils.exercises.forms import Words

exercise = Words(
    {"A": "rate", "B": "overfitting", "C": "leak", "D": "underfitting", "E": "small"},
    words=("overfitting", "underfitting", "small", "leak", "rate", "early"),
    variable="diagnoses",
)
