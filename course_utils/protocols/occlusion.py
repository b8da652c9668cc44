"""Cover one band of the faces after the other and count what a trained network still gets right: lesson 01's protocol.

Used by `notebooks/01_convolutional_networks.ipynb` and `benchmarks/occlusion.py`, which says what is measured.
"""

from __future__ import annotations

import keras
import numpy as np

from course_utils import training
from course_utils.datasets import load_faces

SIZE = 32  # pixels along a side
HEIGHT = 7  # rows of a band
TOPS = tuple(range(SIZE - HEIGHT + 1))  # first row of each band
EYES, MOUTH = 7, 18  # first rows of the bands that hold eyes and mouth: the faces are aligned
SEEDS, SEEDS_COVERED = range(10), range(5)  # of networks that learn from whole faces, and from covered ones
EPOCHS = 10


def laughing_or_neutral(split: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the rendered faces that laugh or are neutral, and labels: 1 for those that laugh."""
    people = load_faces("rendered", split=split, size=SIZE)
    expression = people.attributes["expression"].to_numpy()
    chosen = np.isin(expression, ("laugh", "neutral"))
    return people.images[chosen], (expression[chosen] == "laugh").astype("float32")


def covered(images: np.ndarray, top: int, average: np.ndarray) -> np.ndarray:
    """Return copies of the pictures with a band of rows replaced by that of the average face, equal for all."""
    copies = images.copy()
    copies[:, top : top + HEIGHT] = average[top : top + HEIGHT]
    return copies


def network() -> keras.Model:
    """Build a small network of the form of the article's: it trains in seconds."""
    return keras.Sequential(
        [
            keras.Input((SIZE, SIZE, 3)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(16, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


def train(model: keras.Model, images: np.ndarray, labels: np.ndarray, seed: int, callbacks=()) -> None:
    """Train a network to tell a laugh from a neutral face; the seed decides the order of the batches."""
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    batches = training.Batches(images, labels, batch_size=32, seed=seed)
    model.fit(batches, epochs=EPOCHS, verbose=0, callbacks=list(callbacks))


def accuracy(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> float:
    """Return the fraction of right answers."""
    answers = model.predict(images, batch_size=128, verbose=0)[:, 0] > 0.5
    return float(np.mean(answers == (labels == 1)))
