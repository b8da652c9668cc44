"""Find eyes and mouth with a small network, and align every face so that they are in the same places.

Places are x and y as fractions of the picture's side, from its upper left corner; the order is the person's right eye
(on the left of a picture), left eye, middle of the mouth.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import ops
from skimage import transform

POINTS = ("right eye", "left eye", "mouth")
SIDE, MAP_SIDE = 64, 16  # of the pictures that the network takes, and of its heat maps
# The median places in the rendered set, which is framed like LFW's "face" crop (a test measures them again).
TEMPLATE = np.array([(0.333, 0.323), (0.667, 0.323), (0.500, 0.708)])


def landmark_network(seed: int | None = None) -> keras.Model:
    """Build a network that finds both eyes and the mouth: 0.3 million parameters.

    Convolutions go down to 8 x 8, where they see most of the face, and up again to 16 x 16, joined there by what was
    known on the way down.  Each landmark has a heat map; its place is the mean of all places, weighted by the softmax
    of the map.  So a landmark is located more exactly than by the map's largest value, whose place is a whole number
    of cells.  Unlike in a dense layer, what a convolution learns in one place also holds in all others.

    Parameters
    ----------
    seed
        Of the initial weights; None: as `keras.utils.set_random_seed` left it.

    Returns
    -------
    keras.Model
        Takes (n, 64, 64, 3) with values 0..255, gives (n, 3, 2).  Not compiled.

    Notes
    -----
    Source: A. Newell, K. Yang and J. Deng, Stacked Hourglass Networks for Human Pose Estimation, ECCV 2016, for going
    down and up; X. Sun et al., Integral Human Pose Regression, ECCV 2018, for the mean place.
    """
    if seed is not None:
        keras.utils.set_random_seed(seed)
    layers = keras.layers
    pictures = keras.Input((SIDE, SIDE, 3))
    values = layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    # Normalised within each picture, as in `models.embedding_network`, and for the same reason.
    values = _convolution(values, 16, strides=2, normalise=layers.GroupNormalization(groups=-1))
    values = _convolution(values, 32)
    fine = _convolution(values, 32, strides=2)
    values = _convolution(fine, 64)
    values = _convolution(values, 64, strides=2)
    for _ in range(2):
        values = _convolution(values, 96)
    values = layers.UpSampling2D(2, interpolation="bilinear")(values)
    values = _convolution(layers.Concatenate()([values, fine]), 64)
    maps = layers.Conv2D(len(POINTS), 1)(values)
    return keras.Model(pictures, MeanPlace()(maps), name="landmark_network")


def _convolution(values, channels: int, strides: int = 1, normalise=None):
    """Convolve, normalise (over the batch, if nothing else is given), cut off below 0."""
    values = keras.layers.Conv2D(channels, 3, strides=strides, padding="same", use_bias=False)(values)
    return keras.layers.ReLU()((normalise or keras.layers.BatchNormalization(momentum=0.9))(values))


@keras.saving.register_keras_serializable(package="course_utils")
class MeanPlace(keras.layers.Layer):
    """The mean place under each heat map, weighted by the map's softmax: (n, h, w, k) becomes (n, k, 2)."""

    def call(self, maps):
        """Return x and y for each map, as fractions of the side."""
        height, width, count = maps.shape[1:]
        weights = ops.softmax(ops.reshape(maps, (-1, height * width, count)), axis=1)
        rows, columns = np.mgrid[:height, :width]
        places = np.stack([(columns.ravel() + 0.5) / width, (rows.ravel() + 0.5) / height], axis=1)
        return ops.einsum("npk,pc->nkc", weights, ops.convert_to_tensor(places, weights.dtype))


def similarity(places: np.ndarray, targets: np.ndarray = TEMPLATE) -> tuple[np.ndarray, np.ndarray]:
    """Return the turn, size and shift that best take places to targets, by least squares.

    Written with complex numbers, in which turning and scaling is a product: the target is ``factor * place + shift``,
    a straight-line fit.

    Parameters
    ----------
    places
        (n, k, 2): k places in each of n pictures.
    targets
        (k, 2), or (n, k, 2).

    Returns
    -------
    factor, shift
        Complex, (n,) each: ``abs(factor)`` is the scale, its angle the turn.

    Raises
    ------
    ValueError
        If all places of a picture are the same, or one is not a number.
    """
    z, w = _complex(places), _complex(targets)
    z_mean, w_mean = z.mean(-1, keepdims=True), w.mean(-1, keepdims=True)
    size = (np.abs(z - z_mean) ** 2).sum(-1)
    bad = np.flatnonzero(~(size > 0))
    if len(bad):
        raise ValueError(f"The places in picture {bad[0]} are no face: {np.asarray(places)[bad[0]].tolist()}")
    factor = (np.conj(z - z_mean) * (w - w_mean)).sum(-1) / size
    return factor, w_mean[..., 0] - factor * z_mean[..., 0]


def _complex(places) -> np.ndarray:
    places = np.asarray(places, np.float64)
    return places[..., 0] + 1j * places[..., 1]


def moved(places: np.ndarray, factor: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """Return where `warp` takes places (n, k, 2)."""
    z = factor[:, np.newaxis] * _complex(places) + shift[:, np.newaxis]
    return np.stack([z.real, z.imag], axis=-1)


def warp(images: np.ndarray, factor: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """Turn, scale and shift pictures; at the edge, their outermost pixels are repeated.

    Parameters
    ----------
    images
        uint8, (n, side, side, 3).
    factor, shift
        One for each picture, as `similarity` returns them.

    Returns
    -------
    ndarray of uint8, of the same shape.
    """
    side = images.shape[1]
    result = np.empty_like(images)
    for image, out, to, by in zip(images, result, factor, shift, strict=True):
        # From pixels of the result to pixels of the picture; the centre of the first pixel lies half a pixel inside.
        back = 1 / to
        start = (0.5 + 0.5j - side * by) * back - (0.5 + 0.5j)
        matrix = np.array([[back.real, -back.imag, start.real], [back.imag, back.real, start.imag], [0, 0, 1]])
        out[:] = transform.warp(image, matrix, order=3, mode="edge", preserve_range=True).clip(0, 255).round()
    return result


def align(images: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Align faces: bring eyes and mouth as near to `TEMPLATE` as turning, scaling and shifting can bring them.

    Parameters
    ----------
    images
        uint8, (n, side, side, 3).
    places
        (n, 3, 2), as `landmark_network` finds them.

    Returns
    -------
    ndarray of uint8, of the same shape.

    Raises
    ------
    ValueError
        If there are not as many places as pictures, or the places in a picture are no face.
    """
    if len(places) != len(images):
        raise ValueError(f"There are {len(images)} pictures, and eyes and mouths of {len(places)}.")
    return warp(images, *similarity(places))
