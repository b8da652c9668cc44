"""Continue an interrupted training so that it ends as if nothing had happened."""

from __future__ import annotations

from os import PathLike

import keras

from course_utils.training import checkpoint
from course_utils.training.batches import Batches, PeopleBatches
from course_utils.training.checkpoint import Checkpoint, OtherTrainingError
from course_utils.training.checkpoint_folder import CheckpointFolder


class Resume(keras.callbacks.Callback):
    """Keep checkpoints of a training; after an interruption, continue from the newest one.

    Run the same program again, with batches that are new but have the same seed: the training ends with the same
    numbers as one that was never interrupted, bit for bit where trainings repeat themselves at all (see
    `environment.setup`).  At most `every` steps are done again, or an epoch.  Give `fit` ``shuffle=False``: by default
    Keras puts the batches that `Batches` has drawn into another order again, by Python's random numbers, and that order
    would not continue.

    What continues: weights; the optimizer with its moments and learning rate, and so a schedule; running statistics of
    batch normalisation; random numbers of layers (dropout, augmentation), of Python and of NumPy; the order of the
    batches; the running means of the epoch's metrics; and the history that `fit` returns, from its first epoch on.

    What does not: what other callbacks remember, such as how long `keras.callbacks.EarlyStopping` has been waiting, and
    random numbers that no layer's seed generator draws.  In the epoch that was interrupted, other callbacks are told
    once more of the steps that were done before, with the metrics at the checkpoint.  So progress bars are right, but a
    callback that notes the loss of each step is not.

    Parameters
    ----------
    batches : Batches or PeopleBatches
        What `fit` will train on, made for this training and not used yet.
    folder : path-like
        Where checkpoints are kept, the two newest; one folder per training.
    every : int, optional
        Steps between checkpoints in an epoch.  None: only at the beginning of an epoch.
    keep : bool
        Whether checkpoints stay when the training is over.  Then an interruption between the end of `fit` and the
        moment when your program has stored the network costs little; delete the folder afterwards.

    Raises
    ------
    ValueError
        If `every` is not positive.  When `fit` begins: if the checkpoint is of another training (model, optimizer,
        number or order of batches), or this callback was used before.

    Notes
    -----
    The training waits while a checkpoint is written: 0.1 s for `models.embedding_network` with momentum (9 MB) on a
    local disk, and as long as the drive takes on a cloud drive.  So choose `every` such that this is little compared to
    the steps between.  Where the disk is full or gone, there is one warning, the training goes on, and older
    checkpoints stay as they are.  A damaged checkpoint is passed over with a warning.

    Keras's own `keras.callbacks.BackupAndRestore` keeps neither the order of the batches nor random numbers, metrics
    and history, begins the interrupted epoch again, and writes two files, which a power cut can part (Keras 3.15).
    """

    def __init__(
        self, batches: Batches | PeopleBatches, folder: str | PathLike, every: int | None = None, keep: bool = False
    ):
        super().__init__()
        if every is not None and every < 1:
            raise ValueError(f"every must be at least 1 step, or None, not {every}.")
        self.batches, self.every, self.keep = batches, every, keep
        self._folder = CheckpointFolder(folder)
        self._checkpoint = self._folder.newest()
        self._epoch = None  # the epoch that runs
        self._newest = None  # epoch and step of the newest checkpoint, or where the training began
        if self._checkpoint is not None:
            # Here, for Keras fetches the first batches before it calls any method of a callback.
            for _ in range(self._checkpoint.epoch):
                batches.on_epoch_end()

    def on_train_begin(self, logs=None) -> None:
        """Restore the checkpoint, if there is one; Keras calls this."""
        if self._epoch is not None:
            raise ValueError("Resume serves one training: make it and its batches again.")
        if self._checkpoint is None:
            return
        checkpoint.build(self.model, *self.batches[0])
        try:
            self._checkpoint.check(self.model, self.batches)
        except OtherTrainingError as error:
            raise ValueError(
                f"{self._folder.path} holds the state of another training: delete the folder to begin this one, or "
                f"name another folder ({error})."
            ) from error
        self._checkpoint.restore(self.model)
        self._logs = self.model.get_metrics_result()
        self.model.history.history = self._checkpoint.history
        self.model._initial_epoch = self._checkpoint.epoch  # as BackupAndRestore does; Keras has no other way

    def on_epoch_begin(self, epoch, logs=None) -> None:
        """Note which epoch runs; Keras calls this."""
        if self._epoch is None:
            self._newest = (epoch, 0)
            if self._checkpoint is not None:
                self._newest = (epoch, self._checkpoint.step)
                self.model.history.epoch = self._checkpoint.epochs  # here, for Keras empties it when training begins
            self.model._initial_epoch = None  # or a later `fit` of the same model would begin there, too
        self._epoch = epoch

    def on_train_batch_begin(self, batch, logs=None) -> None:
        """Leave out what is done, restore the checkpoint where it was taken, or take one; Keras calls this."""
        epoch, step = self._newest
        if self._checkpoint is not None:
            if batch < self._checkpoint.step:
                self._leave_out_step()
            else:  # once more, as Keras has reset the metrics since, and callbacks may have changed something
                self._checkpoint.restore(self.model)
                self._checkpoint = None
        elif self._epoch > epoch or (self.every is not None and batch - step >= self.every):
            self._folder.write(Checkpoint.capture(self.model, self.batches, self._epoch, batch))
            self._newest = (self._epoch, batch)

    def on_train_end(self, logs=None) -> None:
        """Delete the checkpoints, as the training is over; Keras calls this."""
        if not self.keep:
            self._folder.delete()

    def _leave_out_step(self) -> None:
        """Have Keras fetch the next batch without training on it."""
        model = self.model
        train = model.train_function

        def fetch(*arguments):
            model.train_function = train
            *state, batches = arguments  # JAX passes a state on
            for _ in zip(range(model.steps_per_execution), batches, strict=False):
                pass
            return (self._logs, *state) if state else self._logs

        model.train_function = fetch
