"""Describe faces without learning to tell people apart: what an embedding is compared with."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_utils.augmentation import LUMA

MIDDLE = slice(4, 60)  # like the embedding network, the baselines look at the middle 56 x 56 of the 64 x 64 pixels


def grey_middle(images: np.ndarray) -> np.ndarray:
    """Return the middle of each picture (n, 64, 64, 3) as a grey row of mean 0 and standard deviation 1, (n, 3136)."""
    rows = (images[:, MIDDLE, MIDDLE] @ np.array(LUMA)).reshape(len(images), -1)
    rows = rows - rows.mean(axis=1, keepdims=True)
    return rows / np.maximum(rows.std(axis=1, keepdims=True), 1e-6)


def eigenfaces(images: np.ndarray, components: int = 200) -> Callable[[np.ndarray], np.ndarray]:
    """Return the projection of pictures on the whitened principal components of these pictures.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, 64, 64, 3)
        What the components are computed from.
    components : int
        How many, at most n.

    Returns
    -------
    callable
        Takes pictures (m, 64, 64, 3), gives (m, components).

    Notes
    -----
    Source: M. Turk and A. Pentland, Eigenfaces for Recognition, Journal of Cognitive Neuroscience 3(1), 71-86 (1991);
    whitened, so that each component counts the same.
    """
    from sklearn.decomposition import PCA

    rows = grey_middle(images)
    projection = PCA(min(components, *rows.shape), whiten=True, svd_solver="randomized", random_state=0).fit(rows)
    return lambda others: projection.transform(grey_middle(others))
