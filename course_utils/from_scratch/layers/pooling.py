"""Summarise the values under a window, or a whole map, forward and backward."""

from __future__ import annotations

import numpy as np

from course_utils.from_scratch.layers.dtypes import real, smallest
from course_utils.from_scratch.layers.windows import pad, shifts


def max_pool(images: np.ndarray, pool_size: int = 2, stride: int | None = None, padding: str = "valid") -> np.ndarray:
    """Keep the largest value under each position of a window, channel by channel (lesson 01, section 4).

    Parameters
    ----------
    images
        Array (n, h, w, channels) of real numbers; the result has their type.
    pool_size
        Edge of the window, pixels.
    stride
        Pixels from one position to the next; by default ``pool_size``, windows side by side.
    padding
        As in `output_size`; what is put around the pictures is never the largest.

    Raises
    ------
    ValueError
        If the pictures are not (n, h, w, channels), or smaller than the window.
    """
    padded, positions, _ = _prepare_pool(images, pool_size, stride, padding, smallest(images.dtype))
    return np.max([padded[seen] for _, seen in positions], axis=0)


def max_pool_backward(
    gradient: np.ndarray, images: np.ndarray, pool_size: int = 2, stride: int | None = None, padding: str = "valid"
) -> np.ndarray:
    """Return the gradient with respect to the pictures: all of it goes to the largest value (lesson 01, section 8).

    Of several that are the largest, the first gets it, as in TensorFlow.
    """
    # As real numbers: no pixel is as small as what is put around them, so that none of the gradient ends up there.
    padded, positions, inside = _prepare_pool(real(images), pool_size, stride, padding, -np.inf)
    winner = np.argmax([padded[seen] for _, seen in positions], axis=0)
    result = np.zeros(padded.shape, gradient.dtype)
    for number, (_, seen) in enumerate(positions):
        result[seen] += gradient * (winner == number)
    return result[inside]


def average_pool(
    images: np.ndarray, pool_size: int = 2, stride: int | None = None, padding: str = "valid"
) -> np.ndarray:
    """Average over each position of a window, channel by channel (lesson 01, section 4).

    Takes and raises the same as `max_pool`; what is put around the pictures does not count.
    """
    padded, positions, _ = _prepare_pool(real(images), pool_size, stride, padding)
    return sum(padded[seen] for _, seen in positions) / _pixels_under(images, pool_size, stride, padding)


def average_pool_backward(
    gradient: np.ndarray, images: np.ndarray, pool_size: int = 2, stride: int | None = None, padding: str = "valid"
) -> np.ndarray:
    """Return the gradient with respect to the pictures: each pixel under a window gets an equal share of it."""
    padded, positions, inside = _prepare_pool(images, pool_size, stride, padding)
    share = gradient / _pixels_under(images, pool_size, stride, padding)
    result = np.zeros(padded.shape, share.dtype)
    for _, seen in positions:
        result[seen] += share
    return result[inside]


def _pixels_under(images: np.ndarray, pool_size: int, stride: int | None, padding: str) -> np.ndarray:
    """Return how many pixels of the picture lie under each position of a window, shape (1, rows, columns, 1)."""
    ones = np.ones((1, *images.shape[1:3], 1), real(images).dtype)
    padded, positions, _ = _prepare_pool(ones, pool_size, stride, padding)
    return sum(padded[seen] for _, seen in positions)


def _prepare_pool(images: np.ndarray, pool_size: int, stride: int | None, padding: str, around: float = 0):
    """Return padded pictures, the pixels under each place of the window, and where the pictures lie in the padded."""
    if images.ndim != 4:
        raise ValueError(f"images must be (n, h, w, channels), not {images.shape}")
    window, stride = (pool_size, pool_size), stride or pool_size
    padded, rows, columns, inside = pad(images, window, stride, padding, around=around)
    return padded, list(shifts(window, rows, columns, stride)), inside


def global_average_pool(images: np.ndarray) -> np.ndarray:
    """Average each channel over the whole map, (n, h, w, channels) to (n, channels) (lesson 01, section 7)."""
    return images.mean(axis=(1, 2))


def global_average_pool_backward(gradient: np.ndarray, images: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to the maps: the same share for each of their numbers."""
    height, width = images.shape[1:3]
    return np.broadcast_to(gradient[:, np.newaxis, np.newaxis] / (height * width), images.shape).copy()
