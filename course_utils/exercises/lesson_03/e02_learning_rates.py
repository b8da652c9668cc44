"""3.2: creep, work, swing, diverge."""

from course_utils.exercises.forms import Words

exercise = Words(
    {0.002: "creeps", 0.06: "works", 0.15: "swings", 0.19: "swings", 0.25: "diverges"},
    words=("creeps", "works", "swings", "diverges"),
    variable="fates",
)
