"""Describe faces by fixed recipes of computer vision: nothing is learned.

Both descriptors look at the middle 112 x 112 of LFW's "face" crop at 128 x 128 pixels, in grey.  The descriptors of a
picture and of its mirror image are added, so that left and right do not matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np
from skimage.feature import hog, local_binary_pattern

from benchmarks.fingerprints import code_of
from course_utils.datasets import storage
from course_utils.environment import progress

SIDE = 128
MIDDLE = slice(8, 120)
RADII = (1, 2)  # of local binary patterns, pixels
PATTERNS = 59  # uniform patterns of eight neighbours, the last for all that are not uniform


def gradients(picture: np.ndarray, cell: int) -> np.ndarray:
    """Return histograms of oriented gradients of a grey picture (112, 112), normalised in blocks of 2 x 2 cells.

    Parameters
    ----------
    picture : ndarray, shape (112, 112)
    cell : int
        Side of a cell in pixels: 8 gives 6,084 numbers, 16 gives 1,296.

    Notes
    -----
    Source: N. Dalal and B. Triggs, Histograms of Oriented Gradients for Human Detection, CVPR 2005.
    """
    return hog(picture, pixels_per_cell=(cell, cell), cells_per_block=(2, 2), transform_sqrt=True)


def patterns(picture: np.ndarray, cell: int) -> np.ndarray:
    """Return histograms of uniform local binary patterns in each cell, at two radii; the root of each share.

    Parameters
    ----------
    picture : ndarray, shape (112, 112)
    cell : int
        Side of a cell in pixels: 16 gives 5,782 numbers.

    Notes
    -----
    Source: T. Ahonen, A. Hadid and M. Pietikainen, Face Description with Local Binary Patterns, IEEE Transactions on
    Pattern Analysis and Machine Intelligence 28(12), 2037-2041 (2006).  Roots make the inner product of two histograms
    the Bhattacharyya coefficient.
    """
    across = picture.shape[1] // cell
    rows, columns = np.indices(picture.shape) // cell
    place = (rows * across + columns) * PATTERNS
    number = picture.shape[0] // cell * across * PATTERNS
    grey = picture.round().astype(np.uint8)
    codes = [local_binary_pattern(grey, 8, radius, method="nri_uniform").astype(int) for radius in RADII]
    counts = [np.bincount((place + code).ravel(), minlength=number) for code in codes]
    return np.sqrt(np.concatenate(counts) / cell**2)


DESCRIPTORS: dict[str, Callable[[np.ndarray, int], np.ndarray]] = {"HOG": gradients, "LBP": patterns}


def describe(images: np.ndarray, descriptor: str, cell: int) -> np.ndarray:
    """Return descriptors of length 1, float32 (n, numbers), of pictures (n, 128, 128, 3); the cache keeps them."""
    code = hashlib.sha256("".join(code_of(DESCRIPTORS[descriptor], describe)).encode()).hexdigest()
    name = f"{descriptor}-{cell}-{code[:8]}-{storage.array_sha256(images)[:12]}.npz"
    path = storage.cache_folder() / "lfw_table" / name
    if (stored := storage.load_cache(path)) is not None:
        return stored["rows"]
    rows = None
    for number, image in enumerate(progress(images, f"{descriptor} in cells of {cell} pixels")):
        grey = image[MIDDLE, MIDDLE].mean(axis=-1)
        row = sum(DESCRIPTORS[descriptor](picture, cell) for picture in (grey, grey[:, ::-1]))
        rows = np.empty((len(images), len(row)), np.float32) if rows is None else rows
        rows[number] = row / max(np.linalg.norm(row), 1e-12)
    storage.save_cache(path, rows=rows)
    return rows
