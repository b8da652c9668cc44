"""Train one small network on more or fewer people, pictures and right labels: lesson 07's protocol.

Every training shows equally many pictures, `SHOWN`, whatever there is to learn from.  Scores are those of the people of
"dev", from whom no network learns, and by whom nothing is chosen here.  There are two recipes: the plain one of the
article's time, and that of lesson 08, whose settings were chosen there, by the same people of "dev".
`benchmarks/data_size.py` says what is measured; `notebooks/07_trends.ipynb` repeats a part.
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np

from course_utils import losses, metrics
from course_utils.datasets import FaceDataset
from course_utils.protocols import bias_audit, embedding_losses

SIDE = 32  # pixels of a picture
CHANNELS = (32, 64, 128)  # of the three convolutions
EMBEDDING = 64  # numbers
BATCH_SIZE, LEARNING_RATE = 64, 2e-3
SHOWN = 25_600  # pictures in a training: 400 batches
CROSS_ENTROPY, COSFACE = "cross-entropy", "CosFace"


@dataclass(frozen=True)
class Setting:
    """What there is to learn from.

    Attributes
    ----------
    people : int
        How many.
    pictures : int
        Of each person.
    wrong : float
        Fraction of the pictures that carry the name of somebody else, in 0..1.
    recipe : str
        `CROSS_ENTROPY`: a plain network, whose last layer names people.  `COSFACE`: the network of
        `bias_audit.small_network`, which first evens out brightness and contrast and drops outputs, with a margin.
    """

    people: int
    pictures: int
    wrong: float = 0.0
    recipe: str = CROSS_ENTROPY


@dataclass(frozen=True, eq=False)
class Lesson:
    """Pictures with the names that a network is told, and the right ones.

    Attributes
    ----------
    images : ndarray of uint8, shape (n, side, side, 3)
    told, true : ndarray of int, shape (n,)
        Numbers of people, from 0.
    """

    images: np.ndarray
    told: np.ndarray
    true: np.ndarray


def draw(faces: FaceDataset, setting: Setting, seed: int) -> Lesson:
    """Draw people, pictures of each, and which names are wrong.

    Parameters
    ----------
    faces : FaceDataset
        All who may be learned from.
    setting : Setting
    seed : int
        One seed puts everybody in one order, of which a setting takes the first: a smaller setting's people and
        pictures are among those of a larger one.

    Raises
    ------
    ValueError
        If there are not so many people, or somebody has too few pictures.
    """
    random = np.random.default_rng(seed)
    order = random.permutation(len(faces.names))
    pictures = [random.permutation(np.flatnonzero(faces.labels == person)) for person in order]
    if setting.people > len(order):
        raise ValueError(f"{setting.people} people are asked for, and there are {len(order)}.")
    if (fewest := min(map(len, pictures))) < setting.pictures:
        raise ValueError(f"{setting.pictures} pictures of each person are asked for, and somebody has {fewest}.")
    chosen = np.concatenate([places[: setting.pictures] for places in pictures[: setting.people]])
    true = np.repeat(np.arange(setting.people), setting.pictures)
    return Lesson(faces.images[chosen], with_wrong_names(true, setting, random), true)


def with_wrong_names(true: np.ndarray, setting: Setting, random: np.random.Generator) -> np.ndarray:
    """Return names (n,), a fraction of them replaced by somebody else's, each of the others equally often."""
    told = true.copy()
    wrong = random.permutation(len(true))[: round(setting.wrong * len(true))]
    told[wrong] = (true[wrong] + random.integers(1, setting.people, len(wrong))) % setting.people
    return told


def plain_network(seed: int) -> keras.Model:
    """Return an untrained network of three convolutions that turns pictures into embeddings."""
    keras.utils.set_random_seed(seed)
    pictures = keras.Input((SIDE, SIDE, 3))
    values = keras.layers.Rescaling(1 / 127.5, offset=-1)(pictures)
    for channels in CHANNELS:
        values = keras.layers.Conv2D(channels, 3, strides=2, padding="same", use_bias=False)(values)
        values = keras.layers.BatchNormalization(momentum=0.9)(values)
        values = keras.layers.ReLU()(values)
    values = keras.layers.Flatten()(values)
    values = keras.layers.Dense(EMBEDDING, use_bias=False)(values)
    values = keras.layers.BatchNormalization(momentum=0.9, scale=False)(values)
    return keras.Model(pictures, values)


