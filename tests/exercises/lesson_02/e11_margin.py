"""Answers to 2.11: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np
from scipy import special

from course_utils.from_scratch import losses


def by_loops(cosines, people, scale, margin):
    costs = []
    for row, person in zip(cosines.tolist(), people.tolist(), strict=True):
        logits = [scale * (cosine - margin * (k == person)) for k, cosine in enumerate(row)]
        largest = max(logits)
        costs.append(largest + math.log(sum(math.exp(z - largest) for z in logits)) - logits[person])
    return sum(costs) / len(costs)


def by_the_module(cosines, people, scale, margin):
    lowered = cosines.copy()
    lowered[np.arange(len(people)), people] -= margin
    return losses.categorical_crossentropy(people, scale * lowered)


def in_place(cosines, people, scale, margin):
    cosines[np.arange(len(people)), people] -= margin
    return losses.categorical_crossentropy(people, scale * cosines)


def by_differences(cosines, people, scale, margin):
    """The loss from how far each other person is ahead."""
    own = cosines[np.arange(len(people)), people] - margin
    ahead = scale * (cosines - own[:, np.newaxis])
    ahead[np.arange(len(people)), people] = 0
    return np.logaddexp.reduce(ahead, axis=1).mean()


def without_normalising(cosines, people, scale, margin):
    return margin_of_pairs(cosines, people, scale, margin).mean()


def margin_of_pairs(cosines, people, scale, margin):
    own = cosines[np.arange(len(people)), people]
    return np.maximum(cosines.max(axis=1) - own + margin, 0) * scale


RIGHT = [
    by_loops,
    by_the_module,
    by_differences,
    lambda cosines, people, scale, margin: (
        -special.log_softmax(
            scale * (cosines - margin * (np.arange(cosines.shape[1]) == people[:, np.newaxis])), axis=1
        )[np.arange(len(people)), people].mean()
    ),
]

WRONG = [
    ("no margin", lambda cosines, people, scale, margin: by_the_module(cosines - margin, people, scale, 0)),
    ("changes its input", in_place),
    ("smallest case", without_normalising),
    ("not a function", 0.51),
]
