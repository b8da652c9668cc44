"""7.9: n pictures of each person, to complete."""

import numpy as np

from course_utils import metrics
from course_utils.exercises.forms import Case, Function


def n_shot(embeddings, people, asked, order, n):
    """Return a right answer to 7.9."""
    names, templates = np.unique(people), []
    for person in names:
        known = order[(people[order] == person) & ~asked[order]][:n]
        templates.append(embeddings[known].mean(axis=0))
    lengths = np.linalg.norm(templates, axis=1)
    answers = names[(embeddings[asked] @ np.transpose(templates) / lengths).argmax(axis=1)]
    right = answers == people[asked]
    return metrics.person_interval(right, people[asked])


def right_ones(embeddings, people, asked, order, n):
    """Return whether each answer is right, to a right answer to 7.9."""
    names, templates = np.unique(people), []
    for person in names:
        known = order[(people[order] == person) & ~asked[order]][:n]
        templates.append(embeddings[known].mean(axis=0))
    lengths = np.linalg.norm(templates, axis=1)
    return names[(embeddings[asked] @ np.transpose(templates) / lengths).argmax(axis=1)] == people[asked]


def mean_of_people(embeddings, people, asked, order, n):
    """Give each person the same weight, whatever the number of pictures is."""
    right, whose = right_ones(embeddings, people, asked, order, n), people[asked]
    return metrics.mean_interval([right[whose == person].mean() for person in np.unique(whose)])


def as_counts(embeddings, people, asked, order, n):
    """Take the interval of a fraction of independent pictures."""
    right = right_ones(embeddings, people, asked, order, n)
    return right.mean(), *metrics.wilson_interval(right.sum(), len(right))


def case(seed, people, pictures, n, width):
    """Return a case of made-up embeddings: some people's pictures differ more than others'."""
    random = np.random.default_rng(seed)
    who = random.permutation(np.repeat(3 * np.arange(people) + 2, pictures + np.arange(people) % 3))
    centre = random.normal(size=(people, 6))[(who - 2) // 3]
    values = centre + random.normal(size=centre.shape) * random.uniform(0.5, width, people)[(who - 2) // 3][:, None]
    asked = random.random(len(who)) < 0.5
    for person in np.unique(who):  # everybody has pictures to enrol, and pictures to be asked about
        mine = np.flatnonzero(who == person)
        asked[mine[:2]], asked[mine[2:4]] = True, False
    shown = f"n_shot(...) of {people} people, {n} pictures of each enrolled"
    embeddings = values / np.linalg.norm(values, axis=1, keepdims=True)
    return Case(embeddings, who, asked, random.permutation(len(who)), n, shown=shown)


PLANE = np.array([[1.0, 0.0], [0.6, 0.8], [0.8, 0.6], [0.0, 1.0], [0.28, 0.96], [0.96, 0.28]])
PEOPLE = np.array([0, 0, 0, 1, 1, 1])
ASKED = np.array([True, False, False, True, False, False])

exercise = Function(
    n_shot,
    cases=[
        Case(
            PLANE,
            PEOPLE,
            ASKED,
            np.array([1, 5, 2, 4, 0, 3]),
            1,
            shown="n_shot(...) of two people with three pictures each, one picture of each enrolled",
        ),
        case(1, 5, 7, 1, 1.5),
        case(2, 6, 8, 2, 1.5),
        case(3, 10, 8, 50, 2.5),
    ],
)
