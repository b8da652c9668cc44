"""3.5: six troubles, six remedies."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "agree": "momentum",
        "overshoots": "Nesterov",
        "sizes": "RMSprop",
        "wanders": "schedule",
        "start": "warm-up",
        "outlier": "clipping",
    },
    words=("clipping", "momentum", "Nesterov", "RMSprop", "schedule", "warm-up"),
    variable="remedies",
)
