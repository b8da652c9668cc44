"""7.7: more people or more pictures."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "gate": "people",
        "phone": "pictures",
        "archive": "undecided",
        "club": "untrained",
        "school": "people",
        "studio": "undecided",
    },
    words=("untrained", "pictures", "people", "undecided"),
    variable="purchases",
)
