"""Answers to 11.5: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def by_inverse(templates, pictures, ridge):
    mean = np.mean(pictures, axis=0)
    inverse = np.linalg.inv(templates.T @ templates + np.diag(np.full(templates.shape[1], ridge)))
    return inverse @ templates.T @ (pictures - mean), mean


def by_longer_columns(templates, pictures, ridge):
    """Solve least squares with a row for each penalty, which wants a weight to be zero."""
    mean = pictures.sum(axis=0) / len(pictures)
    numbers, pixels = templates.shape[1], pictures.shape[1]
    rows = np.concatenate([templates, np.sqrt(ridge) * np.eye(numbers)])
    wanted = np.concatenate([pictures - mean, np.zeros((numbers, pixels))])
    return [np.linalg.lstsq(rows, wanted, rcond=None)[0], mean]


def nearest_picture(templates, pictures, ridge):
    return templates.T @ pictures, pictures[0]


def plain_least_squares(templates, pictures, ridge):
    mean = pictures.mean(axis=0)
    return np.linalg.pinv(templates) @ (pictures - mean), mean


def from_a_statistics_book(templates, pictures, ridge):
    """Subtract the mean template, too."""
    middle = templates.mean(axis=0)
    weights, mean = by_inverse(templates - middle, pictures, ridge)
    return weights, mean - middle @ weights


RIGHT = [by_inverse, by_longer_columns]

WRONG = [
    ("smallest case", nearest_picture),
    ("penalty forgotten", plain_least_squares),
    ("as in the lesson", from_a_statistics_book),
    ("weights alone", lambda templates, pictures, ridge: by_inverse(templates, pictures, ridge)[0]),
    ("turned round", lambda templates, pictures, ridge: by_inverse(templates, pictures, ridge)[::-1]),
    ("arguments", lambda templates, pictures: 0),
    ("not a function", np.zeros((128, 3))),
]
