"""7.8: wrong names, by hand."""

from course_utils.exercises.forms import Values

exercise = Values(
    {
        "by_heart": 0.8,
        "unmoved": 0.8,
        "swallowed": 0.7,
        "possible": [0.7, 0.9],
        "guessing": 0.02,
        "cleaned": [200, 0],
    },
    variable="named",
)
