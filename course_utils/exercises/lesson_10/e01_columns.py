"""10.1: which column."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "pairs": "restricted",
        "aligned": "label-free",
        "actors": "outside",
        "heads": "rendered",
        "names": "unrestricted",
        "painter": "generated",
        "pixels": "restricted",
    },
    words=("outside", "generated", "unrestricted", "label-free", "restricted", "rendered"),
    variable="columns",
)
