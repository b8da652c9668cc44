"""2.4: five runs that went astray."""

from course_utils.exercises.forms import Words

exercise = Words(
    {"forty": "numbers", "glasses": "single", "four": "twice", "crowd": "shuffled", "ages": "each"},
    words=("each", "numbers", "rows", "shuffled", "single", "twice"),
    variable="causes",
)
