"""Capture all that decides how a training goes on, and bring another process to the same place."""

from __future__ import annotations

import hashlib
import io
import json
import random
from dataclasses import dataclass

import keras
import numpy as np

from course_utils.training.batches import Batches, PeopleBatches


class OtherTrainingError(ValueError):
    """A checkpoint belongs to another training than the one that is to continue from it."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """The state of a training between two steps.

    Attributes
    ----------
    epoch : int
        Whole epochs that are done.
    step : int
        Steps of the next epoch that are done.
    variables : dict of str to list of ndarray
        By the names that `variables_of` gives them.
    history : dict of str to list of float
        The metrics of the epochs that are done, as `fit` returns them.
    epochs : list of int
        The numbers of these epochs.
    random_states : dict
        States of Python's and NumPy's global random numbers.  (Those of layers are among the variables.)
    training : dict
        What tells this training from another one: optimizer, batches in an epoch, digest of their order.
    """

    epoch: int
    step: int
    variables: dict[str, list[np.ndarray]]
    history: dict[str, list[float]]
    epochs: list[int]
    random_states: dict
    training: dict

    @classmethod
    def capture(cls, model: keras.Model, batches: Batches | PeopleBatches, epoch: int, step: int) -> Checkpoint:
        """Return the state of a model in the middle of `fit`, when so many epochs, and steps of the next, are done."""
        variables = {name: [variable.numpy() for variable in group] for name, group in variables_of(model).items()}
        states = {"python": random.getstate(), "numpy": np.random.get_state(legacy=False)}  # noqa: NPY002 - see `restore`
        history = model.history  # the callback that every `fit` has
        return cls(epoch, step, variables, history.history, history.epoch, states, _identity(model, batches))

    def check(self, model: keras.Model, batches: Batches | PeopleBatches) -> None:
        """Raise an error unless the checkpoint is of this training.

        Parameters
        ----------
        model : keras.Model
            With its optimizer and metrics built.
        batches : Batches or PeopleBatches
            In the order of the epoch in which the training goes on.

        Raises
        ------
        OtherTrainingError
            If variables, optimizer, number of batches or their order differ.
        """
        for name, group in variables_of(model).items():
            here = [tuple(variable.shape) for variable in group]
            kept = [value.shape for value in self.variables[name]]
            if len(here) != len(kept):
                raise OtherTrainingError(f"the variables of the {name} differ: {len(here)} here, {len(kept)} there")
            for shape, other in zip(here, kept, strict=True):
                if shape != other:
                    raise OtherTrainingError(f"the variables of the {name} differ: shape {shape} here, {other} there")
        here = _identity(model, batches)
        for name, kept in self.training.items():
            if here[name] != kept:
                raise OtherTrainingError(f"the {name} differ: {here[name]} here, {kept} there")

    def restore(self, model: keras.Model) -> None:
        """Give a model's variables, and Python's and NumPy's random numbers, the captured state.

        Parameters
        ----------
        model : keras.Model
            One that `check` finds to be of this training.
        """
        for name, group in variables_of(model).items():
            for variable, value in zip(group, self.variables[name], strict=True):
                # NumPy's files know no bfloat16: they keep its bytes.
                variable.assign(value.view(variable.numpy().dtype) if value.dtype.kind == "V" else value)
        version, numbers, gauss = self.random_states["python"]
        random.setstate((version, tuple(numbers), gauss))
        np.random.set_state(self.random_states["numpy"])  # noqa: NPY002 - the state that keras.utils.set_random_seed sets

    def to_bytes(self) -> bytes:
        """Return the checkpoint as a NumPy archive without pickle."""
        about = {name: value for name, value in vars(self).items() if name != "variables"}
        text = json.dumps(about, default=lambda value: np.asarray(value).tolist())  # what callbacks log may be NumPy's
        arrays = {
            f"{name}/{number}": value for name, group in self.variables.items() for number, value in enumerate(group)
        }
        file = io.BytesIO()
        np.savez(file, about=np.frombuffer(text.encode(), np.uint8), **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Checkpoint:
        """Return the checkpoint that `to_bytes` wrote."""
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            about = json.loads(stored["about"].tobytes())
            variables = {"model": [], "optimizer": [], "metrics": []}
            for name in stored.files:
                if name != "about":
                    variables[name.partition("/")[0]].append(stored[name])
        return cls(variables=variables, **about)


def variables_of(model: keras.Model) -> dict[str, list[keras.Variable]]:
    """Return the variables of a compiled model: its own, the optimizer's, and those of the metrics.

    Its own include the states of layers' random numbers.  Those of the metrics are running sums over an epoch, from
    which its mean loss and accuracy follow.
    """
    return {"model": model.variables, "optimizer": model.optimizer.variables, "metrics": model.metrics_variables}


def build(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> None:
    """Make all variables of a compiled model, those of optimizer and metrics too, which Keras makes at the first step.

    Parameters
    ----------
    model : keras.Model
        Its metrics have another value afterwards, everything else is as before.
    images, labels : ndarray
        A batch.
    """
    model.optimizer.build(model.trainable_variables)
    images, labels = keras.ops.convert_to_tensor(images), keras.ops.convert_to_tensor(labels)
    predictions = model(images, training=False)
    model.compute_loss(images, labels, predictions, training=False)
    model.compute_metrics(images, labels, predictions)


def _identity(model: keras.Model, batches: Batches | PeopleBatches) -> dict[str, str | int]:
    """Return what tells one training from another, as far as it is cheap to know."""
    return {
        "optimizers": type(model.optimizer).__name__,
        "numbers of batches in an epoch": len(batches),
        "orders of the batches": hashlib.sha256(np.ascontiguousarray(batches.order)).hexdigest()[:16],
    }
