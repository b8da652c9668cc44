"""Answers to 1.9: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def backward_by_loops(gradient, inputs, weights, bias):
    of_inputs, of_weights, of_bias = np.zeros(inputs.shape), np.zeros(weights.shape), np.zeros(bias.shape)
    for picture, unit in np.ndindex(gradient.shape):
        if sum(inputs[picture] * weights[:, unit]) + bias[unit] > 0:
            passed = gradient[picture, unit]
            of_bias[unit] += passed
            of_inputs[picture] += passed * weights[:, unit]
            of_weights[:, unit] += passed * inputs[picture]
    return [of_inputs.tolist(), of_weights.tolist(), of_bias.tolist()]


def backward_by_einsum(gradient, inputs, weights, bias):
    passed = np.where(inputs @ weights + bias > 0, gradient, 0)
    of_weights = np.einsum("ni,nu->iu", inputs, passed)
    return np.einsum("nu,iu->ni", passed, weights), of_weights, np.einsum("nu->u", passed)


def backward_by_tensordot(gradient, inputs, weights, bias):
    passed = gradient.copy()
    passed[np.dot(inputs, weights) + bias <= 0] = 0
    return np.dot(passed, weights.T), np.tensordot(inputs, passed, (0, 0)), np.ones(len(gradient)) @ passed


def dense_back(passed, inputs, weights):
    return passed @ weights.T, inputs.T @ passed, passed.sum(axis=0)


def backward_negative(gradient, inputs, weights, bias):
    return tuple(-part for part in backward_by_einsum(gradient, inputs, weights, bias))


RIGHT = [backward_by_loops, backward_by_einsum, backward_by_tensordot]

WRONG = [
    ("arguments", lambda gradient, inputs, weights: dense_back(gradient, inputs, weights)),
    ("smallest case", backward_negative),
]
