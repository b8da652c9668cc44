"""10.3: six reports on LFW."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "width": "choice",
        "flips": "sound",
        "everybody": "people",
        "folds": "threshold",
        "seeds": "choice",
        "upside_down": "sound",
    },
    words=("sound", "choice", "threshold", "people"),
    variable="reports",
)
