"""Answers to 3.12: right ones, and wrong ones with the hint that each must get."""

import itertools

import numpy as np


def compare_with_arrays(train, makers, rates, search_seeds, seeds):
    table = {}
    for name, make in makers.items():
        searched = np.array([[train(make(rate), seed) for seed in search_seeds] for rate in rates[name]])
        found = rates[name][searched.mean(axis=1).argmin()]
        losses = np.array([train(make(found), seed) for seed in seeds])
        table[name] = np.array([found, losses.mean(), losses.min(), losses.max()])
    return table


def compare_with_min(train, makers, rates, search_seeds, seeds):
    def searched(name, rate):
        return sum(train(makers[name](rate), seed) for seed in search_seeds)

    found = {name: min(rates[name], key=lambda rate, name=name: searched(name, rate)) for name in makers}
    table = {}
    for name, rate in found.items():
        losses = sorted(train(makers[name](rate), seed) for seed in seeds)
        table[name] = [rate, sum(losses) / len(losses), losses[0], losses[-1]]
    return table


def compare_by(searched=lambda seeds: seeds, reported=lambda losses: (np.mean(losses), min(losses), max(losses))):
    """Return a wrong function that searches with other seeds, or reports something else."""

    def compare(train, makers, rates, search_seeds, seeds):
        table = {}
        for name, make in makers.items():
            tried = searched(search_seeds)
            means = [np.mean([train(make(rate), seed) for seed in tried]) for rate in rates[name]]
            found = rates[name][int(np.argmin(means))]
            table[name] = (found, *reported([train(make(found), seed) for seed in seeds]))
        return table

    return compare


def compare_without_making(train, makers, rates, search_seeds, seeds):
    return {name: [train(make, seed) for seed in seeds] for name, make in makers.items()}


_calls = itertools.count()


def compare_by_calls(train, makers, rates, search_seeds, seeds):
    """Report the loss of another seed at each call."""
    seed = next(_calls)
    return compare_by(reported=lambda losses: (losses[0] + seed, 0, 0))(train, makers, rates, search_seeds, seeds)


RIGHT = [compare_with_arrays, compare_with_min]

WRONG = [
    ("stops with an error", compare_without_making),
    ("differs between calls", compare_by_calls),
    ("median", compare_by(reported=lambda losses: (np.median(losses), min(losses), max(losses)))),
    ("one seed of the search", compare_by(searched=lambda seeds: seeds[:1])),
    ("smallest case", compare_by(reported=lambda losses: (np.mean(losses), losses[0], losses[-1] + 1))),
]
