"""Answers to 6.9: right ones, and wrong ones with the hint that each must get."""

import functools
import statistics

import numpy as np


def prepared_by_parts(pictures, labels, train, test, keep):
    mean, spread = pictures[train].mean(axis=0), pictures[train].std(axis=0)
    one, other = (pictures[train] - mean) / spread, (pictures[test] - mean) / spread
    gaps = np.abs(one[labels[train] == 1].mean(axis=0) - one[labels[train] == 0].mean(axis=0))
    best = np.argsort(-gaps)[:keep]
    return one[:, best], other[:, best]


def prepared_by_lists(pictures, labels, train, test, keep):
    columns = []
    for pixel in pictures.T:
        mean, spread = statistics.fmean(pixel[train]), statistics.pstdev(pixel[train])
        columns.append((pixel - mean) / spread)
    sides = [[place for place in train if labels[place] == label] for label in (0, 1)]
    gaps = [abs(column[sides[0]].mean() - column[sides[1]].mean()) for column in columns]
    best = sorted(range(len(columns)), key=lambda pixel: -gaps[pixel])[:keep]
    return [np.stack([columns[pixel][part] for pixel in best], axis=1) for part in (train, test)]


def prepared_in(pictures, labels, train, test, keep, scaler_of, choice_of, test_scaler_of=None):
    """Scale and choose on rows that are given by a function of the two parts."""
    fitted, chosen = pictures[scaler_of(train, test)], choice_of(train, test)
    scaled = (pictures - fitted.mean(axis=0)) / fitted.std(axis=0)
    values, names = scaled[chosen], labels[chosen]
    best = np.argsort(-np.abs(values[names == 1].mean(axis=0) - values[names == 0].mean(axis=0)))[:keep]
    again = pictures[(test_scaler_of or scaler_of)(train, test)]
    return scaled[train][:, best], ((pictures[test] - again.mean(axis=0)) / again.std(axis=0))[:, best]


def train_rows(train, test):
    return train


def leaking(**where):
    return functools.partial(prepared_in, **({"scaler_of": train_rows, "choice_of": train_rows} | where))


def prepared_by_variance(pictures, labels, train, test, keep):
    one, other = prepared_by_parts(pictures, labels, train, test, keep)
    return one / 2, other / 2


RIGHT = [prepared_by_parts, prepared_by_lists, leaking(), functools.partial(prepared_by_parts)]

WRONG = [
    ("smallest case", prepared_by_variance),
    ("not a function", 3),
]
