"""Answers to 1.11: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def measured_by_copies(loss, weights, step):
    result = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        up, down = weights.astype(float), weights.astype(float)
        up[place] += step
        down[place] -= step
        result[place] = (loss(up) - loss(down)) / (2 * step)
    return result


def measured_with_unit_steps(loss, weights, step):
    steps = step * np.eye(weights.size).reshape(weights.size, *weights.shape)
    return np.reshape([(loss(weights + one) - loss(weights - one)) / step / 2 for one in steps], weights.shape)


def measured_in_place(loss, weights, step):
    weights, result = weights * 1.0, np.zeros_like(weights, dtype=float)
    for place in np.ndindex(weights.shape):
        kept = weights[place]
        weights[place] = kept + step
        up = loss(weights)
        weights[place] = kept - step
        result[place] = (up - loss(weights)) / (2 * step)
        weights[place] = kept
    return result.tolist()


def measured_by(change):
    """Return a function for 1.11 that computes each number from the losses above, here, and below, and the step."""

    def measured(loss, weights, step):
        result = np.zeros(weights.shape)
        for place in np.ndindex(weights.shape):
            move = np.zeros(weights.shape)
            move[place] = step
            result[place] = change(loss(weights + move), loss(weights), loss(weights - move), step)
        return result

    return measured


RIGHT = [measured_by_copies, measured_with_unit_steps, measured_in_place]

WRONG = [
    ("returns nothing", lambda loss, weights, step: print(loss(weights))),
    ("smallest case", measured_by(lambda up, here, down, step: (up - down) / (2 * step) ** 2)),
]
