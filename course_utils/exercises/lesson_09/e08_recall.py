"""9.8: how many neighbours were found, to complete."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def recall(found, exact):
    """Return a right answer to 9.8."""
    return np.mean([np.isin(wanted, row).mean() for wanted, row in zip(exact, found, strict=True)])


def all_or_nothing(found, exact):
    """Count a search only if all its neighbours were found."""
    return np.mean([np.isin(wanted, row).all() for wanted, row in zip(exact, found, strict=True)])


def any_of_them(found, exact):
    """Count a search if one of its neighbours was found."""
    return np.mean([np.isin(wanted, row).any() for wanted, row in zip(exact, found, strict=True)])


def of_both(found, exact):
    """Divide by all neighbours that either search names."""
    pairs = [({*row}, {*wanted}) for row, wanted in zip(found, exact, strict=True)]
    return np.mean([len(row & wanted) / len(row | wanted) for row, wanted in pairs])


FOUND, EXACT = np.array([[4, 1, 9], [2, 0, 7], [5, 3, 8]]), np.array([[1, 4, 6], [2, 0, 7], [6, 9, 1]])
SHUFFLED = np.random.default_rng(0).permuted(np.tile(np.arange(12), (20, 1)), axis=1)

exercise = Function(
    recall,
    cases=[
        (np.array([[3]]), np.array([[3]])),
        (np.array([[3], [5]]), np.array([[3], [1]])),
        (np.array([[3], [5]]), np.array([[5], [3]])),
        (np.array([[3, 5]]), np.array([[5, 3]])),
        (np.array([[4, 1, 9]]), np.array([[1, 4, 6]])),
        (FOUND, EXACT),
        Case(SHUFFLED[:10, :5], SHUFFLED[10:, :5], shown="recall(...) of ten searches with five neighbours each"),
    ],
)
