"""Answers to 8.3: right ones, and wrong ones with the hint that each must get."""

import numpy as np
from sklearn.model_selection import GroupShuffleSplit


def split_by_sets(labels, fraction, seed):
    people = sorted(set(labels.tolist()))
    np.random.default_rng(seed).shuffle(people)
    kept = set(people[: int(fraction * len(people) + 0.5)])
    sides = [], []
    for place, person in enumerate(labels.tolist()):
        sides[person in kept].append(place)
    return sides


def split_by_choice(labels, fraction, seed):
    people = np.unique(labels)
    kept = np.random.default_rng(seed).choice(people, round(fraction * len(people)), replace=False)
    return np.where(~np.isin(labels, kept))[0], np.where(np.isin(labels, kept))[0]


def split_by_library(labels, fraction, seed):
    return next(GroupShuffleSplit(1, test_size=fraction, random_state=seed).split(labels, groups=labels))


def split_by_pictures(labels, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    cut = round(fraction * len(labels))
    return np.sort(order[cut:]), np.sort(order[:cut])


def split_each_person(labels, fraction, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    kept = [place for person in np.unique(labels) for place in order[labels[order] == person][:1]]
    return np.setdiff1d(order, kept), kept


def split_by_share_of_pictures(labels, fraction, seed):
    people, left, kept = np.random.default_rng(seed).permutation(np.unique(labels)), fraction * len(labels), []
    for person in people:
        if left > 0:
            kept.append(person)
            left -= (labels == person).sum()
    return np.flatnonzero(~np.isin(labels, kept[:4])), np.flatnonzero(np.isin(labels, kept[:4]))


def split_in_order(labels, fraction, seed):
    people = np.unique(labels)
    kept = np.isin(labels, people[: round(fraction * len(people))])
    return np.flatnonzero(~kept), np.flatnonzero(kept)


RIGHT = [split_by_sets, split_by_choice, split_by_library]

WRONG = [
    ("people on both sides", split_by_pictures),
    ("people on both sides", split_each_person),
    ("number of people", split_by_share_of_pictures),
    ("not drawn", split_in_order),
    ("exchanged", lambda labels, fraction, seed: split_by_choice(labels, fraction, seed)[::-1]),
    ("exchanged", lambda labels, fraction, seed: split_by_choice(labels, 1 - fraction, seed)),
    ("not repeatable", lambda labels, fraction, seed: split_by_choice(labels, fraction, None)),
    ("not drawn", lambda labels, fraction, seed: split_by_choice(labels, fraction, 0)),
    ("left out", lambda labels, fraction, seed: [side[1:] for side in split_by_choice(labels, fraction, seed)]),
    ("picture twice", lambda labels, fraction, seed: [[0, *side] for side in split_by_sets(labels, fraction, seed)]),
    ("not places", lambda labels, fraction, seed: [labels[side] for side in split_by_choice(labels, fraction, seed)]),
    (
        "masks",
        lambda labels, fraction, seed: [
            np.isin(np.arange(len(labels)), side) for side in split_by_choice(labels, fraction, seed)
        ],
    ),
    ("two sides", lambda labels, fraction, seed: split_by_choice(labels, fraction, seed)[0]),
]
