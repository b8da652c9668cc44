"""4.4: a face in a face, CutMix."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def cut_mix(first, second, first_label, second_label, top, left, height, width):
    """Return a right answer to 4.4."""
    covered = np.zeros(first.shape[:2], dtype=bool)
    covered[top : top + height, left : left + width] = True
    share = covered.mean()
    mixed = np.where(covered[..., None], second, first)
    return mixed, (1 - share) * first_label + share * second_label


def case(rows, columns, *rectangle, people=2, shown=""):
    """Return the arguments of a call, of the first and the last person."""
    first = np.arange(10.0, 10 + rows * columns).reshape(rows, columns, 1)
    return Case(first, first + 40, np.eye(people)[0], np.eye(people)[-1], *rectangle, shown=shown)


LARGEST = (
    "cut_mix(...) of two pictures of 5 x 6 pixels, of the first and the last of four people, with the rectangle top=1, "
    "left=3, height=2, width=9"
)

exercise = Function(
    cut_mix,
    cases=[
        case(1, 2, 0, 1, 1, 1),
        case(1, 4, 0, 0, 1, 1),
        case(1, 4, 0, 1, 1, 3),
        case(2, 2, 0, 1, 1, 1),
        case(2, 4, 0, 1, 1, 2),
        case(2, 2, 1, 1, 2, 2),
        case(4, 4, 2, 1, 2, 3, people=3),
        case(5, 6, 1, 3, 2, 9, people=4, shown=LARGEST),
    ],
)
