"""Answers to 10.8: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def with_sets(first_person, second_person, fold, without):
    forbidden, named = set(), set()
    for one, other, number in zip(first_person.tolist(), second_person.tolist(), fold.tolist(), strict=True):
        (forbidden if number in without else named).update([one, other])
    if named <= forbidden:
        raise ValueError("Nobody may be trained on.")
    return sorted(named - forbidden)


def with_masks(first_person, second_person, fold, without):
    people = np.stack([first_person, second_person])
    scored = np.zeros(len(fold), bool)
    for number in without:
        scored |= fold == number
    allowed = np.unique(people[:, ~scored])
    allowed = allowed[~np.isin(allowed, people[:, scored])]
    if not allowed.size:
        raise ValueError
    return allowed


def how_many(first_person, second_person, fold, without):
    return len(with_sets(first_person, second_person, fold, without))


RIGHT = [with_sets, with_masks]

WRONG = [
    ("smallest case", how_many),
    ("arguments", lambda fold, without: 0),
    ("not a function", [4, 9]),
]
