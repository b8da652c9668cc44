"""5.8: four questions."""

from course_utils.exercises.forms import Words

exercise = Words(
    {"camera": "face", "phone": "same", "school": "who", "passport": "same", "door": "search"},
    words=("face", "who", "same", "search"),
    variable="uses",
)
