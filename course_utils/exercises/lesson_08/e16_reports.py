"""8.16: six reports."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "airport": "few",
        "school": "pictures",
        "bank": "threshold",
        "library": "sound",
        "gym": "dominated",
        "archive": "reversed",
    },
    words=("pictures", "threshold", "reversed", "dominated", "few", "sound"),
    variable="faults",
)
