"""Simulate faces that are shown to a camera on paper or on a screen, and train a detector of such attacks.

Somebody who holds a picture of another person to a camera makes a *presentation attack*.  This module imitates what a
print and a screen add to a picture.  It is a simulation: every number here is a choice of its authors, made to show how
a detector is measured.  A detector of these pictures says nothing about real prints and screens.

All pictures, of live faces too, pass through one `camera` at the end; otherwise a detector could learn who has been
through a camera.

Terms of ISO/IEC 30107-3:2023: APCER is the fraction of attacks of one kind that are taken for live faces, BPCER the
fraction of live faces that are taken for attacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

GAMMA = 2.2  # of a camera's grey levels: light is (level / 255) ** GAMMA
BLUR, NOISE = (0.3, 0.7), 2.0  # of the camera: standard deviations in pixels, and in grey levels
BANDS = 12  # of the spectrum, from the coarsest pattern to the finest
LUMA = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601


def camera(images: np.ndarray, seed: int = 0) -> np.ndarray:
    """Take pictures with a camera: a little blur, a little noise, rounded to grey levels.

    Parameters
    ----------
    images : ndarray, shape (n, height, width, 3)
        Values 0..255.
    seed : int
        Of blur and noise.

    Returns
    -------
    ndarray of uint8, of the same shape
    """
    random = np.random.default_rng([seed, 0])
    taken = np.empty(np.shape(images), np.uint8)
    for image, out in zip(images, taken, strict=True):
        blurred = ndimage.gaussian_filter(np.asarray(image, np.float64), (*[random.uniform(*BLUR)] * 2, 0))
        out[:] = (blurred + random.normal(0, NOISE, blurred.shape)).round().clip(0, 255)
    return taken


def printed(images: np.ndarray, seed: int = 0) -> np.ndarray:
    """Imitate pictures that are printed and held to a camera.

    Paper is never quite white and ink never quite black, colours are paler, the print's gamma is off, light falls on a
    flat sheet from one side, and a grid of fine dots covers it.

    Parameters
    ----------
    images, seed
        As `camera` takes them.

    Returns
    -------
    ndarray of uint8, of the same shape, taken by `camera`
    """
    random = np.random.default_rng([seed, 1])
    result = np.empty(np.shape(images))
    for image, out in zip(images, result, strict=True):
        light = _light(image) ** random.uniform(0.85, 1.2)
        luma = (light @ LUMA)[..., np.newaxis]
        light = luma + random.uniform(0.7, 0.95) * (light - luma)
        light = random.uniform(0.02, 0.05) + random.uniform(0.75, 0.9) * light
        frequency, turn = random.uniform(0.3, 0.42), random.uniform(0, np.pi / 2)
        dots = _wave(image, frequency, turn, random) + _wave(image, frequency, turn + np.pi / 2, random)
        light *= 1 + random.uniform(0.04, 0.1) * dots[..., np.newaxis] / 2
        out[:] = _levels(light * _from_one_side(image, 0.2, random))
    return camera(result, seed)


def on_screen(images: np.ndarray, seed: int = 0) -> np.ndarray:
    """Imitate pictures that a screen shows to a camera.

    A screen glows even where it is black, tends to blue, has a gamma of its own, and its grid of pixels beats with the
    camera's: coarse stripes, called moire, a little different in each colour.

    Parameters
    ----------
    images, seed
        As `camera` takes them.

    Returns
    -------
    ndarray of uint8, of the same shape, taken by `camera`
    """
    random = np.random.default_rng([seed, 2])
    result = np.empty(np.shape(images))
    for image, out in zip(images, result, strict=True):
        light = _light(image) ** random.uniform(0.85, 1.2)
        light = random.uniform(0.005, 0.02) + random.uniform(0.85, 1.05) * light * np.array([0.95, 0.99, 1.06])
        frequency, turn, strength = random.uniform(0.06, 0.2), random.uniform(0, np.pi), random.uniform(0.06, 0.14)
        stripes = np.stack([_wave(image, frequency * factor, turn, random) for factor in (0.97, 1, 1.03)], axis=-1)
        out[:] = _levels(light * (1 + strength * stripes) * _from_one_side(image, 0.05, random))
    return camera(result, seed)


KINDS = {"print": printed, "screen": on_screen}


def _light(image: np.ndarray) -> np.ndarray:
    """Return the light, 0..1, of grey levels."""
    return (np.asarray(image, np.float64) / 255) ** GAMMA


def _levels(light: np.ndarray) -> np.ndarray:
    """Return the grey levels, 0..255, of light."""
    return 255 * light.clip(0, 1) ** (1 / GAMMA)


def _wave(image: np.ndarray, frequency: float, turn: float, random: np.random.Generator) -> np.ndarray:
    """Return a wave over a picture's pixels, -1..1: periods per pixel, direction in radians, the start by chance."""
    rows, columns = np.mgrid[: image.shape[0], : image.shape[1]]
    along = columns * np.cos(turn) + rows * np.sin(turn)
    return np.sin(2 * np.pi * (frequency * along + random.uniform()))


