"""Learn from people's names on which axes their pictures differ little: linear discriminants, and Joint Bayesian."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import linalg

from course_utils import metrics

# How far the scatter within people is taken for the same in all directions, as in `benchmarks.transfer_comparison`.
SHRINKAGE = 0.1


def principal_components(rows: np.ndarray, components: int) -> Callable[[np.ndarray], np.ndarray]:
    """Return the projection of rows (m, numbers) on the principal components of these (n, numbers)."""
    from sklearn.decomposition import PCA

    return PCA(components, svd_solver="randomized", random_state=0).fit(rows).transform


@dataclass(frozen=True, eq=False)
class Discriminants:
    """Axes on which people differ, each scaled so that the pictures of one person have the variance 1 on it.

    Attributes
    ----------
    mean : ndarray, shape (numbers,)
        Of the people.
    axes : ndarray, shape (numbers, axes)
    between : ndarray, shape (axes,)
        The variance between people on each axis, over 0: the larger, the more it says of who somebody is.
    """

    mean: np.ndarray
    axes: np.ndarray
    between: np.ndarray

    def project(self, rows: np.ndarray) -> np.ndarray:
        """Return rows (n, numbers) on the axes, (n, axes)."""
        return (rows - self.mean) @ self.axes

    def cosines(self, rows: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Return the cosines between pairs of rows (n, numbers), as indices of them, on the axes."""
        return metrics.cosine_similarity(self.project(rows), first, second)

    def likelihood_ratios(self, rows: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """Return by what factor each pair is likelier if it shows one person than if it shows two: its logarithm.

        A picture is a person plus what differs from picture to picture, both normally distributed.  On each axis the
        latter has variance 1 and the former ``between``, b: two pictures of one person have the covariance b, of two
        people 0.  The axes are independent, so their logarithms are added.

        Notes
        -----
        Source: D. Chen et al., Bayesian Face Revisited: A Joint Formulation, ECCV 2012.  There both covariances are
        estimated by expectation maximisation; here by the scatters, as in linear discriminant analysis.
        """
        b, total = self.between, self.between + 1
        one, other = (self.project(rows[side]) for side in (first, second))
        squares, product = one**2 + other**2, one * other
        if_one_person = (total * squares - 2 * b * product) / (2 * b + 1)
        return 0.5 * (squares / total - if_one_person + np.log(total**2 / (2 * b + 1))).sum(axis=1)


def discriminants(rows: np.ndarray, people: np.ndarray, shrinkage: float = SHRINKAGE) -> Discriminants:
    """Return the axes on which people differ most, compared with pictures of one person.

    Parameters
    ----------
    rows : ndarray of float, shape (n, numbers)
        Descriptions of pictures.
    people : ndarray of int, shape (n,)
        Who is in each; somebody needs two pictures.
    shrinkage : float
        How far the scatter within people is taken for the same in all directions, in 0..1.

    Raises
    ------
    ValueError
        If nobody has two pictures, or there is one person only.

    Notes
    -----
    The means of people scatter more than the people do, because a mean of few pictures is inexact.  That part, the
    scatter within people over the number of pictures, is subtracted; axes on which nothing remains are left out.
    """
    _, number, counts = np.unique(people, return_inverse=True, return_counts=True)
    if len(counts) < 2 or len(rows) == len(counts):
        raise ValueError("At least two people are needed, and one of them with two pictures.")
    rows = np.asarray(rows, float)
    means = np.zeros((len(counts), rows.shape[1]))
    np.add.at(means, number, rows)
    means /= counts[:, np.newaxis]
    deviations = rows - means[number]
    within = deviations.T @ deviations / (len(rows) - len(counts))
    mean = means.mean(axis=0)
    between = (means - mean).T @ (means - mean) / (len(counts) - 1) - within * np.mean(1 / counts)
    size = len(within)
    shrunk = (1 - shrinkage) * within + shrinkage * np.trace(within) / size * np.eye(size)
    variances, axes = linalg.eigh(between, shrunk)
    kept = variances > 0
    return Discriminants(mean, axes[:, kept][:, ::-1], variances[kept][::-1])
