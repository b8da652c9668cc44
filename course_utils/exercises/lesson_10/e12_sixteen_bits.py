"""10.12: sixteen bits."""

from course_utils.exercises.forms import Values

exercise = Values(
    {
        "next_float16": 1 + 2**-10,
        "weight": 1.0,
        "bits": 13,
        "margin": 179 / 512,
        "cosine": 0.75,
        "gradient": 0.0,
    },
    variable="rounded",
    also={"margin": 0.3496, "next_float16": 1.00098},
    rtol=1e-5,
    atol=1e-12,
)
