"""Train a recogniser on few people of one group and many of another, and audit it by group: lesson 11's protocol.

`benchmarks/bias_audit.py` says what is measured; `notebooks/11_responsibility.ipynb` repeats a part.

The groups are two halves of the rendered people's scale of skin tone.  Head shape, eyes and hair go together with the
tone (`data/README.md`), so a result is one about these groups, not about tone alone.  Its cause is certain all the
same: the networks of two conditions differ in nothing but the people whom they learn from, and we choose those.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np
import pandas as pd

from course_utils import losses, training
from course_utils.datasets import FaceDataset, load_faces, rendered

LIGHTER, DARKER = "lighter", "darker"
LIGHTER_TONES = ("very light", "light", "intermediate")
SIDE = 32  # pixels of a picture
CHANNELS, NUMBERS = (16, 32, 48), 64  # of the convolutions; of an embedding
PEOPLE, PICTURES = 16, 4  # in a batch
RATE = 0.05  # the false match rate that thresholds are chosen for
LEARNING_RATE, MARGIN, SCALE = 0.01, 0.15, 16.0  # lesson 08's choices for CosFace (benchmarks.embedding_losses)
STEPS = 240  # after 120 of them, two of the five conditions had not learned their training pictures


@dataclass(frozen=True)
class Condition:
    """Whom a network learns from.

    Attributes
    ----------
    lighter, darker : int
        Training people of each group.
    reweighted : bool
        True: both groups count the same in the loss, however many people they have.
    """

    lighter: int
    darker: int
    reweighted: bool = False


CONDITIONS = {
    "few darker": Condition(56, 8),
    "balanced": Condition(32, 32),
    "few lighter": Condition(8, 56),
    "few darker, reweighted": Condition(56, 8, reweighted=True),
    "more darker collected": Condition(56, 56),
}


def groups_of(people: pd.DataFrame) -> np.ndarray:
    """Return the group of each person, "lighter" or "darker" (people,), from a table of people or of pictures."""
    return np.where(people["tone"].isin(LIGHTER_TONES), LIGHTER, DARKER)


def group_of_each(faces: FaceDataset) -> np.ndarray:
    """Return the group of each person of a set, (people,), in the order of its labels."""
    _people, first = np.unique(faces.labels, return_index=True)
    return groups_of(faces.attributes.iloc[first])


def drawn_people(condition: Condition, draw: int, people: pd.DataFrame | None = None) -> list[int]:
    """Return the numbers of the training people of one draw.

    The conditions of a draw share people: those with fewer of a group have the first of those with more.

    Parameters
    ----------
    condition : Condition
    draw : int
        Seed of the order in which people are taken.
    people : DataFrame, optional
        Whom they are taken from; by default all people of the part "train".

    Raises
    ------
    ValueError
        If a group has too few people.
    """
    people = rendered.load_people("train") if people is None else people
    group, number = groups_of(people), people["person"].to_numpy()
    random, chosen = np.random.default_rng(draw), []
    for name, count in ((LIGHTER, condition.lighter), (DARKER, condition.darker)):
        order = random.permutation(number[group == name])
        if len(order) < count:
            raise ValueError(f"{count} people of the group {name!r} are needed, and there are {len(order)}.")
        chosen += order[:count].tolist()
    return chosen


def training_faces(condition: Condition, draw: int, pictures: int = 12) -> FaceDataset:
    """Return the pictures that a network of this condition and draw learns from."""
    return load_faces("rendered", split="train", people=drawn_people(condition, draw), pictures=pictures, size=SIDE)


def class_weights(group_of: np.ndarray, reweighted: bool) -> dict[int, float]:
    """Return how much each person counts in the loss; the mean is 1.

    Parameters
    ----------
    group_of : ndarray of str, shape (people,)
    reweighted : bool
        True: all groups count the same.
    """
    if not reweighted:
        return dict.fromkeys(range(len(group_of)), 1.0)
    groups, group, counts = np.unique(group_of, return_inverse=True, return_counts=True)
    return dict(enumerate((len(group_of) / len(groups) / counts[group]).tolist()))


def small_network(seed: int) -> keras.Model:
    """Return an untrained network that turns a face of 32 x 32 pixels into 64 numbers and trains in seconds.

    Three convolutions with a stride of 2.  The first is normalised within each picture, as in
    `models.embedding_network`, which evens out brightness and contrast before the network learns.

    Parameters
    ----------
    seed : int
        Of the weights.
    """
    keras.utils.set_random_seed(seed)
    pictures = keras.Input((SIDE, SIDE, 3))
    values = keras.layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    for number, channels in enumerate(CHANNELS):
        values = keras.layers.Conv2D(channels, 3, strides=2, padding="same", use_bias=False)(values)
        first = keras.layers.GroupNormalization(groups=-1)
        values = (first if number == 0 else keras.layers.BatchNormalization(momentum=0.9))(values)
        values = keras.layers.ReLU()(values)
    values = keras.layers.Dropout(0.2)(keras.layers.Flatten()(values))
    values = keras.layers.Dense(NUMBERS, use_bias=False)(values)
    values = keras.layers.BatchNormalization(momentum=0.9, scale=False)(values)
    return keras.Model(pictures, values)


def train(faces: FaceDataset, reweighted: bool = False, steps: int = STEPS, seed: int = 0) -> keras.Model:
    """Train a backbone with CosFace on the people of a set, and return it.

    Parameters
    ----------
    faces : FaceDataset
        `training_faces`, labels 0, 1, ...
    reweighted : bool
        True: both groups count the same in the loss.
    steps : int
        Batches of `PEOPLE` people with `PICTURES` pictures each, rounded to whole epochs: the same work however many
        people there are.
    seed : int
        Of weights, batches and dropout.
    """
    batches = training.PeopleBatches(faces.images, faces.labels, PEOPLE, PICTURES, seed)
    epochs = max(1, round(steps / len(batches)))
    backbone = small_network(seed)
    pictures = keras.Input((SIDE, SIDE, 3))
    network = keras.Model(pictures, losses.CosineLogits(len(faces.names))(backbone(pictures)))
    rate = keras.optimizers.schedules.CosineDecay(LEARNING_RATE, epochs * len(batches))
    network.compile(optimizer=keras.optimizers.Adam(rate), loss=losses.CosFace(MARGIN, SCALE))
    weights = class_weights(group_of_each(faces), reweighted)
    network.fit(batches, epochs=epochs, shuffle=False, class_weight=weights, verbose=0)
    return backbone
