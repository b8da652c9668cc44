"""Find the rows of a matrix that are most similar to a probe: by comparing with all of them, or with an index.

An *exact* search multiplies the probes with all templates.  An *approximate* index compares with a part of them, so it
is faster and misses some.  ``python -m benchmarks.gallery_search`` measures both.
"""

from __future__ import annotations

import numpy as np

BLOCK = 2**24  # scores that a search holds at once: 64 MB


class IndexUnavailableError(ImportError):
    """The library that an approximate index needs is not installed."""


class ExactIndex:
    """Templates with their numbers (ids), and the exact search in them: one matrix product, in blocks.

    Attributes
    ----------
    rows : ndarray of float32, shape (n, numbers)
        Directions: the product of two is their cosine.
    ids : ndarray of int64, shape (n,)
        Rising.
    """

    def __init__(self):
        self._rows, self._ids = np.empty((0, 0), np.float32), np.empty(0, np.int64)
        self._new: list[tuple[np.ndarray, np.ndarray]] = []

    def __len__(self) -> int:
        return len(self._ids) + sum(len(ids) for _, ids in self._new)

    @property
    def rows(self) -> np.ndarray:
        """The templates."""
        self._join()
        return self._rows

    @property
    def ids(self) -> np.ndarray:
        """Their ids."""
        self._join()
        return self._ids

    def _join(self) -> None:
        """Put rows that were added since the last search behind the others; many at once cost one copy."""
        if self._new:
            rows, ids = zip(*self._new, strict=True)
            self._rows = np.concatenate([self._rows, *rows] if len(self._ids) else rows)
            self._ids = np.concatenate([self._ids, *ids])
            self._new = []

    def add(self, ids: np.ndarray, rows: np.ndarray) -> None:
        """Add directions (n, numbers) under ids (n,) that are higher than all before."""
        self._new.append((rows, np.asarray(ids, np.int64)))

    def of(self, ids: np.ndarray) -> np.ndarray:
        """Return copies of the rows with these ids."""
        return self.rows[np.searchsorted(self.ids, ids)]

    def remove(self, ids: np.ndarray) -> None:
        """Delete rows; the memory in which they lay is overwritten."""
        gone = np.isin(self.ids, ids)
        kept_rows, kept_ids = self._rows[~gone], self._ids[~gone]
        self._rows[gone] = 0
        self._rows, self._ids = kept_rows, kept_ids

    def search(self, probes: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the most similar rows to each probe.

        Parameters
        ----------
        probes : ndarray of float32, shape (m, numbers)
            Directions.
        count : int
            How many rows, from 1 to all.

        Returns
        -------
        (scores, ids) : tuple of ndarray, shapes (m, count)
            The highest score first; of equal scores, the lower id.
        """
        rows, ids = self.rows, self.ids
        scores, found = np.empty((len(probes), count), np.float32), np.empty((len(probes), count), np.int64)
        for block in _blocks(len(probes), len(rows)):
            similar = probes[block] @ rows.T
            best = _highest(similar, count)
            scores[block], found[block] = np.take_along_axis(similar, best, axis=1), ids[best]
        return scores, found

    def highest_by_group(self, probes: np.ndarray, starts: np.ndarray) -> np.ndarray:
        """Return the highest score of each probe in each group of rows, (m, groups); a group begins at each start."""
        rows = self.rows
        result = np.empty((len(probes), len(starts)), np.float32)
        for block in _blocks(len(probes), len(rows)):
            result[block] = np.maximum.reduceat(probes[block] @ rows.T, starts, axis=1)
        return result

    def copies_of(self, templates: np.ndarray) -> int:
        """Return how many of some templates (n, numbers) are held, to the last digit."""
        return held(templates, self.rows)


def _blocks(probes: int, rows: int) -> list[slice]:
    """Return slices of probes of which each has at most `BLOCK` scores, or one probe."""
    step = max(1, BLOCK // max(1, rows))
    return [slice(start, start + step) for start in range(0, probes, step)]


def _highest(scores: np.ndarray, count: int) -> np.ndarray:
    """Return the columns of the highest scores of each row, the highest first; of equal ones, the first column."""
    if count == 1:
        return scores.argmax(axis=1)[:, np.newaxis]
    if count >= scores.shape[1]:
        return np.argsort(-scores, axis=1, kind="stable")[:, :count]
    chosen = np.sort(np.argpartition(-scores, count - 1, axis=1)[:, :count], axis=1)
    order = np.argsort(-np.take_along_axis(scores, chosen, axis=1), axis=1, kind="stable")
    return np.take_along_axis(chosen, order, axis=1)


def held(templates: np.ndarray, rows: np.ndarray) -> int:
    """Return how many of some templates (n, numbers) are among rows (m, numbers), equal in every number."""
    if not len(rows):
        return 0
    candidates = (rows[rows[:, 0] == template[0]] for template in templates)
    return sum(bool((some == template).all(axis=1).any()) for some, template in zip(candidates, templates, strict=True))


class ApproximateIndex:
    """To be chosen by measurement."""

    def __init__(self, ids, rows):
        raise IndexUnavailableError("There is no approximate index yet.")
