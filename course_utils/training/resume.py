"""Continue an interrupted training."""

from __future__ import annotations

import hashlib
import shutil
import warnings
from os import PathLike
from pathlib import Path

import keras
import numpy as np

from course_utils.training.batches import Batches, PeopleBatches


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
