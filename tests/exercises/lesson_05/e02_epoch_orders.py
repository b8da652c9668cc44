"""Answers to 5.2: right ones, and wrong ones with the hint that each must get."""

import functools

import numpy as np


def orders_one_by_one(pictures, epochs, seed):
    random = np.random.default_rng(seed)
    order, rows = list(range(pictures)), []
    for _ in range(epochs):
        random.shuffle(order)
        rows.append(list(order))
    return rows


def orders_by_sorting(pictures, epochs, seed):
    return np.random.default_rng(seed).random((epochs, pictures)).argsort(axis=1)


def orders_global(pictures, epochs, seed):
    np.random.seed(seed)  # noqa: NPY002 - learners do
    return np.stack([np.random.permutation(pictures) for _ in range(epochs)])  # noqa: NPY002


class Orders:
    def __call__(self, pictures, epochs, seed=0):
        return np.random.default_rng(seed).permuted(np.tile(np.arange(pictures), (epochs, 1)), axis=1)


def orders_with_seed_in_the_loop(pictures, epochs, seed):
    return np.array([np.random.default_rng(seed).permutation(pictures) for _ in range(epochs)])


def orders_repeated(pictures, epochs, seed):
    return np.tile(np.random.default_rng(seed).permutation(pictures), (epochs, 1))


def orders_never_shuffled(pictures, epochs, seed):
    return np.tile(np.arange(pictures), (epochs, 1))


def orders_drawn_with_repeats(pictures, epochs, seed):
    return np.random.default_rng(seed).integers(pictures, size=(epochs, pictures))


def orders_without_seed(pictures, epochs, seed):
    random = np.random.default_rng()
    return np.array([random.permutation(pictures) for _ in range(epochs)])


def orders_with_a_seed_of_their_own(pictures, epochs, seed):
    random = np.random.default_rng(0)
    return np.array([random.permutation(pictures) for _ in range(epochs)])


def orders_global_without_seed(pictures, epochs, seed):
    return np.array([np.random.permutation(pictures) for _ in range(epochs)])  # noqa: NPY002


def orders_by_column(pictures, epochs, seed):
    return orders_by_sorting(pictures, epochs, seed).T


def orders_of_one_epoch(pictures, epochs, seed):
    return np.random.default_rng(seed).permutation(pictures)


def orders_from_one(pictures, epochs, seed):
    return orders_by_sorting(pictures, epochs, seed) + 1


def orders_of_chosen(pictures, epochs, seed):
    random = np.random.default_rng(seed)
    return np.array([random.choice(140, pictures, replace=False) for _ in range(epochs)])


def orders_from_shuffle(pictures, epochs, seed):
    random = np.random.default_rng(seed)
    return [random.shuffle(np.arange(pictures)) for _ in range(epochs)]


def orders_in_turn(pictures, epochs, seed):
    few = orders_by_sorting(pictures, 2, seed)
    return few[np.arange(epochs) % 2]


def orders_of_three(pictures, epochs, seed):
    few = orders_by_sorting(pictures, 3, seed)
    return few[np.arange(epochs) % 3]


def orders_backwards(pictures, epochs, seed):
    order = np.random.default_rng(seed).permutation(pictures)
    return np.array([order[::-1] if epoch % 2 else order for epoch in range(epochs)])


def orders_by_sum(pictures, epochs, seed):
    return np.array([np.random.default_rng(seed + epoch).permutation(pictures) for epoch in range(epochs)])


def orders_by_two_numbers(pictures, epochs, seed):
    return np.array([np.random.default_rng([seed, epoch]).permutation(pictures) for epoch in range(epochs)])


def orders_forgotten(pictures, epochs, seed):
    orders = orders_by_sorting(pictures, epochs, seed)
    print(orders)


RIGHT = [
    orders_one_by_one,
    orders_by_sorting,
    orders_global,
    orders_by_two_numbers,
    Orders(),
    functools.partial(orders_by_sorting),
]

WRONG = [
    ("one order", orders_with_seed_in_the_loop),
    ("one order", orders_repeated),
    ("one order", orders_never_shuffled),
    ("one order", orders_in_turn),
    ("one order", orders_of_three),
    ("one order", orders_backwards),
    ("repeats", orders_drawn_with_repeats),
    ("not repeatable", orders_without_seed),
    ("seed ignored", orders_with_a_seed_of_their_own),
    ("neighbouring seeds", orders_by_sum),
    ("not repeatable", orders_global_without_seed),
    ("shape", orders_by_column),
    ("shape", orders_of_one_epoch),
    ("numbered from one", orders_from_one),
    ("other numbers", orders_of_chosen),
    ("unreadable", orders_from_shuffle),
    ("returns nothing", orders_forgotten),
    ("arguments", lambda pictures: np.arange(pictures)),
    ("not a function", orders_by_sorting(4, 3, 0)),
]
