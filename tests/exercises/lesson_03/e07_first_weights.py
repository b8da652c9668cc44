"""Answers to 3.7: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils.from_scratch import optimizers


def differences_with_an_identity(loss, weights, step):
    return [(loss(weights + row) - loss(weights - row)) / (2 * step) for row in step * np.eye(len(weights))]


def differences_on_copies(loss, weights, step):
    gradient = np.empty(weights.shape)
    for place in range(weights.size):
        up, down = weights.copy(), weights.copy()
        up[place] += step
        down[place] -= step
        gradient[place] = (loss(up) - loss(down)) / 2 / step
    return gradient


def differences_moved_back(loss, weights, step):
    gradient = []
    for place, kept in enumerate(weights.tolist()):
        weights[place] = kept + step
        above = loss(weights)
        weights[place] = kept - step
        gradient.append((above - loss(weights)) / (2 * step))
        weights[place] = kept
    return gradient


def differences_as_means(loss, weights, step):
    """The mean of the slopes to both sides."""

    def slope(place, move):
        moved = np.where(np.arange(len(weights)) == place, weights + move, weights)
        return (loss(moved) - loss(weights)) / move

    return np.array([(slope(place, step) + slope(place, -step)) / 2 for place in range(len(weights))])


def differences_by(formula, alone=True):
    """Return a wrong function: a formula of the losses above, here and below, with one weight moved or with all."""

    def numerical_gradient(loss, weights, step):
        gradient = np.zeros_like(weights)
        for place in range(len(weights)):
            moved = np.zeros_like(weights) if alone else np.full_like(weights, step)
            moved[place] = step
            gradient[place] = formula(loss(weights + moved), loss(weights), loss(weights - moved), step)
        return gradient

    return numerical_gradient


def differences_in_place(loss, weights, step):
    gradient = differences_on_copies(loss, weights, step)
    weights += step
    return gradient


def kept(velocity, push, momentum):
    return momentum * velocity + push


RIGHT = [
    differences_with_an_identity,
    differences_on_copies,
    differences_moved_back,
    differences_as_means,
    optimizers.numerical_gradient,
]

WRONG = [
    ("changes its input", differences_in_place),
    ("smallest case", differences_by(lambda up, here, down, step: (up - down) / (3 * step))),
    ("arguments", lambda loss, weights: weights),
]
