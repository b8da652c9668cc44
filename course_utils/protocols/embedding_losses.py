"""Train one backbone with six losses and compare pictures of people whom it has never seen: lesson 08's protocol.

`benchmarks/embedding_losses.py` says what is measured; `notebooks/08_embeddings_and_verification.ipynb` repeats a part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np

from course_utils import losses, metrics, models, training
from course_utils.datasets import FaceDataset, Pairs

SIDE, WIDTH = 64, 8  # pixels of a picture; channels of the backbone's first convolution
PEOPLE, PICTURES = 16, 4  # in a batch
HELD_OUT_LOOK = 4  # of the five looks, the one that is kept from training
RATE = 0.01  # the false match rate that thresholds are chosen for
SHIFTS = (0, 2, 4, 6, 8)  # pixels of 64
SHOWN_TOGETHER = 100


@dataclass(frozen=True)
class Setting:
    """A loss, and what has to be chosen for it.

    Attributes
    ----------
    loss : str
        One of `LOSSES`.
    learning_rate : float
        Of Adam, at the beginning; it falls to 0 along a cosine.
    margin : float
        Of the loss; the softmax has none.
    scale : float
        Of the cosines, for CosFace and ArcFace.
    """

    loss: str
    learning_rate: float
    margin: float = 0.0
    scale: float = 16.0


# For each loss what trains with it: the loss itself, made of a setting, and whether it needs a last layer for it.
LOSSES: dict[str, Callable[[Setting], keras.losses.Loss]] = {
    "softmax": lambda setting: keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    "contrastive": lambda setting: losses.Contrastive(setting.margin),
    "triplet, batch-hard": lambda setting: losses.Triplet(setting.margin, "batch_hard"),
    "triplet, semi-hard": lambda setting: losses.Triplet(setting.margin, "semi_hard"),
    "CosFace": lambda setting: losses.CosFace(setting.margin, setting.scale),
    "ArcFace": lambda setting: losses.ArcFace(setting.margin, setting.scale),
}
HEADS: dict[str, Callable[[int], keras.layers.Layer]] = {
    "softmax": keras.layers.Dense,
    "CosFace": losses.CosineLogits,
    "ArcFace": losses.CosineLogits,
}


# -- training ----------------------------------------------------------------------------------------------------------


def networks(setting: Setting, people: int, steps: int, seed: int) -> tuple[keras.Model, keras.Model]:
    """Return the backbone, and the same backbone as it is trained: with a head, if the loss needs one; compiled.

    Parameters
    ----------
    setting : Setting
    people : int
        How many there are to tell apart.
    steps : int
        Batches until the learning rate has fallen to 0.
    seed : int
        Of the weights.
    """
    keras.utils.set_random_seed(seed)
    backbone = models.embedding_network((SIDE, SIDE, 3), width=WIDTH)
    trained = backbone
    if setting.loss in HEADS:
        pictures = keras.Input((SIDE, SIDE, 3))
        trained = keras.Model(pictures, HEADS[setting.loss](people)(backbone(pictures)))
    rate = keras.optimizers.schedules.CosineDecay(setting.learning_rate, steps)
    trained.compile(optimizer=keras.optimizers.Adam(rate), loss=LOSSES[setting.loss](setting))
    return backbone, trained


def train(
    faces: FaceDataset, watched: FaceDataset, setting: Setting, epochs: int, seed: int, callbacks=()
) -> tuple[keras.Model, keras.Model, dict[str, list[float]]]:
    """Train a backbone, and put it back to the epoch that was best on the watched people.

    Every loss is shown the same pictures in the same batches of `PEOPLE` people with `PICTURES` pictures each; an epoch
    shows so many pictures of everybody.

    Parameters
    ----------
    faces : FaceDataset
        What is learned from.
    watched : FaceDataset
        Other people; all pairs of their pictures are compared after each epoch.
    setting : Setting
    epochs : int
    seed : int
        Of weights, batches and dropout.
    callbacks : sequence of keras.callbacks.Callback

    Returns
    -------
    (backbone, trained, history)
        As `networks` returns them, and a list per epoch of the loss and of the watched people's equal error rate.
    """
    batches = training.PeopleBatches(faces.images, faces.labels, PEOPLE, PICTURES, seed)
    backbone, trained = networks(setting, len(faces.names), epochs * len(batches), seed)
    watch = training.VerificationError(backbone, watched.images, watched.labels)
    best = keras.callbacks.EarlyStopping(watch.NAME, mode="min", patience=epochs, restore_best_weights=True)
    # `PeopleBatches` draws the orders, so `fit` must not mix the batches again.
    history = trained.fit(batches, epochs=epochs, shuffle=False, callbacks=[watch, best, *callbacks], verbose=0).history
    return backbone, trained, history


def known_parts(faces: FaceDataset) -> tuple[FaceDataset, FaceDataset]:
    """Return the pictures to learn from, and those of each person's last look, which are kept from training."""
    held_out = faces.attributes["look"].to_numpy() == HELD_OUT_LOOK
    return faces.subset(~held_out), faces.subset(held_out)


