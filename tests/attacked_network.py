"""A small network to attack, and its scores."""

import keras
import numpy as np


def small_network(side: int = 8) -> keras.Model:
    """Return a network whose gradient is smooth, with layers that behave otherwise in training."""
    keras.utils.set_random_seed(3)
    pictures = keras.Input((side, side, 3))
    values = keras.layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    values = keras.layers.Conv2D(4, 3, activation="tanh")(values)
    values = keras.layers.BatchNormalization()(values)
    values = keras.layers.Dropout(0.5)(keras.layers.Flatten()(values))
    return keras.Model(pictures, keras.layers.Dense(6)(values), name="small")


def embeddings_of(network: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return what a network gives for pictures."""
    return network.predict(np.asarray(images, np.float32), verbose=0)


def scores_of(network: keras.Model, images: np.ndarray, references: np.ndarray) -> np.ndarray:
    """Return the cosine of each picture's embedding with its reference, float64."""
    one, other = embeddings_of(network, images).astype(float), references.astype(float)
    return (one * other).sum(axis=1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)
