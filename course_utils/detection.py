"""Find the face in a picture, with the detector that comes in scikit-image: no download, no other weights.

The detector is a cascade of classifiers on local binary patterns (LBP), trained on upright frontal faces (S. Liao et
al.: Learning Multi-scale Block Local Binary Patterns for Face Recognition, ICB 2007; `skimage.feature.Cascade`).

Measured (``python -m benchmarks.face_detector``, with its stored result) on 1,000 LFW photographs of 250 x 250 pixels
of people that the settings were not chosen on: the face in the middle is found in 97.6 % of them (95 % interval 96.5 to
98.4 %), with 0.12 other boxes per picture, some of which are real people in the background; about 40 ms per picture on
one core.  LFW was itself collected with a frontal-face detector of the same family (Viola and Jones), so its faces are
of the kind that such detectors find; expect less on profiles, tilted or covered faces.
"""

from functools import lru_cache

import numpy as np

MIN_FACE = 0.15  # of the picture's shorter side
SCALE_STEP = 1.1
MIN_VOTES = 3
MAX_SIDE = 250  # pixels; a larger picture is searched at this size
OVERLAP = 0.5


class FaceNotFoundError(ValueError):
    """No face was found in a picture."""


def detect_faces(
    image: np.ndarray, min_face: float = MIN_FACE, min_votes: int = MIN_VOTES, scale_step: float = SCALE_STEP
) -> np.ndarray:
    """Return a box for each face that is found, the surest first.

    A window slides over the picture at several sizes; where there is a face, many neighbouring windows say so.  Windows
    that overlap are merged into one box (the median of each edge), and a box needs at least ``min_votes`` of them.

    Parameters
    ----------
    image : ndarray, shape (height, width) or (height, width, 3)
        Grey or RGB, of any number type and range.
    min_face : float, between 0 and 1
        Size of the smallest face to look for, as a fraction of the picture's shorter side.
    min_votes : int
        Higher: fewer false boxes, and fewer faces found.
    scale_step : float, over 1
        Ratio between one window size and the next.  Smaller: slower, more votes.

    Returns
    -------
    ndarray of int64, shape (n, 4)
        One row ``top, left, height, width`` per face, in pixels of ``image``.

    Raises
    ------
    ValueError
        If an option is impossible, or the picture has another shape.
    """
    if not scale_step > 1:
        raise ValueError(f"scale_step: expected a number over 1, such as {SCALE_STEP}, got {scale_step!r}.")
    if not 0 < min_face <= 1:
        raise ValueError(f"min_face: expected a number over 0 and up to 1, got {min_face!r}.")
    grey, shrink = _small_grey(image)
    shorter = min(grey.shape)
    smallest = max(_cascade().window_width, round(min_face * shorter))
    if smallest > shorter:
        return np.empty((0, 4), np.int64)
    windows = _cascade().detect_multi_scale(
        img=grey,
        scale_factor=scale_step,
        step_ratio=1,
        min_size=(smallest, smallest),
        max_size=(shorter, shorter),
        min_neighbor_number=1,
        intersection_score_threshold=1.1,  # over 1: the windows come back one by one, and are merged below
    )
    rows = sorted((window["r"], window["c"], window["height"], window["width"]) for window in windows)
    boxes, votes = _merge(np.array(rows, np.float64).reshape(-1, 4))
    return np.rint(boxes[votes >= min_votes] / shrink).astype(np.int64)


