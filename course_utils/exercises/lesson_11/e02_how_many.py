"""11.2: how many people an audit needs."""

from course_utils.exercises.forms import Values

exercise = Values(
    {
        "hundred": 0.08,
        "four_hundred": 0.04,
        "needed": 6400,
        "pictures": 0.08,
        "two_factors": 0.16,
        "none_seen": 0.03,
    },
    variable="audit_size",
    rtol=1e-3,
)
