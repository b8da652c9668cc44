"""9.9: which index."""

from course_utils.exercises.forms import Words

exercise = Words(
    {"door": "exact", "city": "graph", "preview": "coarse"},
    words=("exact", "fine", "graph", "coarse"),
    variable="indexes",
)
