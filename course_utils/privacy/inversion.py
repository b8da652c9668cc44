"""Turn templates back into pictures: a decoder that learned from other people, and a search for a better picture.

A template holds enough of a face for a picture that the same network accepts, and often another one: G. Mai, K. Cao, P.
C. Yuen and A. K. Jain, On the Reconstruction of Face Images from Deep Face Templates, IEEE Transactions on Pattern
Analysis and Machine Intelligence 41(5), 1188-1202 (2019).  Their decoder is a deep network; ours is linear, and is
fitted in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np


@dataclass(frozen=True)
class Decoder:
    """A linear way from a template to a picture.

    Attributes
    ----------
    weights : ndarray of float32, shape (numbers, height * width * 3)
    offset : ndarray of float32, shape (height * width * 3,)
        The picture of a template of zeros.
    shape : tuple of int
        Height, width and channels.
    """

    weights: np.ndarray
    offset: np.ndarray
    shape: tuple[int, int, int]

    def __call__(self, templates) -> np.ndarray:
        """Return pictures (n, height, width, 3) of templates (n, numbers): float32, 0..255."""
        pixels = _of_length_1(templates) @ self.weights + self.offset
        return np.clip(pixels, 0, 255).reshape(-1, *self.shape).astype(np.float32)


def fit_decoder(templates, pictures, ridge: float = 1.0) -> Decoder:
    """Fit a decoder to people whose pictures the attacker has, by ridge regression.

    Parameters
    ----------
    templates : array_like of float, shape (n, numbers)
        Their length does not matter.
    pictures : ndarray, shape (n, height, width, 3)
        What the templates were made of, 0..255.
    ridge : float
        Penalty on the squared weights, at least 0: larger, and the pictures come closer to the mean picture.

    Raises
    ------
    ValueError
        If there is not one template for each picture, or the penalty is negative.
    """
    pictures = np.asarray(pictures)
    if len(templates) != len(pictures) or ridge < 0:
        raise ValueError(
            f"One template per picture and a penalty of at least 0 are needed, not {len(templates)} templates, "
            f"{len(pictures)} pictures and {ridge}."
        )
    directions, pixels = _of_length_1(templates), pictures.reshape(len(pictures), -1).astype(np.float32)
    middle, mean = directions.mean(axis=0), pixels.mean(axis=0)
    centred = directions - middle
    square = centred.T @ centred + ridge * np.eye(centred.shape[1], dtype=np.float32)
    weights = np.linalg.solve(square, centred.T @ (pixels - mean)).astype(np.float32)
    return Decoder(weights, (mean - middle @ weights).astype(np.float32), pictures.shape[1:])


def refined(
    network: keras.Model, decoder: Decoder, templates, steps: int, learning_rate: float = 0.02
) -> tuple[np.ndarray, np.ndarray]:
    """Search among the decoder's pictures for those whose templates are most similar to the stolen ones.

    Parameters
    ----------
    network : keras.Model
        The attacker has it, and can compute its gradient: a *white box*.  It is not changed.
    decoder : Decoder
    templates : array_like of float, shape (n, numbers)
        The stolen ones.
    steps : int
        Of Adam; all n pictures take each step together.
    learning_rate : float
        How far each of the decoder's input numbers moves in a step, about; by default as far as
        `benchmarks.template_inversion` chose.

    Returns
    -------
    (pictures, cosines) : ndarray of float32, shapes (n, height, width, 3), (steps,)
        The pictures, 0..255, and the mean cosine before each step.

    Notes
    -----
    What is searched are the inputs of the decoder, not single pixels, so the result stays a face.  They are the only
    weights that are trained, so that every Keras backend can do it.
    """
    stolen = _of_length_1(templates)
    count, numbers = stolen.shape
    codes = keras.layers.Embedding(count, numbers)
    pixels = keras.layers.Dense(decoder.weights.shape[1], trainable=False)
    row = keras.Input((), dtype="int32")
    pictures = keras.layers.ReLU(max_value=255.0)(pixels(codes(row)))
    pictures = keras.layers.Reshape(decoder.shape)(pictures)
    codes.set_weights([stolen])
    pixels.set_weights([decoder.weights, decoder.offset])
    was_trainable, network.trainable = network.trainable, False
    try:
        attack = keras.Model(row, network(pictures, training=False))
        attack.compile(optimizer=keras.optimizers.Adam(learning_rate), loss=keras.losses.CosineSimilarity())
        history = attack.fit(np.arange(count), stolen, batch_size=count, epochs=steps, shuffle=False, verbose=0).history
    finally:
        network.trainable = was_trainable
    found = keras.Model(row, pictures)(np.arange(count))
    return np.asarray(keras.ops.convert_to_numpy(found)), -np.array(history["loss"], np.float32)


def _of_length_1(templates) -> np.ndarray:
    """Return templates as float32, each divided by its length."""
    templates = np.asarray(templates, np.float32)
    return templates / np.maximum(np.linalg.norm(templates, axis=1, keepdims=True), 1e-12)
