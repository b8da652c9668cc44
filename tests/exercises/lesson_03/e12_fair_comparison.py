"""Answers to 3.12: right ones, and wrong ones with the hint that each must get."""

import itertools

import numpy as np


def compare_with_arrays(train, makers, runs):
    scores = np.array([[train(make(), seed) for seed in range(runs)] for make in makers.values()])
    rows = np.stack([scores.mean(axis=1), scores.min(axis=1), scores.max(axis=1)], axis=1)
    return dict(zip(makers, rows, strict=True))


def compare_seed_by_seed(train, makers, runs):
    scores = {name: [] for name in makers}
    for seed in range(runs):
        for name in makers:
            scores[name].append(train(makers[name](), seed))
    return {name: [sum(row) / runs, min(row), max(row)] for name, row in scores.items()}


def compare_sorted(train, makers, runs):
    table = {}
    for name, make in makers.items():
        scores = sorted(train(make(), seed) for seed in range(runs))
        table[name] = (float(np.mean(scores)), scores[0], scores[-1])
    return table


def compare_by(seed_of=lambda run, number, runs: run, table=lambda scores: (np.mean(scores), min(scores), max(scores))):
    """Return a wrong function that takes other seeds, or reports something else."""

    def compare(train, makers, runs):
        return {
            name: table([train(make(), seed_of(run, number, runs)) for run in range(runs)])
            for number, (name, make) in enumerate(makers.items())
        }

    return compare


def compare_without_making(train, makers, runs):
    return {name: [train(make, seed) for seed in range(runs)] for name, make in makers.items()}


_calls = itertools.count()


def compare_by_calls(train, makers, runs):
    """Take another seed at each call; the scores go round in a circle of five, so that two calls in a row differ."""
    seed = next(_calls)
    return compare_by(lambda run, number, runs: seed)(train, makers, runs)


RIGHT = [compare_with_arrays, compare_seed_by_seed, compare_sorted]

WRONG = [
    ("stops with an error", compare_without_making),
    ("differs between calls", compare_by_calls),
    ("smallest case", compare_by(lambda run, number, runs: run + 1)),
]
