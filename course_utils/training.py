"""Train on any Keras backend: batches in a new order every epoch, and callbacks that resume, measure and report."""

from __future__ import annotations

import hashlib
import shutil
import warnings
from collections.abc import Callable
from os import PathLike
from pathlib import Path

import keras
import numpy as np
from tqdm.keras import TqdmCallback

from course_utils import environment, metrics, models


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


class Resume(keras.callbacks.Callback):
    """Keep a training's state after every epoch; after an interruption, go on where the last whole epoch ended.

    Call the same `fit` again, with batches that are new but have the same seed: it goes on as if nothing had happened.
    The state is deleted when the training is over.  Give `fit` ``shuffle=False``: by default Keras puts the batches
    that `Batches` has drawn into another order again, by Python's random numbers, whose state nobody keeps.

    Keras keeps weights and optimizer, but neither the order of the batches nor the random numbers of layers such as
    dropout and augmentation (seen with Keras 3.15).  So the orders of past epochs are drawn again, and the random
    numbers of layers start each epoch at a place that follows from its number.

    Keras's own `keras.callbacks.BackupAndRestore` keeps weights and number of the epoch in two files, which a power cut
    can part.  Here the name of one file holds the number and the digest of its content.  A damaged file is passed over
    with a warning, and the training goes on from the epoch before; without any whole file it begins again.

    Parameters
    ----------
    batches : Batches or PeopleBatches
        What `fit` will train on, made for this training and not used yet.
    folder : path-like
        Where the state is kept; one folder per training.

    Raises
    ------
    ValueError
        When `fit` begins: if the state in the folder is that of another model.
    """

    DRAWS_PER_EPOCH = 2**20  # more than an epoch has steps: epochs must not share random numbers
    KEPT = 2  # files: the newest, and the one before, in case a power cut damages the newest

    def __init__(self, batches: Batches | PeopleBatches, folder: str | PathLike):
        super().__init__()
        self.folder = Path(folder)
        self._epochs, self._weights = self._newest_whole()
        for _ in range(self._epochs):  # here: Keras fetches the first batches before it calls any method of a callback
            batches.on_epoch_end()

    def _files(self) -> list[Path]:
        """Return the kept files, the newest first; their names are EPOCHS-DIGEST.weights.h5."""
        return sorted(self.folder.glob("[0-9]*-*.weights.h5"), reverse=True)

    def _newest_whole(self) -> tuple[int, Path | None]:
        """Return the number of whole epochs and the file that holds the state after them; (0, None) without any."""
        for path in self._files():
            epochs, _, digest = path.name.removesuffix(".weights.h5").partition("-")
            if _digest(path) == digest:
                return int(epochs), path
            warnings.warn(f"{path} is damaged: the training goes on from the state before it.", stacklevel=3)
        return 0, None

    def on_train_begin(self, logs=None) -> None:
        """Load the kept state; Keras calls this."""
        if self._weights is None:
            return
        self.model.optimizer.build(self.model.trainable_variables)  # or its own variables could not be loaded
        try:
            self.model.load_weights(self._weights)
        except ValueError as error:
            raise ValueError(
                f"{self._weights} is the state of another model: delete the folder to begin this training, or name "
                f"another folder ({str(error).strip().splitlines()[0]})."
            ) from error
        self.model._initial_epoch = self._epochs  # as BackupAndRestore does; Keras has no other way

    def on_epoch_begin(self, epoch, logs=None) -> None:
        """Bring the random numbers of layers to where this epoch has them; Keras calls this."""
        for variable in self.model.variables:
            if variable.name == "seed_generator_state":
                state = np.array(variable)
                state[1] = epoch * self.DRAWS_PER_EPOCH
                variable.assign(state)

    def on_epoch_end(self, epoch, logs=None) -> None:
        """Keep the state, complete or not at all; Keras calls this."""
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / "part.weights.h5"
        self.model.save_weights(part, overwrite=True)
        part.replace(self.folder / f"{epoch + 1:06d}-{_digest(part)}.weights.h5")
        for old in self._files()[self.KEPT :]:
            old.unlink()

    def on_train_end(self, logs=None) -> None:
        """Delete the state, as the training is over; Keras calls this."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _digest(path: Path) -> str:
    """Return the first digits of the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


class FreshStarts:
    """Put a compiled model back to the beginning of a run, whatever was trained with it before.

    Keras translates the training step of each compiled model once, which takes longer than a short training.  So one
    model serves for all runs.

    Parameters
    ----------
    make : Callable
        Builds a new network; its weights follow from the seed that is set before.
    model : keras.Model
        What `make` returned once, compiled; it has not taken any training step.
    """

    def __init__(self, make: Callable[[], keras.Model], model: keras.Model):
        self.make, self.model = make, model
        model.optimizer.build(model.trainable_variables)
        self._memory = [np.array(keras.ops.convert_to_numpy(variable)) for variable in model.optimizer.variables]

    def begin(self, seed: int) -> None:
        """Give the model the weights of a new network with this seed, and reset the optimizer."""
        keras.utils.set_random_seed(seed)
        for variable, value in zip(self.model.variables, self.make().variables, strict=True):
            variable.assign(value)
        for variable, value in zip(self.model.optimizer.variables, self._memory, strict=True):
            variable.assign(value)


