"""7.10: what may be compared."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "A and B": "method",
        "B and C": "chance",
        "A and D": "data",
        "C and E": "test",
        "D and F": "data",
        "D and E": "test",
        "B and G": "chance",
    },
    words=("test", "data", "chance", "method"),
    variable="differences",
)