def networks(people: int, steps: int, seed: int, recipe: str = CROSS_ENTROPY) -> tuple[keras.Model, keras.Model]:
    """Return a network that gives embeddings, and the same with a last layer that names people; compiled.

    Parameters
    ----------
    people : int
        How many the last layer can name.
    steps : int
        Batches until the learning rate has fallen to 0.
    seed : int
        Of the weights.
    recipe : str
        `CROSS_ENTROPY` or `COSFACE`, see `Setting`.

    Raises
    ------
    ValueError
        If there is no such recipe.
    """
    if recipe == CROSS_ENTROPY:
        embedder, head, rate = plain_network(seed), keras.layers.Dense(people), LEARNING_RATE
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    elif recipe == COSFACE:
        embedder, head, rate = bias_audit.small_network(seed), losses.CosineLogits(people), bias_audit.LEARNING_RATE
        loss = losses.CosFace(bias_audit.MARGIN, bias_audit.SCALE)
    else:
        raise ValueError(f"There is no recipe {recipe!r}; the recipes are {CROSS_ENTROPY!r} and {COSFACE!r}.")
    classifier = keras.Model(embedder.inputs, head(embedder.output))
    classifier.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(rate, steps)), loss)
    return embedder, classifier


def train(
    lesson: Lesson, seed: int, shown: int = SHOWN, recipe: str = CROSS_ENTROPY, callbacks=()
) -> tuple[keras.Model, keras.Model]:
    """Train on so many pictures, each as often as every other up to one; return the networks as `networks` does.

    The epochs are handed to Keras as one long one: starting an epoch takes longer than training a small one.
    """
    random = np.random.default_rng(seed)
    epochs = -(-shown // len(lesson.images))
    order = np.concatenate([random.permutation(len(lesson.images)) for _ in range(epochs)])[:shown]
    embedder, classifier = networks(int(lesson.true.max()) + 1, -(-shown // BATCH_SIZE), seed, recipe)
    classifier.fit(
        lesson.images[order], lesson.told[order], batch_size=BATCH_SIZE, shuffle=False, verbose=0, callbacks=callbacks
    )
    return embedder, classifier


# -- scores ------------------------------------------------------------------------------------------------------------


def comparison_scores(embedder: keras.Model, faces: FaceDataset) -> np.ndarray:
    """Return the cosine of each pair of the list of pairs of the part "dev"."""
    return embedding_losses.scores_of_pairs(embedding_losses.outputs_of(embedder, faces.images), faces.pairs["dev"])


def scores(embedder: keras.Model, classifier: keras.Model, lesson: Lesson, dev: FaceDataset) -> dict[str, float]:
    """Return how a training went.

    Returns
    -------
    dict
        ``train``: the fraction of its own pictures that it names as it was told; ``train_true``: the fraction that it
        names rightly; ``error``: the equal error rate on the pairs of new people.
    """
    names = embedding_losses.outputs_of(classifier, lesson.images).argmax(axis=1)
    return {
        "train": float(np.mean(names == lesson.told)),
        "train_true": float(np.mean(names == lesson.true)),
        "error": metrics.equal_error_rate(comparison_scores(embedder, dev), dev.pairs["dev"].same),
    }


# -- power law ---------------------------------------------------------------------------------------------------------


def power_law(numbers: np.ndarray, errors: np.ndarray) -> tuple[float, float]:
    """Fit error = factor * number ** exponent, as a straight line through the logarithms.

    Parameters
    ----------
    numbers, errors : array_like of float, shape (n,)
        Positive; at least two different numbers.

    Returns
    -------
    (factor, exponent) : tuple of float

    Notes
    -----
    That errors fall so with more data was measured by J. Hestness et al., Deep Learning Scaling is Predictable,
    Empirically, arXiv:1712.00409 (2017).
    """
    exponent, logarithm = np.polyfit(np.log(numbers), np.log(errors), 1)
    return float(np.exp(logarithm)), float(exponent)


def extrapolated(numbers: np.ndarray, errors: np.ndarray) -> tuple[float, float]:
    """Return the error that a power law through all points but the last predicts for the last, and the measured one."""
    factor, exponent = power_law(numbers[:-1], errors[:-1])
    return factor * float(numbers[-1]) ** exponent, float(errors[-1])