def outputs_of(network: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return a network's outputs (n, d) as in use, without dropout."""
    return network.predict(images, batch_size=SHOWN_TOGETHER, verbose=0)


def of_length_1(embeddings: np.ndarray) -> np.ndarray:
    """Return embeddings (n, d), each divided by its length."""
    return embeddings / np.maximum(np.linalg.norm(embeddings, axis=-1, keepdims=True), 1e-12)


# -- scores ------------------------------------------------------------------------------------------------------------


def nearest_right(known: np.ndarray, known_labels: np.ndarray, asked: np.ndarray, asked_labels: np.ndarray) -> float:
    """Return how often the person whose mean embedding is nearest is the right one, in 0..1.

    Parameters
    ----------
    known, asked : ndarray, shapes (n, d), (m, d)
        Embeddings of the pictures that the means are taken of, and of those that are asked about.
    known_labels, asked_labels : ndarray of int, shapes (n,), (m,)
    """
    people = np.unique(known_labels)
    known = of_length_1(known)
    means = of_length_1(np.stack([known[known_labels == person].mean(axis=0) for person in people]))
    return float(np.mean(people[(of_length_1(asked) @ means.T).argmax(axis=1)] == asked_labels))


def scores_of_pairs(embeddings: np.ndarray, pairs: Pairs) -> np.ndarray:
    """Return the cosine of each pair of a list of pairs."""
    return metrics.cosine_similarity(embeddings, pairs.first, pairs.second)


def shifted(images: np.ndarray, pixels: int, seed: int = 0) -> np.ndarray:
    """Return pictures as from a detector that is off by so many pixels: each moved left, right, up or down.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, side, side, 3)
    pixels : int
        How far; what comes in at the edge repeats the outermost pixels.
    seed : int
        Of the directions.

    Notes
    -----
    Nothing comes round from the other side, as `numpy.roll` would have it.  The networks look at the middle 56 x 56 of
    64 x 64 pixels: up to 4 pixels, all they see was in the picture.
    """
    side = images.shape[1]
    around = np.pad(images, ((0, 0), (pixels, pixels), (pixels, pixels), (0, 0)), mode="edge")
    directions = np.random.default_rng(seed).integers(0, 4, len(images))
    corners = pixels + pixels * np.array([(0, 1), (0, -1), (1, 0), (-1, 0)])
    return np.stack(
        [
            picture[top : top + side, left : left + side]
            for picture, (top, left) in zip(around, corners[directions], strict=True)
        ]
    )


def chosen_and_paid(
    embeddings: np.ndarray,
    labels: np.ndarray,
    people: int,
    others: int,
    draws: int,
    choose: Callable[[np.ndarray, np.ndarray], float],
    seed: int = 0,
) -> dict[str, np.ndarray]:
    """Choose a threshold on a few people and pay for it on others, again and again with other people.

    Parameters
    ----------
    embeddings : ndarray, shape (n, d)
    labels : ndarray of int, shape (n,)
        The person in each picture.
    people, others : int
        How many people the threshold is chosen on, and on how many others it is tried; all pairs of each.
    draws : int
        How often people are drawn.
    choose : callable
        Takes scores and mated, gives a threshold.
    seed : int
        Of the draws.

    Returns
    -------
    dict of ndarray, shapes (draws,)
        ``fmr_quoted`` and ``fnmr_quoted`` on the people of the choice, ``fmr_paid`` and ``fnmr_paid`` on the others.

    Raises
    ------
    ValueError
        If there are not so many people.
    """
    everybody = np.unique(labels)
    if people + others > len(everybody):
        raise ValueError(f"{people} and {others} people are asked for, and there are {len(everybody)}.")
    random, rates = np.random.default_rng(seed), {}
    cosines = of_length_1(embeddings) @ of_length_1(embeddings).T
    for _ in range(draws):
        drawn = random.permutation(everybody)
        chosen = scores_among(cosines, labels, drawn[:people])
        threshold = choose(*chosen)
        for where, compared in (("quoted", chosen), ("paid", scores_among(cosines, labels, drawn[-others:]))):
            rates.setdefault(f"fmr_{where}", []).append(metrics.false_match_rate(*compared, threshold))
            rates.setdefault(f"fnmr_{where}", []).append(metrics.false_non_match_rate(*compared, threshold))
    return {name: np.array(values) for name, values in rates.items()}


def scores_among(cosines: np.ndarray, labels: np.ndarray, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the scores of all pairs of pictures of these people, and which are mated.

    Parameters
    ----------
    cosines : ndarray, shape (n, n)
        Of each picture with each.
    labels : ndarray of int, shape (n,)
    people : ndarray of int
    """
    chosen = np.flatnonzero(np.isin(labels, people))
    first, second, mated = metrics.all_pairs(labels[chosen])
    return cosines[chosen[first], chosen[second]], mated


def error_among_all(embeddings: np.ndarray, labels: np.ndarray) -> float:
    """Return the equal error rate of all pairs of these pictures."""
    unit = of_length_1(embeddings)
    return metrics.equal_error_rate(*scores_among(unit @ unit.T, labels, labels))
