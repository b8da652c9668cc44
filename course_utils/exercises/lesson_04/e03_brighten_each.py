"""4.3: brighter, each for itself, to mend."""

import numpy as np

from course_utils.exercises.forms import Case, Function
from course_utils.exercises.reading import show


def brighten_each(pictures, draw):
    """Return a right answer to 4.3."""
    added = np.array([draw() for _ in pictures]).reshape(-1, 1, 1, 1)
    return (pictures.astype(int) + added).clip(0, 255).astype("uint8")


class Draws:
    """Give the same numbers, one after the other, to every function that is tried."""

    def __init__(self, numbers):
        self.numbers = list(numbers)

    def draw(self):
        """Return the next number, and put it behind the others."""
        self.numbers.append(self.numbers.pop(0))
        return self.numbers[-1]


def case(values, *numbers, shape=(1, 1, 1)):
    """Return the arguments of a call: pictures of this shape, and what is drawn."""
    pictures = np.array(values, dtype="uint8").reshape(-1, *shape)
    of_shape = "" if shape == (1, 1, 1) else f", of shape {pictures.shape},"
    drawn = " and then ".join(map(str, numbers[: len(pictures)]))
    shown = f"brighten_each(...) of pictures{of_shape} with the values {show(values)}, where draw() gives {drawn}"
    return Case(pictures, Draws(numbers).draw, shown=shown)


exercise = Function(
    brighten_each,
    given=[("np.array([draw() for _ in pictures]).reshape(-1, 1, 1, 1)", "draw()"), (".clip(0, 255)", "")],
    cases=[
        case([100], 10),
        case([250], 10),
        case([10], -20),
        case([100, 100], 10, 30),
        case([100] * 4, 10, 30, -20, 50, shape=(2, 1, 1)),
        case([100] * 6, 10, 30, -20, 50, 70, 40, shape=(1, 1, 3)),
        case([20, 240, 120], -40, 30, 7),
    ],
)
