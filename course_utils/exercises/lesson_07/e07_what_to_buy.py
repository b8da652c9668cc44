"""7.7: more people or more pictures."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "gate": "people",
        "phone": "pictures",
        "archive": "undecided",
        "club": "no verdict",
        "school": "people",
        "studio": "undecided",
    },
    words=("no verdict", "pictures", "people", "undecided"),
    variable="purchases",
)
