"""Answers to 11.8: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def at_once(gradients, owners, bound, noise, draws):
    people = np.unique(owners)
    means = np.stack([gradients[owners == person].mean(axis=0) for person in people])
    lengths = np.linalg.norm(means, axis=1)
    with np.errstate(divide="ignore"):
        factors = np.minimum(1, bound / lengths)
    factors[lengths == 0] = 1
    return factors @ means + bound * noise * draws


def step_by_step(gradients, owners, bound, noise, draws):
    result = [bound * noise * draw for draw in draws]
    for person in sorted(set(owners.tolist())):
        pictures = [gradient for gradient, owner in zip(gradients, owners, strict=True) if owner == person]
        mean = [sum(numbers) / len(pictures) for numbers in zip(*pictures, strict=True)]
        length = sum(number**2 for number in mean) ** 0.5
        factor = bound / length if length > bound else 1
        result = [total + factor * number for total, number in zip(result, mean, strict=True)]
    return result


def nobody_protected(gradients, owners, bound, noise, draws):
    return gradients.sum(axis=0)


def pictures_as_units(gradients, owners, bound, noise, draws):
    lengths = np.linalg.norm(gradients, axis=1, keepdims=True)
    return (gradients / np.maximum(1, lengths / bound)).sum(axis=0) + noise * bound * draws


def mean_of_people(gradients, owners, bound, noise, draws):
    return at_once(gradients, owners, bound, noise, draws) / len(set(owners.tolist()))


RIGHT = [at_once, step_by_step]

WRONG = [
    ("smallest case", nobody_protected),
    ("each picture protected", pictures_as_units),
    ("mean over people", mean_of_people),
    ("no noise", lambda gradients, owners, bound, noise, draws: at_once(gradients, owners, bound, 0, draws)),
    ("arguments", lambda gradients, owners: 0),
    ("not a function", 1.0),
]
