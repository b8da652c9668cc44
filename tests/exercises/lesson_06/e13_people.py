"""Answers to 6.13: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def people_by_permutation(labels, new_people, test_pictures, seed):
    random = np.random.default_rng(seed)
    names = random.permutation(np.unique(labels))
    train, known, new = [], [], []
    for name in names[new_people:]:
        places = random.permutation(np.flatnonzero(labels == name))
        known.extend(places[:test_pictures])
        train.extend(places[test_pictures:])
    for name in names[:new_people]:
        new.extend(np.flatnonzero(labels == name))
    return train, known, new


def people_by_choice(labels, new_people, test_pictures, seed):
    random = np.random.default_rng(seed)
    strangers = random.choice(np.unique(labels), new_people, replace=False)
    new = np.isin(labels, strangers)
    known = np.zeros(len(labels), bool)
    for name in np.unique(labels[~new]):
        known[random.choice(np.flatnonzero(labels == name), test_pictures, replace=False)] = True
    return [np.flatnonzero(part) for part in (~new & ~known, known, new)]


def people_by_old_random(labels, new_people, test_pictures, seed):
    np.random.seed(seed)  # noqa: NPY002 - learners do
    return people_by_permutation(labels, new_people, test_pictures, np.random.randint(1000))  # noqa: NPY002


def people_by_pictures(labels, new_people, test_pictures, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    return order[60:], order[:40], order[40:60]


def people_with_training_on_all_known(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train + known, known, new


def people_with_training_on_everybody(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train + new, known, new


def people_exchanged(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train, new, known


def people_few_pictures_of_new(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    few = [place for name in np.unique(labels[new]) for place in [one for one in new if labels[one] == name][:2]]
    return train, known, few


def people_other_number(labels, new_people, test_pictures, seed):
    return people_by_permutation(labels, new_people + 1, test_pictures, seed)


def people_counted_backwards(labels, new_people, test_pictures, seed):
    return people_by_permutation(labels, len(np.unique(labels)) - new_people, test_pictures, seed)


def people_more_pictures(labels, new_people, test_pictures, seed):
    return people_by_permutation(labels, new_people, test_pictures + 1, seed)


def people_share_of_pictures(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    both = np.random.default_rng(seed).permutation(train + known)
    return both[len(known) :], both[: len(known)], new


def people_with_some_left_out(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train[::2], known, new


def people_with_repeats(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train, known + known[:1], new


def people_without_seed(labels, new_people, test_pictures, seed):
    return people_by_permutation(labels, new_people, test_pictures, None)


def people_with_one_seed(labels, new_people, test_pictures, seed):
    return people_by_permutation(labels, new_people, test_pictures, 0)


def people_the_first_pictures(labels, new_people, test_pictures, seed):
    names = np.random.default_rng(seed).permutation(np.unique(labels))
    new = np.isin(labels, names[:new_people])
    known = np.concatenate([np.flatnonzero(labels == name)[:test_pictures] for name in names[new_people:]])
    return np.setdiff1d(np.flatnonzero(~new), known), known, np.flatnonzero(new)


def people_numbered_from_zero(labels, new_people, test_pictures, seed):
    names = np.random.default_rng(seed).permutation(len(np.unique(labels)))
    new = np.isin(labels, names[:new_people])
    known = np.flatnonzero(~new)[:: test_pictures + 1]
    return np.setdiff1d(np.flatnonzero(~new), known), known, np.flatnonzero(new)


def people_named(labels, new_people, test_pictures, seed):
    return [labels[np.asarray(part)] for part in people_by_permutation(labels, new_people, test_pictures, seed)]


def people_from_one(labels, new_people, test_pictures, seed):
    return [np.asarray(part) + 1 for part in people_by_permutation(labels, new_people, test_pictures, seed)]


def people_by_masks(labels, new_people, test_pictures, seed):
    parts = people_by_permutation(labels, new_people, test_pictures, seed)
    return [np.isin(np.arange(len(labels)), part) for part in parts]


def people_in_two(labels, new_people, test_pictures, seed):
    train, _, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train, new


def people_forgotten(labels, new_people, test_pictures, seed):
    print(people_by_permutation(labels, new_people, test_pictures, seed))


RIGHT = [people_by_permutation, people_by_choice, people_by_old_random]

WRONG = [
    ("people on both sides", people_by_pictures),
    ("people on both sides", people_with_training_on_everybody),
    ("pictures on both sides", people_with_training_on_all_known),
    ("known and new exchanged", people_exchanged),
    ("pictures of new people left out", people_few_pictures_of_new),
    ("number of new people", people_other_number),
    ("number of new people", people_counted_backwards),
    ("number of test pictures", people_more_pictures),
    ("number of test pictures", people_share_of_pictures),
    ("left out", people_with_some_left_out),
    ("drawn with repeats", people_with_repeats),
    ("not repeatable", people_without_seed),
    ("people not drawn", people_with_one_seed),
    ("pictures not drawn", people_the_first_pictures),
    ("empty part", people_numbered_from_zero),
    ("people in place of pictures", people_named),
    ("other numbers", people_from_one),
    ("masks", people_by_masks),
    ("three parts", people_in_two),
    ("returns nothing", people_forgotten),
]