def crop_face(image: np.ndarray, size: int, margin: float = 0.0, box: np.ndarray | None = None) -> np.ndarray:
    """Cut the main face out of a picture.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width) or (height, width, 3)
    size : int
        Height and width of the result in pixels.
    margin : float
        What is added on each side, as a fraction of the box; negative cuts closer.
    box : sequence of four int, optional
        ``top, left, height, width`` of the face; without it, `detect_faces` and `main_face` choose.

    Returns
    -------
    ndarray of uint8, shape (size, size) or (size, size, 3)
        Where the square reaches over the picture's edge, the edge is repeated.

    Raises
    ------
    FaceNotFoundError
        If no face is found.
    """
    from PIL import Image

    if image.dtype != np.uint8:
        raise ValueError(f"image: expected uint8, 0 to 255, got {image.dtype}.")
    if box is None:
        box = main_face(detect_faces(image), image.shape[:2])
    top, left, height, width = (float(value) for value in box)
    side = max(1, round(max(height, width) * (1 + 2 * margin)))
    first_row, first_column = round(top + (height - side) / 2), round(left + (width - side) / 2)
    # Indices beyond the edge are moved onto it.
    rows = np.arange(first_row, first_row + side).clip(0, image.shape[0] - 1)
    columns = np.arange(first_column, first_column + side).clip(0, image.shape[1] - 1)
    square = Image.fromarray(np.ascontiguousarray(image[rows][:, columns]))
    return np.asarray(square.resize((size, size), Image.Resampling.BICUBIC))


def main_face(boxes: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Return the box of the largest, most central face.

    Its area counts less the further its centre is from the picture's: not at all in a corner.

    Parameters
    ----------
    boxes : ndarray, shape (n, 4)
        As `detect_faces` returns them.
    shape : (height, width) of the picture

    Raises
    ------
    FaceNotFoundError
        If there is no box.
    """
    if len(boxes) == 0:
        raise FaceNotFoundError("No face was found in the picture.")
    middle = np.array(shape) / 2
    distance = np.linalg.norm(boxes[:, :2] + boxes[:, 2:] / 2 - middle, axis=1) / np.linalg.norm(middle)
    return boxes[np.argmax(boxes[:, 2] * boxes[:, 3] * (1 - distance))]


@lru_cache(maxsize=1)
def _cascade():
    """Load the detector once."""
    from skimage import data
    from skimage.feature import Cascade

    return Cascade(data.lbp_frontal_face_cascade_filename())


def _small_grey(image: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the picture as float32 grey, no side over `MAX_SIDE`, and the factor that it was shrunk by (at most 1)."""
    from PIL import Image

    image = np.asarray(image)
    if image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] != 3) or 0 in image.shape:
        raise ValueError(f"image: expected the shape (height, width) or (height, width, 3), got {image.shape}.")
    # Luma, as in ITU-R BT.601.
    grey = image.astype(np.float32) if image.ndim == 2 else image @ np.array([0.299, 0.587, 0.114], np.float32)
    shrink = min(1.0, MAX_SIDE / max(grey.shape))
    if shrink < 1:
        height, width = (max(1, round(side * shrink)) for side in grey.shape)
        grey = np.asarray(Image.fromarray(grey).resize((width, height), Image.Resampling.BOX))
    return np.ascontiguousarray(grey, np.float32), shrink


def _merge(windows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Merge overlapping windows; return boxes and the number of windows behind each, most first.

    Again and again: the window that agrees with most others stands for them all, and every window that covers the same
    place is used up.
    """
    boxes, votes = [], []
    shared = _shared_areas(windows)
    area = np.diag(shared)
    alike = shared / (area[:, None] + area[None, :] - shared + 1e-9) >= OVERLAP
    covered = shared / (np.minimum(area[:, None], area[None, :]) + 1e-9) >= OVERLAP
    left = np.ones(len(windows), bool)
    while left.any():
        agreement = (alike & left).sum(axis=1) * left
        chosen = int(np.argmax(agreement))
        boxes.append(np.median(windows[alike[chosen] & left], axis=0))
        votes.append(agreement[chosen])
        left &= ~covered[chosen]
        left[chosen] = False
    return np.array(boxes, np.float64).reshape(-1, 4), np.array(votes, np.int64)


def _shared_areas(boxes: np.ndarray) -> np.ndarray:
    """Return the area that each two boxes share, shape (n, n)."""
    start, end = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
    overlap = np.minimum(end[:, None], end[None, :]) - np.maximum(start[:, None], start[None, :])
    return overlap.clip(0).prod(axis=2)
