"""Answers to 2.13: right ones, and wrong ones with the hint that each must get.

Functions stand for the losses of Keras, which would take seconds to import; the solution itself uses Keras.
"""

import numpy as np

from course_utils.from_scratch import losses


def binary(labels, outputs):
    return losses.binary_crossentropy(labels, outputs)


def binary_of_probabilities(labels, outputs):
    outputs = np.clip(outputs, 1e-7, 1 - 1e-7)
    return np.mean(-labels * np.log(outputs) - (1 - labels) * np.log(1 - outputs))


def one_hot(labels, outputs):
    if np.ndim(labels) != 2:
        raise ValueError("rank")
    return losses.categorical_crossentropy(labels, outputs)


def one_hot_of_probabilities(labels, outputs):
    if np.ndim(labels) != 2:
        raise ValueError("rank")
    return np.mean(-(labels * np.log(np.clip(outputs / outputs.sum(axis=1, keepdims=True), 1e-7, 1))).sum(axis=1))


def sparse(labels, outputs):
    if np.ndim(labels) != 1:
        raise ValueError("rank")
    return losses.categorical_crossentropy(labels, outputs)


def sparse_of_probabilities(labels, outputs):
    if np.ndim(labels) != 1:
        raise ValueError("rank")
    return one_hot_of_probabilities(losses.one_hot(labels, outputs.shape[1]), outputs)


def smoothed(labels, outputs):
    if np.ndim(labels) != 2:
        raise ValueError("rank")
    return losses.categorical_crossentropy(labels, outputs, label_smoothing=0.1)


def smoothed_too_much(labels, outputs):
    return losses.categorical_crossentropy(labels, outputs, label_smoothing=0.5)


def absolute(labels, outputs):
    return np.abs(labels - outputs).mean(axis=-1)


def squared(labels, outputs):
    return losses.mean_squared_error(labels, outputs)


def huber(labels, outputs):
    error = np.abs(labels - outputs)
    return np.where(error < 1, error**2 / 2, error - 0.5).mean()


class BinaryCrossentropy:
    """Stands for a class that is not called."""

    def __call__(self, labels, outputs):
        return binary(labels, outputs)


RIGHT_ONES = {"glasses": binary, "person": sparse, "smoothed": smoothed, "age": absolute}


def but(**other):
    return RIGHT_ONES | other


RIGHT = [but(), but(age=huber), but(glasses=BinaryCrossentropy())]

WRONG = [
    ("not a dictionary", [binary, sparse, smoothed, absolute]),
    ("keys", {"glasses": binary}),
    ("a name", but(glasses="binary_crossentropy")),
    ("a class", but(glasses=BinaryCrossentropy)),
    ("not a loss", but(age=0.5)),
    ("glasses, probabilities", but(glasses=binary_of_probabilities)),
    ("glasses, regression", but(glasses=squared)),
    ("glasses", but(glasses=sparse)),
    ("person, probabilities", but(person=sparse_of_probabilities)),
    ("person, one-hot rows", but(person=one_hot)),
    ("person, one-hot rows", but(person=one_hot_of_probabilities)),
    ("person", but(person=squared)),
    ("smoothed, hard labels", but(smoothed=one_hot)),
    ("smoothed, probabilities", but(smoothed=one_hot_of_probabilities)),
    ("smoothed, class numbers", but(smoothed=sparse)),
    ("smoothed", but(smoothed=smoothed_too_much)),
    ("age, squared", but(age=squared)),
    ("age", but(age=lambda labels, outputs: np.sqrt(np.abs(labels - outputs)).mean())),
    ("age", but(age=binary)),
]
