"""11.13: which article, and from when."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "album": "household",
        "archive": "too early",
        "webcams": "scraping",
        "boredom": "emotion",
        "festival": "authorised",
        "landlord": "china",
        "duties": "too early",
    },
    words=("authorised", "china", "emotion", "household", "scraping", "too early"),
    variable="deciding",
)
