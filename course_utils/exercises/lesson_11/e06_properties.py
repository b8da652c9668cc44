"""11.6: which property is broken."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "two_lists": "unlinkability",
        "folder": "irreversibility",
        "same_key": "none",
        "reissued": "renewability",
        "half": "irreversibility",
        "strangers": "none",
        "means": "unlinkability",
    },
    words=("renewability", "irreversibility", "unlinkability", "none"),
    variable="broken",
)
