"""Changes of a picture in NumPy, as lesson 04 derives them; each gives the same numbers as a Keras layer, drawn alike.

A picture is an array (height, width, channels); no function changes the one that it is given.  What is drawn at random
is an argument here, so that every result can be repeated.
"""

from __future__ import annotations

import numpy as np

# -- coordinates -------------------------------------------------------------------------------------------------------


def look_up(picture: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return the picture's values at places between pixels, from the four pixels around each (lesson 04, section 3).

    Parameters
    ----------
    picture
        Array (height, width, channels).
    rows, columns
        Arrays (h, w): where each new pixel comes from, counted from the centre of the first pixel.  A place outside is
        moved to the nearest inside.
    """
    height, width = picture.shape[:2]
    rows, columns = rows.clip(0, height - 1), columns.clip(0, width - 1)
    top, left = np.floor(rows).astype(int), np.floor(columns).astype(int)
    bottom, right = np.minimum(top + 1, height - 1), np.minimum(left + 1, width - 1)
    down, across = (rows - top)[..., None], (columns - left)[..., None]
    upper = picture[top, left] * (1 - across) + picture[top, right] * across
    lower = picture[bottom, left] * (1 - across) + picture[bottom, right] * across
    return upper * (1 - down) + lower * down


def rotate(x: np.ndarray, y: np.ndarray, degrees: float) -> tuple[np.ndarray, np.ndarray]:
    """Turn points about (0, 0), counter-clockwise, where y is counted downwards (lesson 04, section 3).

    Parameters
    ----------
    x, y : array
        Coordinates, of one shape.
    degrees : float
        The angle; a negative one turns back.
    """
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return x * cosine + y * sine, y * cosine - x * sine


def move(picture: np.ndarray, angle: float = 0, size: float = 1, right: float = 0, down: float = 0) -> np.ndarray:
    """Turn, zoom and shift a picture about its middle, in one look-up (lesson 04, section 3).

    Parameters
    ----------
    picture
        Array (height, width, channels).
    angle
        Degrees, counter-clockwise.
    size
        2: everything appears twice as large.
    right, down
        Pixels.
    """
    height, width = picture.shape[:2]
    y, x = np.mgrid[:height, :width].astype(float)
    x, y = x - (width - 1) / 2 - right, y - (height - 1) / 2 - down
    x, y = rotate(x, y, -angle)  # back to where each pixel comes from
    return look_up(picture, y / size + (height - 1) / 2, x / size + (width - 1) / 2)


# -- values ------------------------------------------------------------------------------------------------------------


def brighten(picture: np.ndarray, share: float, largest: float = 255) -> np.ndarray:
    """Add a share of the full range to every value, within 0 and the largest (lesson 04, section 5)."""
    return np.clip(picture + share * largest, 0, largest)


def contrast(picture: np.ndarray, factor: float, largest: float = 255) -> np.ndarray:
    """Pull the values of each channel apart about their mean, or together (lesson 04, section 5)."""
    mean = picture.mean(axis=(0, 1))
    return np.clip(mean + factor * (picture - mean), 0, largest)


def blur(picture: np.ndarray, sigma: float, size: int = 5) -> np.ndarray:
    """Replace every pixel by a mean of its surroundings, with weights of a bell curve (lesson 04, section 6).

    Parameters
    ----------
    picture
        Array (height, width, channels).
    sigma
        Standard deviation of the bell curve, in pixels.
    size
        Rows and columns of the surroundings, odd.  Beyond the edge, the edge goes on.
    """
    distance = np.arange(size) - size // 2
    weights = np.exp(-0.5 * (distance / sigma) ** 2)
    weights = weights / weights.sum()
    for axis in (0, 1):
        padded = np.pad(picture, [(size // 2, size // 2) if axis == side else (0, 0) for side in range(3)], mode="edge")
        shifted = [np.take(padded, np.arange(picture.shape[axis]) + start, axis=axis) for start in range(size)]
        picture = sum(weight * part for weight, part in zip(weights, shifted, strict=True))
    return picture


def erase(picture: np.ndarray, top: int, left: int, height: int, width: int, value: float = 0) -> np.ndarray:
    """Cover a rectangle with one value (lesson 04, section 6)."""
    covered = np.array(picture, float)
    covered[top : top + height, left : left + width] = value
    return covered


# -- two pictures at once ----------------------------------------------------------------------------------------------


def mix_up(first: np.ndarray, second: np.ndarray, weight: float) -> np.ndarray:
    """Mix two pictures, or their labels, one number for each class (lesson 04, section 7)."""
    return weight * first + (1 - weight) * second
