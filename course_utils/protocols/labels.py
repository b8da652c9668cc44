"""Train a small network on labels that are rare, or wrong: the two experiments of lesson 02.

The question is always whether a rendered person wears glasses.  Each seed draws other people to learn from, other
pictures of them, and other initial weights.  The scores are those of the people of "dev", from whom no network learns.
Used by `notebooks/02_loss_functions.ipynb`, `benchmarks/class_weights.py` and `benchmarks/mislabelled.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import keras
import numpy as np

from course_utils import metrics
from course_utils.datasets import load_faces

SIZE, BATCH_SIZE = 32, 64
LEARNERS = 240  # of the 320 people of "train"; thresholds are chosen on pictures of the other 80

# Seed 0 served to choose the numbers of epochs, and is in no table.
SEEDS = range(1, 6)

RARE, FALSE_ALARMS = 0.04, 0.20
WEIGHTS = {"plain": None, "class weights": {0: 1.0, 1: (1 - RARE) / RARE}}
RARE_EPOCHS = (4, 12, 24)  # a network is scored after so many

WRONG = (0.0, 0.1, 0.3)
SMOOTHING = {"plain": 0.0, "label smoothing": 0.1}
WRONG_EPOCHS = (10, 20, 40)
UNITS = 128  # of a dense layer, with which the network can memorise


@dataclass(frozen=True)
class Pictures:
    """Pictures of some people.

    Attributes
    ----------
    images : ndarray of uint8, shape (n, 32, 32, 3)
        The pictures.
    worn : ndarray of bool, shape (n,)
        Whether a picture shows glasses.
    people : ndarray of int, shape (n,)
        Who is on it.
    """

    images: np.ndarray
    worn: np.ndarray
    people: np.ndarray

    def take(self, chosen: np.ndarray) -> Pictures:
        """Return the pictures at these places, or for which this is true."""
        return Pictures(self.images[chosen], self.worn[chosen], self.people[chosen])

    def deal(self, random: np.random.Generator) -> tuple[Pictures, Pictures]:
        """Return the pictures of people drawn to learn from, and the pictures of all others."""
        learners = random.permutation(np.unique(self.people))[:LEARNERS]
        learns = np.isin(self.people, learners)
        return self.take(learns), self.take(~learns)

    def thinned(self, share: float, random: np.random.Generator) -> Pictures:
        """Return all pictures without glasses, and so many with them, drawn at random, that they are this share."""
        without = np.flatnonzero(~self.worn)
        wanted = round(share / (1 - share) * len(without))
        return self.take(np.concatenate([without, random.permutation(np.flatnonzero(self.worn))[:wanted]]))

    def balanced(self, random: np.random.Generator) -> Pictures:
        """Return all pictures with glasses, and as many without, drawn at random."""
        worn = np.flatnonzero(self.worn)
        return self.take(np.concatenate([worn, random.permutation(np.flatnonzero(~self.worn))[: len(worn)]]))


def load_pictures(split: str) -> Pictures:
    """Return the pictures of one part of the rendered set."""
    faces = load_faces("rendered", split=split, size=SIZE)
    return Pictures(faces.images, (faces.attributes["glasses"] != "none").to_numpy(), faces.labels)


def network(units: int, seed: int) -> keras.Model:
    """Return a network with one logit; with `units`, it has a dense layer of so many before that."""
    keras.utils.set_random_seed(seed)
    convolutions = [keras.layers.Conv2D(maps, 3, strides=2, activation="relu") for maps in (16, 32)]
    dense = [keras.layers.Dense(units, activation="relu")] if units else []
    return keras.Sequential(
        [
            keras.Input((SIZE, SIZE, 3)),
            keras.layers.Rescaling(1 / 255),
            *convolutions,
            keras.layers.Flatten(),
            *dense,
            keras.layers.Dense(1),
        ]
    )


def train(
    model: keras.Model, images: np.ndarray, labels: np.ndarray, seed: int, looks: Sequence[int], **fit
) -> Iterator[int]:
    """Train a compiled network, each epoch in a new order; yield each number of epochs of `looks` when it is reached.

    The epochs between two looks are handed to Keras as one long one: starting an epoch takes longer than training it.
    """
    random, done = np.random.default_rng(seed), 0
    for epochs in looks:
        order = np.concatenate([random.permutation(len(images)) for _ in range(epochs - done)])
        model.fit(images[order], labels[order], batch_size=BATCH_SIZE, shuffle=False, verbose=0, **fit)
        done = epochs
        yield epochs


def answers(model: keras.Model, pictures: Pictures) -> np.ndarray:
    """Return the probability of glasses for each picture."""
    logits = model.predict(pictures.images, batch_size=512, verbose=0)[:, 0]
    return keras.ops.convert_to_numpy(keras.ops.sigmoid(logits))


# -- rare: class weights -----------------------------------------------------------------------------------------------


def train_on_rare(kind: str, seed: int, train_part: Pictures, dev_part: Pictures, epochs=RARE_EPOCHS) -> list[dict]:
    """Train where glasses are rare, with class weights or without; return the scores after some epochs."""
    random = np.random.default_rng(seed)
    learners, others = train_part.deal(random)
    learned = learners.thinned(RARE, random)
    model = network(units=0, seed=seed)
    model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(from_logits=True))
    labels = learned.worn.astype("float32")
    looks = train(model, learned.images, labels, seed, epochs, class_weight=WEIGHTS[kind])
    return [{"epochs": done, **scores_on_rare(model, learned, others, dev_part)} for done in looks]


def scores_on_rare(model: keras.Model, learned: Pictures, others: Pictures, dev_part: Pictures) -> dict[str, float]:
    """Return the scores of a network: at a threshold of one half, and at one that is chosen on other people."""
    given, known = answers(model, dev_part), answers(model, learned)
    threshold = np.quantile(answers(model, others)[~others.worn], 1 - FALSE_ALARMS)
    scores = {"train_auc": metrics.roc_auc(known, learned.worn), "auc": metrics.roc_auc(given, dev_part.worn)}
    for name, bar in (("half", 0.5), ("chosen", threshold)):
        scores[f"found_at_{name}"] = np.mean(given[dev_part.worn] >= bar)
        scores[f"alarms_at_{name}"] = np.mean(given[~dev_part.worn] >= bar)
    return {name: float(score) for name, score in scores.items()}


# -- wrong: mislabelled pictures ---------------------------------------------------------------------------------------


def train_on_wrong(
    kind: str, share: float, seed: int, train_part: Pictures, dev_part: Pictures, epochs=WRONG_EPOCHS
) -> list[dict]:
    """Train with a share of the labels turned round, smoothed or not; return the scores after some epochs."""
    random = np.random.default_rng(seed)
    learned, scored = train_part.deal(random)[0].balanced(random), dev_part.balanced(random)
    turned = random.permutation(len(learned.worn))[: round(share * len(learned.worn))]
    told = learned.worn ^ np.isin(np.arange(len(learned.worn)), turned)
    model = network(UNITS, seed)
    loss = keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=SMOOTHING[kind])
    model.compile(optimizer="adam", loss=loss)
    looks = train(model, learned.images, told.astype("float32"), seed, epochs)
    return [{"epochs": done, **scores_on_wrong(model, learned, told, scored)} for done in looks]


def scores_on_wrong(model: keras.Model, learned: Pictures, told: np.ndarray, scored: Pictures) -> dict[str, float]:
    """Return how often a network answers as it was told, and how often it is right on other people."""
    known, given = answers(model, learned), answers(model, scored)
    as_told = (known >= 0.5) == told
    wrong = told != learned.worn
    scores = {
        "train_accuracy": np.mean(as_told),
        "accuracy": np.mean((given >= 0.5) == scored.worn),
        "sure": np.mean(np.maximum(given, 1 - given)),
    }
    if wrong.any():
        scores["memorised"] = np.mean(as_told[wrong])  # of the wrong labels
    return {name: float(score) for name, score in scores.items()}
