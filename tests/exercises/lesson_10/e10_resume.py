"""Answers to 10.10: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def in_copies(checkpoint, gradient, steps):
    state = {name: np.copy(value) for name, value in checkpoint.items()}
    for _ in range(steps):
        state["step"] = state["step"] + 1
        slope = gradient(state["weights"])
        for name, keep, new in (("mean", 0.9, slope), ("mean_square", 0.99, slope * slope)):
            state[name] = state[name] * keep + (1 - keep) * new
        corrected = state["mean"] / (1 - 0.9 ** state["step"])
        size = np.sqrt(state["mean_square"] / (1 - 0.99 ** state["step"]))
        state["weights"] = state["weights"] - 0.1 * corrected / (size + 1e-3)
    return state


def by_name(checkpoint, gradient, steps):
    weights, mean, mean_square, step = (checkpoint[name] for name in ("weights", "mean", "mean_square", "step"))
    while step < checkpoint["step"] + steps:
        step += 1
        slope = gradient(weights)
        mean = mean + 0.1 * (slope - mean)
        mean_square = mean_square + 0.01 * (slope**2 - mean_square)
        size = np.sqrt(mean_square / (1 - 0.99**step)) + 1e-3
        weights = weights - 0.1 * mean / (1 - 0.9**step) / size
    return {"step": step, "mean_square": mean_square, "mean": mean, "weights": weights}


def in_place(checkpoint, gradient, steps):
    for step in range(checkpoint["step"] + 1, checkpoint["step"] + steps + 1):
        slope = gradient(checkpoint["weights"])
        checkpoint["mean"] = 0.9 * checkpoint["mean"] + 0.1 * slope
        checkpoint["mean_square"] = 0.99 * checkpoint["mean_square"] + 0.01 * slope**2
        size = np.sqrt(checkpoint["mean_square"] / (1 - 0.99**step)) + 1e-3
        checkpoint["weights"] = checkpoint["weights"] - 0.1 * checkpoint["mean"] / (1 - 0.9**step) / size
    return {**checkpoint, "step": checkpoint["step"] + steps}


def same_state(checkpoint, gradient, steps):
    return checkpoint


RIGHT = [in_copies, by_name]

WRONG = [
    ("smallest case", same_state),
    ("changes its input", in_place),
    ("arguments", lambda checkpoint, steps: 0),
    ("not a function", 7),
]
