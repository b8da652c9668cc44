"""4.5: what mixing means, and what RandAugment draws."""

from course_utils.exercises.forms import Choice

exercise = Choice(options="abcdef", right="adf")
