"""10.1: which column."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "pairs": "restricted",
        "actors": "outside",
        "heads": "rendered",
        "names": "unrestricted",
        "painter": "generated",
        "pixels": "restricted",
    },
    words=("outside", "generated", "unrestricted", "restricted", "rendered"),
    variable="columns",
)
