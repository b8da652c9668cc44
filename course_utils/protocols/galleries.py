"""Let a gallery grow and count how often a stranger is taken for somebody: lesson 09's protocol.

Used by `notebooks/09_galleries_and_identification.ipynb` and `benchmarks/gallery_size.py`, which says what is measured.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_utils import metrics


def normalised(embeddings) -> np.ndarray:
    """Return embeddings (..., numbers) as float32, each divided by its length.

    Raises
    ------
    ValueError
        If an embedding is all zeros, or not finite: it has no direction.
    """
    embeddings = np.asarray(embeddings, np.float32)
    lengths = np.linalg.norm(embeddings, axis=-1, keepdims=True)
    if not np.isfinite(lengths).all() or (lengths == 0).any():
        raise ValueError("An embedding is all zeros or has a number that is not finite: it has no direction.")
    return embeddings / lengths


def expected_fpir(false_match_rate: float, enrolled):
    """Return how often a stranger would be taken for somebody if all comparisons were independent.

    Parameters
    ----------
    false_match_rate : float or ndarray
        Of one comparison, in 0..1.
    enrolled : int or ndarray
        People in the gallery.

    Returns
    -------
    float or ndarray
        1 - (1 - FMR)^N, in 0..1.
    """
    return 1 - (1 - np.asarray(false_match_rate, float)) ** enrolled


def growing_gallery(matches, sizes: Sequence[int], galleries: int, seed: int) -> np.ndarray:
    """Return how often each probe of a stranger is taken for somebody while random galleries grow.

    People are enrolled one after the other in a random order; this is repeated.

    Parameters
    ----------
    matches : array_like of bool, shape (probes, people)
        Whether a probe's score with a person is at or above the threshold.
    sizes : sequence of int
        Numbers of enrolled people, each from 1 to `people`.
    galleries : int
        How many random orders.
    seed : int
        Of the orders.

    Returns
    -------
    ndarray of float, shape (sizes, probes)
        The fraction of the galleries of that size in which the probe matches anybody.

    Raises
    ------
    ValueError
        If a size is not as described.
    """
    matches = np.asarray(matches, dtype=bool)
    probes, people = matches.shape
    if min(sizes) < 1 or max(sizes) > people:
        raise ValueError(f"sizes: expected numbers from 1 to {people}, the people in the gallery, got {list(sizes)}.")
    random = np.random.default_rng(seed)
    matched = np.zeros((len(sizes), probes))
    for _ in range(galleries):
        # Position, from 1, of the first person in this order whom the probe matches; nobody: later than all.
        in_order = matches[:, random.permutation(people)]
        first = np.where(in_order.any(axis=1), in_order.argmax(axis=1) + 1, people + 1)
        matched += first <= np.array(sizes)[:, np.newaxis]
    return matched / galleries


def threshold_for(scores, false_match_rate: float) -> float:
    """Return the score above which a wanted fraction of non-mated comparisons lies.

    Parameters
    ----------
    scores : array_like of float
        Of non-mated comparisons, of any shape.
    false_match_rate : float
        The wanted rate, in (0, 1).

    Raises
    ------
    TooFewComparisonsError
        If there are fewer than 3 / rate comparisons.
    """
    scores = np.asarray(scores).ravel()
    metrics.check_support(false_match_rate, len(scores))
    return float(np.quantile(scores, 1 - false_match_rate, method="higher"))


def by_person(values, people) -> np.ndarray:
    """Return the mean of the values of each person, in the order of the people's numbers.

    Parameters
    ----------
    values : array_like of float, shape (n,)
    people : array_like of int, shape (n,)
        Whose value it is, from 0; everybody has one at least.
    """
    return np.bincount(people, np.asarray(values, float)) / np.bincount(people)
