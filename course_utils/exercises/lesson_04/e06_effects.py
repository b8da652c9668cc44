"""4.6: which change keeps which label."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "names": "keeps",
        "gaze": "changes",
        "passport": "never",
        "ships": "keeps",
        "hair": "changes",
        "daylight": "changes",
        "lamps": "keeps",
    },
    words=("keeps", "changes", "never"),
    variable="effects",
)
