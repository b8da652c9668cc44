"""1.5: which layer it is."""

from course_utils.exercises.forms import Words

exercise = Words(
    {
        "spot": "max",
        "order": "convolution",
        "noise": "average",
        "weights": "convolution",
        "comparisons": "max",
        "mean": "average",
    },
    words=("max", "average", "convolution"),
    variable="which",
)
