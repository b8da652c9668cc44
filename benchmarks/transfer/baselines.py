"""Embeddings that do not learn to tell people apart: what the network is compared with."""

from collections.abc import Callable
from functools import partial

import numpy as np
from skimage.feature import hog
from sklearn.decomposition import PCA

from benchmarks.transfer.embeddings import Embed
from benchmarks.transfer.real_faces import LUMA, view1_pictures
from course_utils.datasets import FaceDataset

MIDDLE = slice(4, 60)  # like the network, the baselines look at the middle 56 x 56 of the 64 x 64 pixels


def grey_middle(images: np.ndarray) -> np.ndarray:
    """Return the middle of each picture as a grey row of mean 0 and standard deviation 1."""
    rows = (images[:, MIDDLE, MIDDLE] @ LUMA).reshape(len(images), -1)
    rows = rows - rows.mean(axis=1, keepdims=True)
    return rows / np.maximum(rows.std(axis=1, keepdims=True), 1e-6)


def eigenfaces(images: np.ndarray, components: int = 200) -> Embed:
    """Return the projection on the whitened principal components of these pictures."""
    rows = grey_middle(images)
    projection = PCA(min(components, *rows.shape), whiten=True, svd_solver="randomized", random_state=0).fit(rows)
    return lambda others: projection.transform(grey_middle(others))


def gradients(images: np.ndarray) -> np.ndarray:
    """Return histograms of oriented gradients of the pictures' middles, 7 x 7 cells of 8 x 8 pixels."""
    describe = partial(hog, pixels_per_cell=(8, 8), cells_per_block=(2, 2), transform_sqrt=True)
    return np.stack([describe(image[MIDDLE, MIDDLE] @ LUMA) for image in images])


def centred_gradients(images: np.ndarray) -> Embed:
    """Return the histograms less their mean over these pictures, without which all faces are much alike."""
    mean = gradients(images).mean(axis=0)
    return lambda others: gradients(others) - mean


def baselines(faces: FaceDataset, lfw: FaceDataset) -> dict[str, Callable[[], Embed]]:
    """Return what the network is held against, by name; each is made when it is called."""
    return {
        "raw pixels": lambda: grey_middle,
        "eigenfaces of rendered people": lambda: eigenfaces(faces.images),
        "eigenfaces of View 1's people (real)": lambda: eigenfaces(view1_pictures(lfw)),
        "gradients (HOG)": lambda: centred_gradients(faces.images),
    }
