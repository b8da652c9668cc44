"""Answers to 8.13: right ones, and wrong ones with the hint that each must get."""

import itertools

import numpy as np


def pairs_of(labels, person):
    return list(itertools.combinations(np.flatnonzero(labels == person), 2))


def pairs_by_choice(labels, most, seed):
    random = np.random.default_rng(seed)
    first, second = [], []
    for person in set(labels.tolist()):
        pairs = np.array(pairs_of(labels, person)).reshape(-1, 2)
        chosen = random.choice(len(pairs), min(most, len(pairs)), replace=False)
        first.extend(pairs[chosen, 1].tolist())
        second.extend(pairs[chosen, 0].tolist())
    return first, second


def pairs_by_matrix(labels, most, seed):
    random = np.random.default_rng(seed)
    first, second = np.triu_indices(len(labels), k=1)
    order = random.permutation(len(first))
    left = dict.fromkeys(np.unique(labels).tolist(), most)
    kept = []
    for place in order:
        person = labels[first[place]]
        if person == labels[second[place]] and left[int(person)]:
            left[int(person)] -= 1
            kept.append(place)
    return np.array([first[kept], second[kept]])


def pairs_from_one_heap(labels, most, seed):
    random = np.random.default_rng(seed)
    heap = [pair for person in np.unique(labels) for pair in pairs_of(labels, person)]
    return np.array(heap)[random.permutation(len(heap))[: most * len(np.unique(labels))]].T


def all_pairs(labels, most, seed):
    return np.transpose([pair for person in np.unique(labels) for pair in pairs_of(labels, person)])


def pairs_with_repeats(labels, most, seed):
    random = np.random.default_rng(seed)
    heaps = [pairs_of(labels, person) for person in np.unique(labels)]
    return np.transpose([heap[random.integers(len(heap))] for heap in heaps if heap for _ in range(most)])


def pairs_with_themselves(labels, most, seed):
    random = np.random.default_rng(seed)
    places = [np.flatnonzero(labels == person) for person in np.unique(labels)]
    return np.transpose([random.choice(own, 2) for own in places for _ in range(most)])


def pairs_of_anybody(labels, most, seed):
    return np.random.default_rng(seed).permutation(len(labels))[:20].reshape(2, 10)


def pairs_with(change):
    """Return a function that changes the right pairs."""
    return lambda labels, most, seed: change(np.array(pairs_by_matrix(labels, most, seed)), labels)


RIGHT = [pairs_by_choice, pairs_by_matrix]

WRONG = [
    ("one person dominates", pairs_from_one_heap),
    ("one person dominates", all_pairs),
    ("same pair twice", pairs_with_repeats),
    ("picture with itself", pairs_with_themselves),
    ("two people in a pair", pairs_of_anybody),
    ("two rows", pairs_with(lambda pairs, labels: pairs.T)),
    ("two rows", lambda labels, most, seed: 3),
    ("not places", pairs_with(lambda pairs, labels: labels[pairs])),
    ("person left out", pairs_with(lambda pairs, labels: pairs[:, labels[pairs[0]] != 320])),
    ("too few pairs", lambda labels, most, seed: pairs_by_matrix(labels, most - 1, seed)),
    ("not repeatable", lambda labels, most, seed: pairs_by_matrix(labels, most, None)),
    ("not drawn", lambda labels, most, seed: pairs_by_matrix(labels, most, 0)),
    ("arguments", lambda labels: labels),
    ("returns nothing", lambda labels, most, seed: print(labels)),
]
