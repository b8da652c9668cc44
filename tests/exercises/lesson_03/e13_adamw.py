"""Answers to 3.13: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils.from_scratch import optimizers


def adamw_with_a_class(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    optimizer = optimizers.AdamW(learning_rate, weight_decay, beta_1=beta_1, beta_2=beta_2, epsilon=epsilon)
    path = []
    for gradient in gradients:
        weights = optimizer.update(weights, gradient)
        path.append(weights)
    return np.array(path)


def adamw_with_a_generator(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    def walk(weights):
        mean, square = np.zeros_like(weights), np.zeros_like(weights)
        for number, gradient in enumerate(gradients):
            mean += (1 - beta_1) * (gradient - mean)
            square += (1 - beta_2) * (gradient**2 - square)
            decay = learning_rate * weight_decay * weights
            move = mean / (1 - beta_1 ** (number + 1)) / ((square / (1 - beta_2 ** (number + 1))) ** 0.5 + epsilon)
            weights = weights - decay - learning_rate * move
            yield weights

    return list(walk(weights))


def adamw_by(**changes):
    """Return a wrong function: AdamW with some of its parts exchanged."""
    parts = {
        "gradient": lambda gradient, weights, decay: gradient,
        "mean": lambda mean, gradient, beta: beta * mean + (1 - beta) * gradient,
        "square": lambda square, gradient, beta, mean: beta * square + (1 - beta) * gradient**2,
        "first": 1,
        "count": 1,
        "correct_mean": True,
        "correct_square": True,
        "root": lambda square, epsilon: np.sqrt(square) + epsilon,
        "shrink": lambda weights, rate, decay: weights * (1 - rate * decay),
        "move": lambda weights, step, rate, decay: weights - step,
    } | changes

    def adamw_path(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
        mean, square, step, path = 0.0, 0.0, parts["first"], []
        for gradient in gradients:
            gradient = parts["gradient"](gradient, weights, weight_decay)
            mean = parts["mean"](mean, gradient, beta_1)
            square = parts["square"](square, gradient, beta_2, mean)
            fair_mean = mean / (1 - beta_1**step) if parts["correct_mean"] else mean
            fair_square = square / (1 - beta_2**step) if parts["correct_square"] else square
            weights = parts["shrink"](weights, learning_rate, weight_decay)
            move = learning_rate * fair_mean / parts["root"](fair_square, epsilon)
            weights = parts["move"](weights, move, learning_rate, weight_decay)
            path.append(weights)
            step += parts["count"]
        return path

    return adamw_path


def adamw_last_weights(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    return adamw_with_a_class(weights, gradients, learning_rate, weight_decay, beta_1, beta_2)[-1]


def adamw_as_adagrad(weights, gradients, learning_rate, weight_decay, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    path, squares = [], 0.0
    for gradient in gradients:
        squares = squares + gradient**2
        weights = weights - learning_rate * gradient / np.sqrt(squares + 1)
        path.append(weights)
    return path


RIGHT = [adamw_with_a_class, adamw_with_a_generator, adamw_by()]

WRONG = [
    ("smallest case", adamw_last_weights),
    ("smallest case", adamw_as_adagrad),
]
