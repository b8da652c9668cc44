"""Train the article's layers for forty steps with any optimizer: what lesson 03 and its benchmark both run.

Two runs with the same seed begin with the same weights, see the same batches in the same order, and drop the same
units.  So a difference between them comes from the optimizer and its learning rate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import keras
import numpy as np

from course_utils import training
from course_utils.datasets import load_faces

PICTURES, BATCH_SIZE, STEPS = 140, 28, 40  # for training, in a batch, and in a run
LATE = 8  # the last steps, whose mean loss is compared


@dataclass(frozen=True)
class Kind:
    """An optimizer, and the learning rates that it is tried with.

    Attributes
    ----------
    make : Callable
        Makes the optimizer.
    default : float
        Keras's own learning rate.
    rates : tuple of float
        What is searched: six rates for each optimizer.
    """

    make: Callable[[], keras.optimizers.Optimizer]
    default: float
    rates: tuple[float, ...]


LARGE, SMALL = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0), (3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2)
KINDS = {
    "SGD": Kind(lambda: keras.optimizers.SGD(), 0.01, LARGE),
    "momentum": Kind(lambda: keras.optimizers.SGD(momentum=0.9), 0.01, LARGE),
    "Nesterov": Kind(lambda: keras.optimizers.SGD(momentum=0.9, nesterov=True), 0.01, LARGE),
    "RMSprop": Kind(lambda: keras.optimizers.RMSprop(), 0.001, SMALL),
    "Adam": Kind(lambda: keras.optimizers.Adam(), 0.001, SMALL),
    "AdamW": Kind(lambda: keras.optimizers.AdamW(), 0.001, SMALL),
}


@dataclass(frozen=True)
class Parts:
    """The pictures to learn from, and others; labels are 1 for a face, 0 for anything else."""

    images: np.ndarray
    labels: np.ndarray
    other_images: np.ndarray
    other_labels: np.ndarray


def parts() -> Parts:
    """Return the 140 pictures that section 3 of the lesson trains on, and the 60 others of the set."""
    faces = load_faces("lfw_subset")
    order = np.random.default_rng(0).permutation(len(faces))
    train, others = order[:PICTURES], order[PICTURES:]
    return Parts(faces.images[train], faces.labels[train], faces.images[others], faces.labels[others])


def batches_of(pictures: Parts, seed: int, steps: int = STEPS) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield one batch for each step; every epoch has an order of its own."""
    batches = training.Batches(pictures.images, pictures.labels, batch_size=BATCH_SIZE, seed=seed)
    for step in range(steps):
        yield batches[step % len(batches)]
        if (step + 1) % len(batches) == 0:
            batches.on_epoch_end()


def network(image_shape: tuple[int, int, int]) -> keras.Model:
    """Build the article's layers for pictures as small as they are.

    `models.article_network` enlarges them to 64 x 64 pixels first, which takes ten times as long.
    """
    return keras.Sequential(
        [
            keras.Input(image_shape),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(32, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(64, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(128, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(512, activation="relu", name="hidden"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


class Trainee:
    """The article's layers with an optimizer, to be trained from many starts.

    The same model serves for all runs (`training.FreshStarts`).

    Parameters
    ----------
    optimizer : keras.optimizers.Optimizer
        A new one.
    """

    def __init__(self, optimizer: keras.optimizers.Optimizer):
        self.pictures = parts()
        make = partial(network, self.pictures.images.shape[1:])
        keras.utils.set_random_seed(0)
        self.model = make()
        self.model.compile(optimizer=optimizer, loss="binary_crossentropy")
        self._starts = training.FreshStarts(make, self.model)
        self._both = keras.Model(self.model.inputs[0], [*self.model.outputs, self.model.get_layer("hidden").output])

    def begin(self, seed: int) -> None:
        """Put network and optimizer to the beginning of the run with this seed."""
        self._starts.begin(seed)

    def train(self, seed: int, rate: float, warmup_steps: int = 0) -> list[float]:
        """Take forty steps and return the loss of each batch, before the step.

        Parameters
        ----------
        seed : int
            Decides first weights, order of the batches and dropout.
        rate : float
            The learning rate.
        warmup_steps : int
            The rate rises evenly from 0 to `rate` in so many steps.
        """
        self.begin(seed)
        losses = []
        for step, batch in enumerate(batches_of(self.pictures, seed)):
            self.model.optimizer.learning_rate.assign(rate * min(1.0, step / warmup_steps) if warmup_steps else rate)
            losses.append(training.train_on_batch(self.model, *batch))
        return losses

    def range_test(self, seed: int, rates: np.ndarray) -> list[float]:
        """Take a step with each of the rates, in their order, and return the loss of each batch, before the step."""
        self.begin(seed)
        losses = []
        for rate, batch in zip(rates, batches_of(self.pictures, seed, len(rates)), strict=True):
            self.model.optimizer.learning_rate.assign(rate)
            losses.append(training.train_on_batch(self.model, *batch))
        return losses

    def look(self) -> dict[str, float]:
        """Return what the network is worth now.

        Returns
        -------
        dict of float
            ``train`` and ``others``: the accuracy on the pictures that were trained on, and on the others;
            ``dead``: the fraction of the hidden layer's 512 units that are 0 for all pictures.
        """
        pictures = np.concatenate([self.pictures.images, self.pictures.other_images])
        labels = np.concatenate([self.pictures.labels, self.pictures.other_labels])
        answers, hidden = map(keras.ops.convert_to_numpy, self._both(pictures, training=False))
        right = (answers[:, 0] >= 0.5) == labels
        dead = (hidden == 0).all(axis=0)
        return {
            "train": float(right[:PICTURES].mean()),
            "others": float(right[PICTURES:].mean()),
            "dead": float(dead.mean()),
        }


def late_loss(losses: list[float]) -> float:
    """Return the mean loss of a run's last eight steps; a loss that is no number counts as infinitely large."""
    late = float(np.mean(losses[-LATE:]))
    return late if np.isfinite(late) else float("inf")


def first_jump(rates: np.ndarray, losses: list[float]) -> float:
    """Return the first rate of a range test at which the loss is more than 0.3 above where it began."""
    return float(rates[np.argmax(np.array(losses) > losses[0] + 0.3)])
