"""3.5: six troubles, six remedies."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "agree": "momentum",
        "ahead": "Nesterov",
        "sizes": "RMSprop",
        "wanders": "schedule",
        "start": "warm-up",
        "outlier": "clipping",
    },
    words=("clipping", "schedule", "momentum", "warm-up", "RMSprop", "Nesterov"),
    variable="remedies",
)
