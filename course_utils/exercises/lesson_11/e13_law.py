"""11.13: which article, and from when."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "album": "household",
        "archive": "not-yet",
        "webcams": "scraping",
        "pupils": "emotion",
        "festival": "authorised",
        "landlord": "china",
        "duties": "not-yet",
    },
    words=("authorised", "china", "emotion", "high-risk", "household", "scraping", "not-yet"),
    variable="deciding",
)
