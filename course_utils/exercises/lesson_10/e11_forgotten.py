"""10.11: what was forgotten."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "warm": "step",
        "curve": "history",
        "digit": "random",
        "slow": "optimizer",
        "twice": "order",
        "worse": "statistics",
    },
    words=("optimizer", "step", "statistics", "order", "random", "history"),
    variable="forgotten",
)