class VerificationError(keras.callbacks.Callback):
    """Measure after each epoch how well a network compares people whom it does not learn from: the equal error rate.

    The rate is among the epoch's logs under `NAME`, so Keras's own early stopping can watch it, if it comes later in
    the list: ``keras.callbacks.EarlyStopping(VerificationError.NAME, mode="min", patience=5,
    restore_best_weights=True)``.  A loss on these people would not do: a softmax has no output for them.

    Parameters
    ----------
    embedder : keras.Model
        Gives the embeddings; a part of the model that is trained, or that model.
    images : ndarray, shape (n, height, width, channels)
    labels : ndarray of int, shape (n,)
        The person in each picture; all pairs are compared.

    Raises
    ------
    ValueError
        If images and labels differ in number, or there are no two pictures of one person, or of two people.
    """

    NAME = "equal_error_rate"

    def __init__(self, embedder: keras.Model, images: np.ndarray, labels: np.ndarray):
        super().__init__()
        if len(images) != len(labels):
            raise ValueError(f"{len(images)} images but {len(labels)} labels: one label per image is needed.")
        self.embedder, self.images = embedder, images
        self.first, self.second, self.mated = metrics.all_pairs(labels)
        if self.mated.all() or not self.mated.any():
            raise ValueError("Both pairs of one person and pairs of two people are needed.")

    def on_epoch_end(self, epoch, logs=None):
        """Write the rate into the logs; Keras calls this."""
        embeddings = self.embedder.predict(self.images, batch_size=100, verbose=0)
        scores = metrics.cosine_similarity(embeddings, self.first, self.second)
        logs[self.NAME] = metrics.equal_error_rate(scores, self.mated)


def progress_bar() -> keras.callbacks.Callback:
    """Return a callback for `fit`: a bar with one step per epoch and the latest metrics next to it."""
    options = environment.progress_pace()
    return TqdmCallback(verbose=0, leave=False, disable=environment.progress_hidden(), **options)


def train_on_batch(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> float:
    """Take one step of training and return the loss of this batch alone, before the step.

    Keras 3.15's own `train_on_batch` does the same; in Keras 3.13, which Colab has, it returns the mean over all
    batches since the metrics were last reset (seen with both).

    Parameters
    ----------
    model
        A compiled model.
    images, labels
        One batch.
    """
    model.reset_metrics()
    return float(model.train_on_batch(images, labels, return_dict=True)["loss"])


def gradients(
    model: keras.Sequential, loss: str | keras.losses.Loss, images: np.ndarray, labels: np.ndarray
) -> list[np.ndarray]:
    """Return the gradient of the loss for each array of the model's weights, as Keras computes it, on any backend.

    Each backend has automatic differentiation, and each calls it in its own way (``tf.GradientTape``, ``jax.grad``,
    ``backward`` in PyTorch).  A step of plain gradient descent with learning rate 1 subtracts exactly the gradient, so
    weights before minus weights after are the gradient on all of them.

    Parameters
    ----------
    model
        Its weights are put back afterwards.  Dropout is left out: it would draw other units at each step.
    loss
        The loss or its name, as ``compile`` takes it.
    images, labels
        One batch.
    """
    kept = [layer for layer in model.layers if not isinstance(layer, keras.layers.Dropout)]
    same = keras.Sequential([keras.Input(model.input_shape[1:]), *kept])  # the same layers: they share their weights
    same.compile(optimizer=keras.optimizers.SGD(learning_rate=1.0), loss=loss)
    before = same.get_weights()
    train_on_batch(same, images, labels)
    after = same.get_weights()
    same.set_weights(before)
    return [old - new for old, new in zip(before, after, strict=True)]


def keras_path(optimizer: keras.optimizers.Optimizer, start: np.ndarray, gradients: np.ndarray) -> np.ndarray:
    """Return the weights after each step that a Keras optimizer takes, if it is given these gradients.

    Parameters
    ----------
    optimizer : keras.optimizers.Optimizer
        A new one.
    start : np.ndarray
        The weights at the beginning.
    gradients : np.ndarray
        One gradient for each step, (steps, ...), in the shape of the weights.

    Returns
    -------
    np.ndarray
        Of the shape of `gradients`, float64.
    """
    variable = keras.Variable(start, dtype="float64")
    optimizer.build([variable])
    path = []
    for gradient in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(gradient, dtype="float64")])
        path.append(keras.ops.convert_to_numpy(variable).copy())
    return np.array(path)


def train_network(train, validation, outputs: int = 1, epochs: int = 10, seed: int = 0, callbacks=()):
    """Build, compile and fit the article's network, as lesson 05 does step by step.

    Parameters
    ----------
    train, validation
        `FaceDataset`s: the pictures to learn from, and those to watch progress on.  Without the latter (None), the
        history covers the training pictures only.
    outputs
        1 for a yes/no question (labels 0 and 1), k for "which of k people?" (labels 0 to k - 1).
    epochs
        Passes over the training pictures.
    seed
        Decides the initial weights, dropout and the order of the batches.
    callbacks
        Keras callbacks, such as a progress bar.

    Returns
    -------
    (model, history)
        The fitted `keras.Model`, and a dict with one list per metric, one value per epoch.
    """
    keras.utils.set_random_seed(seed)
    model = models.article_network(train.images.shape[1:], outputs)
    loss = "binary_crossentropy" if outputs == 1 else "sparse_categorical_crossentropy"
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    history = model.fit(
        Batches(train.images, train.labels, batch_size=32, seed=seed),
        epochs=epochs,
        validation_data=None if validation is None else (validation.images, validation.labels),
        callbacks=list(callbacks),
        verbose=0,
    )
    return model, history.history
