"""4.7: what the settings of Keras's layers mean."""

from course_utils.exercises.forms import Values

exercise = Values(
    {"degrees": 36, "upside_down": 0.5, "eye": 20, "added": 51, "places": 1},
    variable="settings",
    also={"degrees": -36},  # both ends of the range are right
    rtol=0.005,
)
