"""11.9: what epsilon promises."""

import math

from course_utils.exercises.forms import Values

exercise = Values(
    {
        "refused": 0.04 * math.e,
        "six_pictures": 3.0,
        "three_runs": 1.5,
        "caught": 0.01 * math.e,
        "named": 5,
        "more_people": 0.01,
    },
    variable="promise",
    also={"refused": 0.109, "caught": 0.0272},
    rtol=1.5e-4,
)
