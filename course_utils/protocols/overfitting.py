"""Train the article's network with remedies against overfitting, each a switch, and score it: lesson 06's protocol.

Used by `notebooks/06_overfitting_fixes.ipynb` and `benchmarks/overfitting.py`: what the lesson measures again, it
measures as the table was measured.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import keras
import numpy as np

from course_utils import augmentation, metrics, training
from course_utils.datasets import FaceDataset

CHANNELS = (32, 64, 128)  # of the article's convolutions
SIDE = 64  # pixels, to which the network scales its pictures
SMALL_WEIGHT = 1e-3  # the share of weights nearer to 0 than this tells sparsity
SHOWN_TOGETHER = 100  # pictures


@dataclass(frozen=True)
class Remedies:
    """What is done against overfitting; by default nothing: the article's network without its dropout.

    Attributes
    ----------
    units
        In the hidden dense layer; 0: there is none.
    convolutions
        How many of the article's three, each with its pooling.
    average_pooling
        True: the mean of each channel goes on to the dense layers, instead of all its values (`Flatten`).
    dropout
        Share of the hidden units that a training step leaves out; the article's is 0.5.
    l1, l2
        Factors of the sums of the absolute and of the squared weights in the loss; biases are exempt.
    weight_decay
        Of AdamW; 0: plain Adam.
    batch_normalisation
        True: after every hidden layer, before its ReLU.
    label_smoothing
        Share of the probability that the labels give to all classes alike.
    augmentation
        "none", or a strength of `course_utils.augmentation.face_pipeline`: "light", "medium", "strong".
    patience
        Epochs without a better validation score after which training stops and the best weights are put back; 0: never.
    monitor
        The validation score that `patience` watches: "val_loss" or "val_accuracy".
    frozen
        True: the convolutions keep the weights that they begin with, which should then come from another training.
    """

    units: int = 512
    convolutions: int = 3
    average_pooling: bool = False
    dropout: float = 0.0
    l1: float = 0.0
    l2: float = 0.0
    weight_decay: float = 0.0
    batch_normalisation: bool = False
    label_smoothing: float = 0.0
    augmentation: str = "none"
    patience: int = 0
    monitor: str = "val_loss"
    frozen: bool = False


@dataclass(frozen=True)
class Protocol:
    """How a set is dealt.

    Attributes
    ----------
    start, validation, test
        Pictures of each label; to train on, there are twice `start`.
    epochs
        Of the start; enough for it to fit its training pictures.
    known
        How many people are trained on; the others are new people.  0: all labels are trained on.
    people
        How many people each seed has for itself, so that no two seeds share anybody; 0: every seed deals all people.
    """

    start: int
    validation: int
    test: int
    epochs: int = 25
    known: int = 0
    people: int = 0


PROTOCOLS = {
    "rendered": Protocol(start=6, validation=3, test=5, epochs=50, known=10, people=20),
    "olivetti": Protocol(start=3, validation=1, test=3, epochs=50, known=20),
}


@dataclass(frozen=True)
class Case:
    """What is trained: remedies of the network, how much data, and where the convolutions begin.

    Attributes
    ----------
    remedies
        See `Remedies`.
    data
        Training pictures, as a multiple of the start's.
    transfer
        True: the convolutions of a network for other people, to begin with.
    """

    remedies: Remedies = field(default_factory=Remedies)
    data: float = 1.0
    transfer: bool = False


def deal(faces: FaceDataset, sizes: tuple[int, ...], seed: int) -> list[FaceDataset]:
    """Deal the pictures of every label into parts, at random, so many pictures of each label into each part.

    Parameters
    ----------
    faces
        The set.
    sizes
        Pictures of each label in the first part, in the second, ...; what is left over is in no part.
    seed
        The same seed gives the same parts.

    Raises
    ------
    ValueError
        If a label has fewer pictures than the parts need.
    """
    random = np.random.default_rng(seed)
    fewest = np.bincount(faces.labels)[np.unique(faces.labels)].min()
    if fewest < sum(sizes):
        raise ValueError(f"the parts need {sum(sizes)} pictures of each label, and one label has only {fewest}")
    rows = np.array(
        [random.permutation(np.flatnonzero(faces.labels == label))[: sum(sizes)] for label in np.unique(faces.labels)]
    )
    return [faces.subset(part.ravel()) for part in np.split(rows, np.cumsum(sizes)[:-1], axis=1)]


def augmentation_layers(strength: str, seed: int) -> list[keras.layers.Layer]:
    """Return the layers that change pictures in training: lesson 04's, or none.

    Parameters
    ----------
    strength
        "none", or a strength of `course_utils.augmentation.face_pipeline`.
    seed
        Of the random changes.

    Raises
    ------
    ValueError
        If there is no such strength.
    """
    return [] if strength == "none" else [augmentation.face_pipeline(strength, seed)]


def remedied_network(image_shape: tuple[int, int, int], outputs: int, remedies: Remedies, seed: int) -> keras.Model:
    """Build the article's network with the remedies that are part of a network; its weights follow from the seed.

    Parameters
    ----------
    image_shape
        Height, width and channels of the pictures, with values 0..255.
    outputs
        1: one probability from a sigmoid; k > 1: k probabilities from a softmax.
    remedies
        What is changed.  With ``dropout=0.5`` alone it is `course_utils.models.article_network`.
    seed
        Of weights, dropout and augmentation.

    Raises
    ------
    ValueError
        If the number of convolutions is not 1, 2 or 3, or the augmentation is unknown.
    """
    if not 1 <= remedies.convolutions <= len(CHANNELS):
        raise ValueError(f"convolutions must be 1, 2 or 3, not {remedies.convolutions}")
    keras.utils.set_random_seed(seed)
    layers = [
        keras.Input(image_shape),
        *augmentation_layers(remedies.augmentation, seed),
        keras.layers.Rescaling(1 / 255),
        keras.layers.Resizing(SIDE, SIDE),
    ]
    for channels in CHANNELS[: remedies.convolutions]:
        convolution = keras.layers.Conv2D(channels, (3, 3), kernel_regularizer=penalty(remedies))
        convolution.trainable = not remedies.frozen
        layers += [*hidden(convolution, remedies), keras.layers.MaxPooling2D((2, 2))]
    layers.append(keras.layers.GlobalAveragePooling2D() if remedies.average_pooling else keras.layers.Flatten())
    if remedies.units:
        layers += hidden(keras.layers.Dense(remedies.units, kernel_regularizer=penalty(remedies)), remedies)
    if remedies.dropout:
        layers.append(keras.layers.Dropout(remedies.dropout))
    last = keras.layers.Dense(
        outputs, activation="sigmoid" if outputs == 1 else "softmax", kernel_regularizer=penalty(remedies)
    )
    return keras.Sequential([*layers, last])


def penalty(remedies: Remedies) -> keras.regularizers.Regularizer | None:
    """Return a new regularizer for a kernel, or None where no penalty is wanted."""
    return keras.regularizers.L1L2(l1=remedies.l1, l2=remedies.l2) if remedies.l1 or remedies.l2 else None


def hidden(layer: keras.layers.Layer, remedies: Remedies) -> list[keras.layers.Layer]:
    """Return a layer and its ReLU, with batch normalisation between them where it is wanted."""
    # Keras's default momentum of .99 needs some 500 steps to forget the start; a run here has about a hundred.
    between = [keras.layers.BatchNormalization(momentum=0.9)] if remedies.batch_normalisation else []
    return [layer, *between, keras.layers.ReLU()]


def convolutions_of(network: keras.Model) -> list[keras.layers.Layer]:
    """Return the convolutions of a network, from the first to the last."""
    return [layer for layer in network.layers if isinstance(layer, keras.layers.Conv2D)]


def train_remedied(
    train: FaceDataset,
    validation: FaceDataset,
    remedies: Remedies = Remedies(),
    shown: int = 1500,
    seed: int = 0,
    start_from: keras.Model | None = None,
    callbacks=(),
) -> tuple[keras.Model, int]:
    """Train the article's network with remedies: Adam, Keras's default rate, batches of 32.

    Parameters
    ----------
    train
        The pictures to learn from, labels 0, 1, ...; for two labels the network has one output.
    validation
        Looked at only by early stopping.
    remedies
        What is done against overfitting.
    shown
        How many pictures are shown in all, in whole epochs: more different pictures mean fewer epochs, not more steps.
    seed
        Decides the initial weights, dropout, augmentation and the order of the batches.
    start_from
        A trained network whose convolutions this one begins with.
    callbacks
        Further Keras callbacks, such as one that notes scores during the training.

    Returns
    -------
    (network, epochs)
        The trained network, compiled, and how many epochs it was trained.
    """
    outputs = len(train.names) if len(train.names) > 2 else 1
    network = remedied_network(train.images.shape[1:], outputs, remedies, seed)
    if start_from is not None:
        for layer, trained in zip(convolutions_of(network), convolutions_of(start_from), strict=False):
            layer.set_weights(trained.get_weights())
    if outputs == 1:
        loss = keras.losses.BinaryCrossentropy(label_smoothing=remedies.label_smoothing)
    else:
        loss = keras.losses.CategoricalCrossentropy(label_smoothing=remedies.label_smoothing)
    optimizer = keras.optimizers.Adam()
    if remedies.weight_decay:
        optimizer = keras.optimizers.AdamW(weight_decay=remedies.weight_decay)
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    network.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    watched = {}
    if remedies.patience:
        stop = keras.callbacks.EarlyStopping(
            monitor=remedies.monitor,
            mode="min" if remedies.monitor.endswith("loss") else "max",
            patience=remedies.patience,
            restore_best_weights=True,
        )
        callbacks = [*callbacks, stop]
        watched["validation_data"] = (validation.images, targets(validation, outputs))
    history = network.fit(
        training.Batches(train.images, targets(train, outputs), batch_size=32, seed=seed),
        epochs=max(1, round(shown / len(train))),
        callbacks=list(callbacks),
        shuffle=False,  # `Batches` draws the orders
        verbose=0,
        **watched,
    ).history
    return network, len(history["loss"])


def targets(faces: FaceDataset, outputs: int) -> np.ndarray:
    """Return labels as the loss wants them: a column of 0 and 1, or one row per picture with a 1 for its label."""
    if outputs == 1:
        return faces.labels[:, np.newaxis].astype("float32")
    return np.eye(outputs, dtype="float32")[faces.labels]


def outputs_of(network: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return a network's outputs (n, ...), without augmentation and dropout.

    `predict` would translate the network once more, which takes longer than to run it on a few hundred pictures.
    """
    parts = [images[start : start + SHOWN_TOGETHER] for start in range(0, len(images), SHOWN_TOGETHER)]
    return np.concatenate([keras.ops.convert_to_numpy(network(part, training=False)) for part in parts])


