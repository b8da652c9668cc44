"""9.4: a gallery that grows."""

from course_utils.exercises.forms import Values

exercise = Values(
    {
        "thousand": 1 - (1 - 1e-4) ** 1000,
        "ten_thousand": 1 - (1 - 1e-4) ** 10_000,
        "per_day": 200 * (1 - (1 - 1e-4) ** 1000),
        "needed": 1 - 0.99 ** (1 / 1000),
    },
    variable="strangers",
    also={"per_day": 19, "needed": 1e-5},
    rtol=0.0005,
    atol=1e-10,
)
