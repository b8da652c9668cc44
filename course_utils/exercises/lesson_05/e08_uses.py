"""5.8: three questions."""

from course_utils.exercises.forms import Words

exercise = Words(
    {"camera": "face", "phone": "same", "school": "who", "passport": "same", "door": "same"},
    words=("face", "who", "same"),
    variable="uses",
)
