"""Answers to 2.9: right ones, and wrong ones with the hint that each must get."""

import collections
import math

import numpy as np


def weights_by_counting(labels):
    counts = collections.Counter(labels.tolist())
    return {label: len(labels) / (len(counts) * count) for label, count in counts.items()}


def weights_by_shares(labels):
    return {label: 1 / (len(np.unique(labels)) * np.mean(labels == label)) for label in np.unique(labels)}


def weights_scaled_afterwards(labels):
    raw = {int(label): 1 / np.sum(labels == label) for label in labels}
    mean = np.mean([raw[int(label)] for label in labels])
    return {label: weight / mean for label, weight in raw.items()}


def counted(labels):
    return zip(*np.unique(labels, return_counts=True), strict=True)


def weights_of_roots(labels):
    return {int(label): math.sqrt(len(labels) / count) for label, count in counted(labels)}


RIGHT = [weights_by_counting, weights_by_shares, weights_scaled_afterwards]

WRONG = [
    ("stops with an error", lambda labels: {label: 1 / labels.count(label) for label in labels}),
    ("smallest case", weights_of_roots),
]