def probabilities(network: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return the probabilities (n, k) of k labels, two of them also for a network of one output."""
    values = outputs_of(network, images)
    return np.concatenate([1 - values, values], axis=1) if values.shape[1] == 1 else values


def accuracy(network: keras.Model, faces: FaceDataset) -> float:
    """Return the share of the pictures whose most probable label is right, in 0..1."""
    return float(np.mean(probabilities(network, faces.images).argmax(axis=1) == faces.labels))


def features(network: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return what the last layer is given, (n, d): the network's description of each picture."""
    return outputs_of(keras.Model(network.inputs[0], network.layers[-1].input), images)


def kernels(network: keras.Model) -> np.ndarray:
    """Return all weights that are multiplied with something, in one row; no biases."""
    layers = [layer for layer in network.layers if isinstance(layer, keras.layers.Conv2D | keras.layers.Dense)]
    return np.concatenate([keras.ops.convert_to_numpy(layer.kernel).ravel() for layer in layers])


# -- one training and its scores --------------------------------------------------------------------------------------


def people_of(faces: FaceDataset, protocol: Protocol, seed: int) -> FaceDataset:
    """Return the people whom a seed deals: its own, or all.

    Raises
    ------
    ValueError
        If the set has no people left for this seed.
    """
    if not protocol.people:
        return faces
    own = range(seed * protocol.people, (seed + 1) * protocol.people)
    if own.stop > len(faces.names):
        raise ValueError(f"Seed {seed} needs the people {own.start} to {own.stop - 1}; there are {len(faces.names)}.")
    return faces.subset(np.isin(faces.labels, own)).renumber()


def parts_of(faces: FaceDataset, protocol: Protocol, data: float, seed: int) -> list[FaceDataset | None]:
    """Return training, validation and test part, and a part of new people (None where there are no people)."""
    new = None
    faces = people_of(faces, protocol, seed)
    if protocol.known:
        known, others = faces.split(test_size=len(faces.names) - protocol.known, by="identity", seed=seed)
        faces, others = known.renumber(), others.renumber()
        (new,) = deal(others, (protocol.test,), seed)
    pictures, most = round(data * protocol.start), 2 * protocol.start
    unused = [most - pictures] if pictures < most else []
    # The sizes always have one sum: validation and test pictures do not depend on `data`.
    train, *_, validation, test = deal(faces, (pictures, *unused, protocol.validation, protocol.test), seed)
    return [train, validation, test, new]


def measure(
    faces: FaceDataset, protocol: Protocol, case: Case, seed: int, pretrained: keras.Model | None
) -> dict[str, float]:
    """Train once and return the scores."""
    train, validation, test, new = parts_of(faces, protocol, case.data, seed)
    shown = protocol.epochs * protocol.start * len(train.names)
    network, epochs = train_remedied(
        train, validation, case.remedies, shown, seed, start_from=pretrained if case.transfer else None
    )
    weights = np.abs(kernels(network))
    scores = {
        "train": accuracy(network, train),
        "validation": accuracy(network, validation),
        "test": accuracy(network, test),
        "test_loss": log_loss(probabilities(network, test.images), test.labels),
        "epochs": epochs,
        "weights": network.count_params(),
        "small_weights": float(np.mean(weights < SMALL_WEIGHT)),
        "weight_size": float(weights.mean()),
    }
    if new is not None:
        scores["known_people_eer"] = verification_error(network, test)
        scores["new_people_eer"] = verification_error(network, new)
    return scores


def log_loss(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean of -log of the probability that the truth was given."""
    return float(-np.log(np.clip(probabilities[np.arange(len(labels)), labels], 1e-7, None)).mean())


def verification_error(network: keras.Model, faces: FaceDataset) -> float:
    """Compare all pairs of pictures by the cosine of what the last layer is given; return the equal error rate."""
    first, second, mated = metrics.all_pairs(faces.labels)
    scores = metrics.cosine_similarity(features(network, faces.images), first, second)
    return metrics.equal_error_rate(scores, mated)
