"""Embeddings that do not learn to tell people apart: what the network is compared with."""

from collections.abc import Callable
from functools import partial

import numpy as np
from skimage.feature import hog

from benchmarks.transfer.embeddings import Embed
from benchmarks.transfer.real_faces import LUMA, view1_pictures
from course_utils.datasets import FaceDataset
from course_utils.protocols.baselines import MIDDLE, eigenfaces, grey_middle


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
