"""10.8: who may be trained on, to design."""

import numpy as np

from course_utils.exercises.forms import Case, Function


def may_be_trained_on(first_person, second_person, fold, without):
    """Return a right answer to 10.8."""
    left_out = np.isin(fold, without)
    forbidden = np.union1d(first_person[left_out], second_person[left_out])
    named = np.union1d(first_person[~left_out], second_person[~left_out])
    people = np.setdiff1d(named, forbidden)
    if len(people) == 0:
        raise ValueError("Nobody is left.")
    return people


def case(seed, people, folds, without):
    """Return a case of random pairs; some people are in several folds, and some in none."""
    random = np.random.default_rng(seed)
    fold = np.repeat(np.arange(folds), 6)
    first = random.integers(people, size=len(fold)) + 5 * fold
    second = np.where(np.arange(len(fold)) % 2 == 0, first, random.integers(people, size=len(fold)) + 5 * fold)
    shown = f"may_be_trained_on(...) of {len(fold)} pairs in {folds} folds, without {without}"
    return Case(first, second, fold, without, shown=shown)


exercise = Function(
    may_be_trained_on,
    cases=[
        (np.array([4, 9]), np.array([4, 9]), np.array([0, 1]), [0]),
        (np.array([4, 9, 7]), np.array([4, 2, 7]), np.array([0, 1, 1]), [0]),
        (np.array([4, 4, 7, 9]), np.array([4, 2, 7, 4]), np.array([0, 0, 1, 1]), [0]),
        (np.array([4, 4, 7, 9]), np.array([4, 2, 7, 2]), np.array([0, 0, 1, 1]), [0]),
        (np.array([4, 9, 5, 5]), np.array([4, 9, 5, 9]), np.array([0, 1, 2, 2]), [0, 1]),
        (np.array([4, 4]), np.array([4, 5]), np.array([0, 1]), [1]),
        (np.array([4, 4]), np.array([4, 4]), np.array([0, 1]), [0]),
        (np.array([4, 9]), np.array([4, 8]), np.array([0, 1]), [1, 0]),
        case(1, 12, 3, [2]),
        case(2, 14, 4, [0, 3]),
        case(3, 20, 6, [4, 1]),
    ],
)
