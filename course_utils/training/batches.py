"""Cut pictures and labels into batches, in a new order every epoch, the same orders for the same seed."""

from __future__ import annotations

import keras
import numpy as np


class Batches(keras.utils.PyDataset):
    """Pictures and labels in batches, in a new order every epoch, the same orders for the same seed.

    Used instead of ``fit(images, labels)`` because there, after `keras.utils.set_random_seed`, Keras 3 replays one
    and the same order in every epoch on TensorFlow (seen with Keras 3.13 and 3.15; lesson 05 shows it).

    Parameters
    ----------
    images
        Array (n, height, width, channels), of any dtype.
    labels
        Array (n,) of any dtype, or (n, k).
    batch_size
        Pictures in a batch; the last batch of an epoch has what is left.
    seed
        Seed of the orders.

    Raises
    ------
    ValueError
        If there are no pictures, or images and labels differ in number, or `batch_size` is not positive.
    """

    def __init__(self, images: np.ndarray, labels: np.ndarray, batch_size: int = 32, seed: int = 0):
        super().__init__()
        if len(images) != len(labels):
            raise ValueError(f"{len(images)} images but {len(labels)} labels: one label per image is needed")
        if len(images) == 0:
            raise ValueError("there are no images to train on")
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, not {batch_size}")
        self.images, self.labels, self.batch_size = images, labels, batch_size
        self.random = np.random.default_rng(seed)
        self.order = self.random.permutation(len(images))

    def __len__(self) -> int:
        return -(-len(self.images) // self.batch_size)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Return batch number `index` as (images, labels)."""
        chosen = self.order[index * self.batch_size : (index + 1) * self.batch_size]
        return self.images[chosen], self.labels[chosen]

    def on_epoch_end(self) -> None:
        """Draw the order of the next epoch; Keras calls this."""
        self.order = self.random.permutation(len(self.images))


class PeopleBatches(keras.utils.PyDataset):
    """Batches of several people with several pictures each, for losses that compare the pictures of a batch.

    In an epoch every person comes once, in a new order; the pictures of each person are drawn without replacement.
    So an epoch shows `pictures` pictures of everybody, however many there are, and nobody is shown more than others.

    Parameters
    ----------
    images : ndarray, shape (n, height, width, channels)
    labels : ndarray of int, shape (n,)
        The person in each picture.
    people : int
        People in a batch, at least 2.
    pictures : int
        Pictures of each in a batch, at least 2.
    seed : int
        Seed of the draws.

    Raises
    ------
    ValueError
        If images and labels differ in number, a number is too small, there are fewer people than a batch needs, or
        somebody has fewer pictures than a batch shows of them.

    Notes
    -----
    Those last in an order who do not fill a batch are left out of that epoch; another order leaves out others.
    """

    def __init__(self, images: np.ndarray, labels: np.ndarray, people: int = 16, pictures: int = 4, seed: int = 0):
        super().__init__()
        if len(images) != len(labels):
            raise ValueError(f"{len(images)} images but {len(labels)} labels: one label per image is needed.")
        if people < 2 or pictures < 2:
            raise ValueError(f"A batch needs at least 2 people with 2 pictures, not {people} with {pictures}.")
        self.everybody = [np.flatnonzero(labels == label) for label in np.unique(labels)]
        if len(self.everybody) < people:
            raise ValueError(f"A batch needs {people} people, and there are {len(self.everybody)}.")
        fewest = min(len(places) for places in self.everybody)
        if fewest < pictures:
            raise ValueError(f"A batch shows {pictures} pictures of each person, and somebody has only {fewest}.")
        self.images, self.labels, self.people, self.pictures = images, labels, people, pictures
        self.random = np.random.default_rng(seed)
        self.on_epoch_end()

    def __len__(self) -> int:
        return len(self.everybody) // self.people

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Return batch number `index` as (images, labels), one person's pictures after the other's."""
        chosen = self.order[index * self.people : (index + 1) * self.people].ravel()
        return self.images[chosen], self.labels[chosen]

    def on_epoch_end(self) -> None:
        """Draw the people and pictures of the next epoch; Keras calls this."""
        drawn = [self.random.permutation(places)[: self.pictures] for places in self.everybody]
        self.order = np.array(drawn)[self.random.permutation(len(drawn))]
