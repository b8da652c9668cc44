"""4.2: contrast doubled, cut, and halved again."""

from course_utils.exercises.forms import Values

exercise = Values({"doubled": [0, 80, 160, 200], "back": [55, 95, 135, 155]})
