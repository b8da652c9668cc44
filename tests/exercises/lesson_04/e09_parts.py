"""Answers to 4.9: right ones, and wrong ones with the hint that each must get."""

import functools

import numpy as np


def parts_by_hand(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(pictures)
    return np.repeat(order[test_size:], copies), order[:test_size]


def parts_by_choice(pictures, test_size, copies, seed):
    test = np.random.default_rng(seed).choice(pictures, test_size, replace=False)
    train = [number for number in range(pictures) if number not in test] * copies
    return [train, sorted(test)]


def parts_global(pictures, test_size, copies, seed):
    np.random.seed(seed)  # noqa: NPY002 - learners do
    order = np.random.permutation(pictures)  # noqa: NPY002
    return [number for number in order[test_size:] for _ in range(copies)], list(order[:test_size])


def parts_of_copies(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(np.repeat(np.arange(pictures), copies))
    return order[test_size:], order[:test_size]


def parts_of_copies_in_proportion(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(np.repeat(np.arange(pictures), copies))
    return order[test_size * copies :], order[: test_size * copies]


def parts_with_everything_in_training(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(pictures)
    return np.repeat(order, copies), order[:test_size]


def parts_with_copies_of_the_test(pictures, test_size, copies, seed):
    train, test = parts_by_hand(pictures, test_size, copies, seed)
    return train, np.repeat(test, copies)


def parts_without_copies(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(pictures)
    return order[test_size:], order[:test_size]


def parts_with_copies_beside(pictures, test_size, copies, seed):
    return parts_by_hand(pictures, test_size, copies + 1, seed)


def parts_exchanged(pictures, test_size, copies, seed):
    return parts_by_hand(pictures, test_size, copies, seed)[::-1]


def parts_of_other_size(pictures, test_size, copies, seed):
    return parts_by_hand(pictures, pictures - test_size, copies, seed)


def parts_never_drawn(pictures, test_size, copies, seed):
    order = np.arange(pictures)
    return np.repeat(order[test_size:], copies), order[:test_size]


def parts_without_seed(pictures, test_size, copies, seed):
    order = np.random.default_rng().permutation(pictures)
    return np.repeat(order[test_size:], copies), order[:test_size]


def parts_with_a_seed_of_their_own(pictures, test_size, copies, seed):
    return parts_by_hand(pictures, test_size, copies, 0)


def parts_drawn_with_repeats(pictures, test_size, copies, seed):
    test = np.random.default_rng(seed).integers(pictures, size=test_size)
    return np.repeat(np.setdiff1d(np.arange(pictures), test), copies), test


def parts_from_one(pictures, test_size, copies, seed):
    return tuple(part + 1 for part in parts_by_hand(pictures, test_size, copies, seed))


def parts_with_numbered_copies(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(pictures)
    train = np.concatenate([order[test_size:] + pictures * copy for copy in range(copies)])
    return train, order[:test_size]


def parts_with_some_left_out(pictures, test_size, copies, seed):
    train, test = parts_by_hand(pictures, test_size, copies, seed)
    return train[: pictures - test_size], test


def parts_in_one(pictures, test_size, copies, seed):
    return parts_by_hand(pictures, test_size, copies, seed)[1]


def parts_forgotten(pictures, test_size, copies, seed):
    split = parts_by_hand(pictures, test_size, copies, seed)
    print(split)


RIGHT = [parts_by_hand, parts_by_choice, parts_global, functools.partial(parts_by_hand)]

WRONG = [
    ("on both sides", parts_of_copies),
    ("on both sides", parts_of_copies_in_proportion),
    ("on both sides", parts_with_everything_in_training),
    ("copies in the test", parts_with_copies_of_the_test),
    ("too few copies", parts_without_copies),
    ("too many copies", parts_with_copies_beside),
    ("exchanged", parts_exchanged),
    ("size of the test", parts_of_other_size),
    ("seed ignored", parts_never_drawn),
    ("seed ignored", parts_with_a_seed_of_their_own),
    ("not repeatable", parts_without_seed),
    ("drawn with repeats", parts_drawn_with_repeats),
    ("other numbers", parts_from_one),
    ("other numbers", parts_with_numbered_copies),
    ("left out", parts_with_some_left_out),
    ("two parts", parts_in_one),
    ("returns nothing", parts_forgotten),
]
