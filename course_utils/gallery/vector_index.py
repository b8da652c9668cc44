"""Find the rows of a matrix that are most similar to a probe: by comparing with all of them, or with an index.

An *exact* search multiplies the probes by all templates.  An *approximate* index compares with only some of them, so
it is faster but misses some.  ``python -m benchmarks.gallery_search`` measures both.
"""

from __future__ import annotations

import numpy as np

BLOCK = 2**24  # scores that a search holds at once: 64 MB
# Of the approximate index: cells for each root of the number of templates, templates for each cell that it learns from,
# the fraction of cells that is searched (`benchmarks.gallery_search` chose it), and how many templates are compared in
# full.
CELLS, LEARNED, PROBED, COMPARED = 1, 40, 0.25, 20
# Where that benchmark finds both at once: a recall of at least 0.99, and an exact search of more than a millisecond.
FEWEST = 100_000


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
        return held_in(self.rows, templates)


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


def held_in(rows: np.ndarray, templates: np.ndarray) -> int:
    """Return how many of some templates (n, numbers) are among rows (m, numbers), equal in every number."""
    if not len(rows):
        return 0
    candidates = (rows[rows[:, 0] == template[0]] for template in templates)
    return sum(bool((some == template).all(axis=1).any()) for some, template in zip(candidates, templates, strict=True))


class ApproximateIndex:
    """An index by the library faiss, which compares each probe with the templates of the nearest cells only.

    Templates are sorted into cells around learned centres (an inverted file), and compared by their short codes
    (product quantisation).  The best few are then compared in full with the templates themselves, so scores are exact.

    The index is made at the first search, in seconds, and made again after somebody was removed: nothing of them is
    left in it, not even in the centres, which are learned from everybody.

    Parameters
    ----------
    templates : ExactIndex
        What is searched.
    probed : float
        The fraction of the cells that is searched for each probe, in (0, 1].  More: fewer misses, more time.
    fewest : int
        With fewer templates than this there is no index, and the search is exact.

    Raises
    ------
    IndexUnavailableError
        If faiss is not installed.

    Notes
    -----
    Source: H. Jegou, M. Douze and C. Schmid, Product Quantization for Nearest Neighbor Search, IEEE Transactions on
    Pattern Analysis and Machine Intelligence 33(1), 117-128 (2011); M. Douze et al., The Faiss library, 2024.
    """

    def __init__(self, templates: ExactIndex, probed: float = PROBED, fewest: int = FEWEST):
        self._faiss, self._templates, self._probed, self._fewest = _import_faiss(), templates, probed, fewest
        self._index = None

    def add(self, ids: np.ndarray, rows: np.ndarray) -> None:
        """Add directions (n, numbers) under ids (n,) that were added to the templates."""
        if self._index is not None:
            self._index.add_with_ids(np.ascontiguousarray(rows), np.asarray(ids, np.int64))

    def remove(self, ids: np.ndarray) -> None:
        """Forget the templates with these ids: the index is made again at the next search, without them."""
        self._index = None

    def search(self, probes: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the most similar rows to each probe, of those that were compared.

        Parameters and results as `ExactIndex.search` has them.  Where fewer rows were found, the last ids are -1.

        Raises
        ------
        ValueError
            If the templates have an odd number of numbers, which the codes cannot be made of.
        """
        if len(self._templates) < self._fewest:
            return self._templates.search(probes, count)
        if self._index is None:
            self._index = self._made()
        _, found = self._index.search(probes, max(COMPARED, 2 * count))
        scores, ids = np.full((len(probes), count), -np.inf, np.float32), np.full((len(probes), count), -1, np.int64)
        for number, (probe, near) in enumerate(zip(probes, found, strict=True)):
            near = np.sort(near[near >= 0])
            similar = self._templates.of(near) @ probe
            best = _highest(similar[np.newaxis], min(count, len(near)))[0]
            scores[number, : len(best)], ids[number, : len(best)] = similar[best], near[best]
        if len(missed := np.flatnonzero(ids[:, 0] < 0)):  # in the nearest cells there was nobody
            scores[missed], ids[missed] = self._templates.search(probes[missed], count)
        return scores, ids

    def _made(self):
        """Return an index of all templates."""
        rows, ids = self._templates.rows, self._templates.ids
        numbers = rows.shape[1]
        if numbers % 2:
            raise ValueError(f"index: 'approximate' needs an even number of numbers in a template, got {numbers}.")
        cells = int(CELLS * np.sqrt(len(rows)))
        learned = rows[np.random.default_rng(0).choice(len(rows), min(len(rows), LEARNED * cells), replace=False)]
        codes = f"IVF{cells},PQ{numbers // 2}x4fs"  # four bits for every two numbers
        index = self._faiss.index_factory(numbers, codes, self._faiss.METRIC_INNER_PRODUCT)
        index.train(learned)
        index.add_with_ids(np.ascontiguousarray(rows), ids)
        index.nprobe = max(1, round(self._probed * cells))
        return index

    def ids(self) -> np.ndarray:
        """Return the ids of all templates that the index holds."""
        if self._index is None:
            return np.empty(0, np.int64)
        lists = self._index.invlists
        cells = [
            self._faiss.rev_swig_ptr(lists.get_ids(cell), lists.list_size(cell)).copy()
            for cell in range(lists.nlist)
            if lists.list_size(cell)
        ]
        return np.sort(np.concatenate(cells)) if cells else np.empty(0, np.int64)


def _import_faiss():
    """Return the module faiss, or say how to get it."""
    try:
        import faiss
    except ImportError as error:
        raise IndexUnavailableError(
            "index='approximate' needs the library faiss, which the course does not install. In a notebook: "
            "%pip install faiss-cpu. Without it, index='exact' finds the same people and takes longer."
        ) from error
    return faiss
