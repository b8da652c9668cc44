"""4.11: which way a head looks, from several copies of each picture, some of them mirrored."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def directions_from_copies(probabilities, mirrored):
    """Return a right answer to 4.11."""
    exchanged = np.where(mirrored[:, None, None], probabilities[:, :, ::-1], probabilities)
    return exchanged.mean(axis=0).argmax(axis=1)


def case(left, mirrored, shown=None):
    """Return the arguments of a call; `left` holds for each copy the probability of left of each picture."""
    left = np.array(left)
    return Case(np.stack([left, 1 - left], axis=-1), np.array(mirrored), shown=shown)


LEFT = np.random.default_rng(3).uniform(size=(5, 7))
WORDS = "directions_from_copies(...) of five copies of seven pictures, the second and the last copy mirrored"

exercise = Function(
    directions_from_copies,
    cases=[
        case([[0.3], [0.4]], [False, False]),
        case([[0.6], [0.1]], [False, True]),
        case([[0.9], [0.4], [0.4]], [False, False, False]),
        case([[0.1], [0.6], [0.6]], [True, True, True]),
        case([[0.6, 0.2], [0.9, 0.3], [0.3, 0.7]], [False, True, False]),
        case([[0.0], [0.9], [0.9]], [False, False, False]),
        case(LEFT, [False, True, False, False, True], shown=WORDS),
    ],
)
