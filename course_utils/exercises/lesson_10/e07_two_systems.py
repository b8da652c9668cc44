"""10.7: two systems, the same pairs, to complete."""

import numpy as np

from course_utils import metrics
from course_utils.exercises.forms import Case, Function


def gain(first_right, second_right, first_person, second_person):
    """Return a right answer to 10.7."""
    difference = second_right.astype(float) - first_right.astype(float)
    return metrics.dyadic_mean_interval(difference, first_person, second_person)


def two_intervals(first_right, second_right, first_person, second_person):
    """Subtract the bounds of two separate intervals."""
    (first, *of_first), (second, *of_second) = (
        metrics.dyadic_mean_interval(right, first_person, second_person) for right in (first_right, second_right)
    )
    return second - first, of_second[0] - of_first[1], of_second[1] - of_first[0]


def all_pairs_of_people(first_right, second_right, first_person, second_person):
    """Take the interval that is made for all pairs of the pictures of some people."""
    difference = second_right.astype(float) - first_right.astype(float)
    bounds = metrics.identity_interval(
        lambda values, mated, weights: np.average(values, weights=weights), difference, first_person, second_person
    )
    return difference.mean(), *bounds


def where_they_differ(first_right, second_right, first_person, second_person):
    """Look only at the pairs that one system answers rightly and the other does not."""
    chosen = first_right != second_right
    people = first_person[chosen], second_person[chosen]
    return gain(first_right[chosen], second_right[chosen], *people)


def case(seed, people, pairs, better):
    """Return a case of random answers to pairs of people; everybody is in several pairs."""
    random = np.random.default_rng(seed)
    first_person = random.integers(people, size=pairs)
    second_person = np.where(np.arange(pairs) % 2 == 0, first_person, (first_person + 1) % people)
    ease = random.normal(size=people)
    both = ease[first_person] + ease[second_person] + random.normal(size=pairs)
    first_right, second_right = (both + extra + random.normal(size=pairs) > -0.5 for extra in (0, better))
    shown = f"gain(...) of {pairs} pairs of {people} people"
    return Case(first_right, second_right, first_person, second_person, shown=shown)


exercise = Function(
    gain,
    cases=[
        Case(
            np.array([True, False, False, True]),
            np.array([True, True, True, False]),
            np.array([0, 1, 0, 2]),
            np.array([0, 1, 1, 0]),
            shown="gain([True, False, False, True], [True, True, True, False], [0, 1, 0, 2], [0, 1, 1, 0]), as arrays",
        ),
        case(1, 12, 50, -0.4),
    ],
)