def _from_one_side(image: np.ndarray, most: float, random: np.random.Generator) -> np.ndarray:
    """Return factors for light that falls on a flat sheet: a plane through 1, at most so much above and below."""
    height, width = image.shape[:2]
    rows, columns = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    slopes = random.uniform(-most, most, 2) / 2
    return (1 + slopes[0] * rows + slopes[1] * columns)[..., np.newaxis]


# -- a detector --------------------------------------------------------------------------------------------------------


def features(images: np.ndarray) -> np.ndarray:
    """Return what the detector looks at: which patterns a picture has, from coarse to fine, and its light.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, side, side, 3)

    Returns
    -------
    ndarray of float, shape (n, 4 * BANDS + 2)
        For each band of the spectrum, the mean power, and how far the strongest pattern is above it, both as
        logarithms: of the grey picture, and of red less blue.  Then the grey levels that a twentieth of the pixels are
        below, and above.
    """
    images = np.asarray(images, np.float64)
    luma = images @ LUMA
    bands = _bands_of(luma) + _bands_of(images[..., 0] - images[..., 2])
    columns = [np.log(band.mean(axis=1)) for band in bands]
    columns += [np.log(band.max(axis=1) / band.mean(axis=1)) for band in bands]
    columns += list(np.quantile(luma, (0.05, 0.95), axis=(1, 2)))
    return np.stack(columns, axis=1)


def _bands_of(values: np.ndarray) -> list[np.ndarray]:
    """Return the power of the spectrum of pictures (n, side, side) in each band, (n, patterns in the band)."""
    side = values.shape[1]
    window = np.outer(np.hanning(side), np.hanning(side))  # without it, the picture's edges would be a pattern
    power = np.abs(np.fft.rfft2((values - values.mean(axis=(1, 2), keepdims=True)) * window)) ** 2 + 1
    frequency = np.hypot(np.fft.fftfreq(side)[:, np.newaxis], np.fft.rfftfreq(side))  # periods per pixel
    edges = np.linspace(0.02, 0.5, BANDS + 1)
    return [power[:, (frequency >= low) & (frequency < high)] for low, high in pairwise(edges)]


@dataclass(frozen=True, eq=False)
class Detector:
    """Tells attacks from live faces.

    Attributes
    ----------
    model : sklearn.pipeline.Pipeline
        Of the `features`.
    """

    model: Pipeline

    def scores(self, described: np.ndarray) -> np.ndarray:
        """Return the log-odds (n,) that pictures are attacks, from their `features` (n, 4 * BANDS + 2)."""
        return self.model.decision_function(described)


def train_detector(live: np.ndarray, attacks: np.ndarray) -> Detector:
    """Train a detector: logistic regression on the `features`.

    Parameters
    ----------
    live, attacks : ndarray of float, shapes (n, 4 * BANDS + 2) and (m, 4 * BANDS + 2)
        Features of pictures by one `camera`.

    Raises
    ------
    ValueError
        If there are no live faces or no attacks.
    """
    if not len(live) or not len(attacks):
        raise ValueError(f"There are {len(live)} live faces and {len(attacks)} attacks; a detector needs both.")
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(np.concatenate([live, attacks]), np.repeat([0, 1], [len(live), len(attacks)]))
    return Detector(model)
