"""11.1: two groups, one threshold, to mend."""

import numpy as np

from course_utils import metrics
from course_utils.exercises.forms import Case, Function


def rates_by_group(scores, mated, first_group, second_group, wanted):
    """Return a right answer to 11.1."""
    rates = {}
    for group in np.unique(first_group).tolist():
        inside = (first_group == group) & (second_group == group)
        threshold = metrics.threshold_at(scores, mated, wanted)
        matches, one_person = scores[inside] >= threshold, mated[inside]
        rates[group] = (matches[~one_person].mean(), 1 - matches[one_person].mean())
    return rates


def within_groups(scores, mated, first_group, second_group, wanted):
    """Choose the threshold without the pairs of two people of different groups."""
    kept = first_group == second_group
    return rates_by_group(scores[kept], mated[kept], first_group[kept], second_group[kept], wanted)


def case(seed, people, shift, wanted):
    """Return a case of all pairs of two pictures of each person; groups differ in size and in their scores."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(sum(people)), 2)
    group = np.repeat(np.arange(len(people)), people)[labels]
    first, second, mated = metrics.all_pairs(labels)
    scores = random.normal(size=len(first)) + 2 * mated + shift * group[first] * (group[first] == group[second])
    order = random.permutation(len(first))
    pairs = scores.round(2)[order], mated[order], group[first][order], group[second][order]
    shown = f"rates_by_group(...) of {len(first)} pairs of {sum(people)} people in {len(people)} groups"
    return Case(*pairs, wanted, shown=shown)


SCORES = np.array([0.1, 0.1, 0.2, 0.2, 0.3, 0.6, 0.8, 0.4, 0.4, 0.5, 0.5, 0.6, 0.7, 0.9, 0.2, 0.3])
MATED = np.array([False] * 6 + [True] + [False] * 6 + [True] + [False] * 2)
FIRST, SECOND = np.repeat([0, 1, 0], [7, 7, 2]), np.repeat([0, 1], [7, 9])

exercise = Function(
    rates_by_group,
    given=[
        ("(first_group == group) & (second_group == group)", "first_group == group"),
        ("(scores, mated, wanted)\n", "(scores[inside], mated[inside], wanted)\n"),
    ],
    cases=[
        (SCORES, MATED, FIRST, SECOND, 0.5),
        case(1, (6, 6), 0.8, 0.2),
        case(2, (9, 7), 1.0, 0.1),
        case(3, (8, 6, 7), 0.5, 0.1),
    ],
)
