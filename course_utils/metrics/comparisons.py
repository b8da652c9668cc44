"""Correct for many comparisons: among many remedies that do nothing, some look as if they did something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np


def discoveries(differences: Mapping[object, Sequence[float]], share: float = 0.05) -> dict[object, bool]:
    """Tell which mean differences are not 0, so that only a small share of those named is expected to be wrong.

    Parameters
    ----------
    differences : mapping
        For each comparison, one difference per seed, at least two; all of them are corrected together.
    share : float
        The expected share of false discoveries among all discoveries, in (0, 1): the false discovery rate.

    Returns
    -------
    dict
        For each comparison, whether it is a discovery.

    Raises
    ------
    ValueError
        If a comparison has fewer than two seeds, or if `share` is not between 0 and 1.

    Notes
    -----
    Each comparison has a p-value, by the t test that belongs to `mean_interval`; Y. Benjamini and Y. Hochberg, Journal
    of the Royal Statistical Society B 57(1), 289-300 (1995) say which of them count.  The rate holds for comparisons
    that are independent or depend on each other positively, as those with one common start do.
    """
    if not 0 < share < 1:
        raise ValueError(f"`share` must lie between 0 and 1, not {share}.")
    short = [name for name, values in differences.items() if len(values) < 2]
    if short:
        raise ValueError(f"A comparison needs at least two seeds; {short} have fewer.")
    from scipy.stats import false_discovery_control

    if not differences:
        return {}
    adjusted = false_discovery_control([_p_value(np.asarray(values, float)) for values in differences.values()])
    return {name: bool(value <= share) for name, value in zip(differences, adjusted, strict=True)}


def _p_value(values: np.ndarray) -> float:
    """Return the probability of a mean at least as far from 0, if 0 is the truth (two-sided t test)."""
    if values.std() == 0:  # SciPy divides by it
        return 1.0 if values[0] == 0 else 0.0
    from scipy.stats import ttest_1samp

    return float(ttest_1samp(values, 0).pvalue)
