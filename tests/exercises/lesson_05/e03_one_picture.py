"""Answers to 5.3: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def prepare_by_reshaping(picture):
    return np.asarray(picture, dtype="float32").reshape(1, *picture.shape) / 255.0


def prepare_in_a_list(picture):
    return np.array([picture]) * (1 / 255)


def prepare_as_lists(picture):
    return [(picture / 255).tolist()]


def prepare_in_place(picture):
    picture /= 255
    return picture[np.newaxis]


RIGHT = [
    prepare_by_reshaping,
    prepare_in_a_list,
    prepare_as_lists,
    lambda x: np.expand_dims(x, 0) / np.float32(255),
]

WRONG = [
    ("stops with an error", prepare_in_place),
    ("smallest case", lambda picture: picture[np.newaxis] / 200),
]
