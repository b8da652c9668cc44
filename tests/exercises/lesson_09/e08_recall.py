"""Answers to 9.8: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def recall_by_sets(found, exact):
    hits = sum(len(set(row) & set(wanted)) for row, wanted in zip(found.tolist(), exact.tolist(), strict=True))
    return hits / exact.size


def recall_by_table(found, exact):
    return (exact[:, :, None] == found[:, None, :]).any(axis=2).mean()


def recall_in_percent(found, exact):
    return 100 * recall_by_sets(found, exact)


RIGHT = [recall_by_sets, recall_by_table]

WRONG = [
    ("smallest case", recall_in_percent),
    ("arguments", lambda found: 1),
    ("returns nothing", lambda found, exact: print(np.mean(found == exact))),
]
