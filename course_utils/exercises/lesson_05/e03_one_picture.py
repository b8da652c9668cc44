"""5.3: one picture for predict, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def prepare(picture):
    """Return a right answer to 5.3."""
    return picture[np.newaxis] / 255


def picture(*values, shape):
    """Return a picture of these values."""
    return np.array(values, dtype="uint8").reshape(shape)


exercise = Function(
    prepare,
    given=[("[np.newaxis] / 255", "[:, np.newaxis] / picture.max()")],
    cases=[
        (picture(51, 102, 204, shape=(1, 1, 3)),),
        (picture(0, 51, 255, 102, 204, 153, shape=(2, 1, 3)),),
        (picture(*range(0, 180, 10), shape=(2, 3, 3)),),
        Case(np.zeros((2, 2, 3), dtype="uint8"), shown="prepare(...) of a black picture, of shape (2, 2, 3)"),
    ],
)
