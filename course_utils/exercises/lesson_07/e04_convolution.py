"""7.4: the work of a convolution, by hand."""

from course_utils.exercises.forms import Values

OPERATIONS = 2 * 3 * 3 * 16 * 10 * 10 * 32
WEIGHTS, PICTURE = 4 * 3 * 3 * 16 * 32, 4 * 10 * 10 * (16 + 32)

exercise = Values(
    {
        "operations": OPERATIONS,
        "moved": WEIGHTS + PICTURE,
        "moved_eight": WEIGHTS + 8 * PICTURE,
        "speed_one": 4 * OPERATIONS / (WEIGHTS + PICTURE),
        "speed_eight": 120,
        "more_memory": 120,
    },
    variable="work",
    rtol=1.5e-3,
)
