"""Time the parts of a training step: fetching a batch, augmentation, forward pass, backward pass and update."""

from __future__ import annotations

import time
from collections.abc import Callable

import keras
import numpy as np
from keras import ops

FETCH, AUGMENTATION, FORWARD, BACKWARD = "fetching a batch", "augmentation", "forward", "backward and update"
PARTS = (FETCH, AUGMENTATION, FORWARD, BACKWARD)


class InTraining(keras.layers.Layer):
    """Run another layer as it runs in training, where a model's ``predict`` would run it as it runs in use.

    Parameters
    ----------
    layer : keras.layers.Layer
        Any layer or model.
    """

    def __init__(self, layer: keras.layers.Layer):
        super().__init__(dtype="float32")
        self.layer = layer

    def call(self, pictures):
        """Return what the layer gives in training."""
        return self.layer(pictures, training=True)


def compiled_in_training(
    layers: list, image_shape: tuple[int, int, int], jit_compile: bool, averaged: bool = False
) -> Callable:
    """Return a function that runs a chain of layers as in training, compiled like a training step of the backend.

    Parameters
    ----------
    layers : list of keras.layers.Layer
        One after the other; they are shared, not copied.
    image_shape : tuple of int
        Height, width and channels of a picture.
    jit_compile : bool
        As in ``compile``.
    averaged : bool
        Give one number per picture, the mean of all that comes out: then nothing large is copied from a GPU.

    Returns
    -------
    callable
        Takes a batch (n, height, width, channels), gives a NumPy array of n rows.
    """
    pictures = keras.Input(image_shape)
    values = InTraining(keras.Sequential([keras.Input(image_shape), *layers]))(pictures)
    if averaged:
        values = ops.mean(ops.cast(values, "float32"), axis=tuple(range(1, len(values.shape))))
    model = keras.Model(pictures, values)
    model.compile(jit_compile=jit_compile)
    return model.predict_on_batch


def step_times(
    model: keras.Model, batches: keras.utils.PyDataset, rounds: int = 10, augmentation: str | None = "augmentation"
) -> dict[str, np.ndarray]:
    """Time a training step and its parts, each of them alone, on any backend.

    Parameters
    ----------
    model : keras.Model
        Compiled, and a chain of layers: the augmentation first, if there is one.  Real steps are taken, but weights,
        optimizer and random numbers are put back afterwards.
    batches : keras.utils.PyDataset
        Gives (pictures, labels), such as `training.Batches`.
    rounds : int
        How often everything is timed, in turns, so that what else runs on the machine slows all parts.  A round before
        them compiles and is not counted.
    augmentation : str, optional
        Name of the model's layer that changes the pictures; None if it has none.

    Returns
    -------
    dict of ndarray of float, shape (rounds,)
        Seconds, by the names in `PARTS`: they add up to the time of a batch that is fetched before its step.

    Raises
    ------
    ValueError
        If the model is not compiled, does not begin with the augmentation, or `rounds` is not positive.

    Notes
    -----
    The step runs everything together, and so it is the only part that is as fast as in a training.  The backward pass
    cannot run alone: its time is that of the step, less those of augmentation and forward pass.  So it also holds the
    loss, the metrics and whatever a step costs but these two do not; a compiler that melts parts together makes it
    smaller, even negative for a tiny network.  Each call copies its batch to the device, and waits until the numbers
    are back.  On a GPU, ``fit`` does not wait after each step and is faster than these parts together; the profiler of
    the backend shows what each operation takes.
    """
    if rounds < 1:
        raise ValueError(f"`rounds` must be at least 1, not {rounds}.")
    if not model.compiled:
        raise ValueError("The model is not compiled: call its `compile` first, so that it can take a training step.")
    layers = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    change, rest = _split(layers, augmentation)
    shape = model.input_shape[1:]
    forward = compiled_in_training(rest, shape, model.jit_compile, averaged=True)
    changed = compiled_in_training(change, shape, model.jit_compile, averaged=True) if change else None
    put_back = _keep(model)
    measured = []
    for number in range(rounds + 1):
        fetching, (pictures, labels) = _timed(batches.__getitem__, number % len(batches))
        changing = _timed(changed, pictures)[0] if changed else 0.0
        passing = _timed(forward, pictures)[0]
        stepping = _timed(model.train_on_batch, pictures, labels)[0]
        measured.append((fetching, changing, passing, stepping - changing - passing))
    put_back()
    return dict(zip(PARTS, np.array(measured[1:]).T, strict=True))


def _split(layers: list, augmentation: str | None) -> tuple[list, list]:
    """Return the layers that change the pictures, and the others."""
    if augmentation is None:
        return [], layers
    if layers[0].name != augmentation:
        raise ValueError(
            f"The model begins with the layer {layers[0].name!r}, not with {augmentation!r}: name the layer "
            "that changes the pictures, or pass `augmentation=None`."
        )
    return layers[:1], layers[1:]


def _keep(model: keras.Model) -> Callable[[], None]:
    """Return a function that puts weights, optimizer and random numbers back to what they are now."""
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
    variables = [*model.variables, *model.optimizer.variables]
    values = [np.array(ops.convert_to_numpy(variable)) for variable in variables]

    def put_back() -> None:
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)
        model.reset_metrics()

    return put_back


def _timed(call: Callable, *arguments) -> tuple[float, object]:
    """Return the seconds that a call takes, and what it returns."""
    start = time.perf_counter()
    returned = call(*arguments)
    return time.perf_counter() - start, returned


def time_rows(times: dict[str, np.ndarray]) -> list[list[str]]:
    """Return rows for `tables.show`: part, milliseconds (median and range), share of the whole.

    Parameters
    ----------
    times : dict of ndarray
        As `step_times` gives them.

    Returns
    -------
    list of list of str
        One row for each part, and one for all of them together.
    """
    whole = np.sum(list(times.values()), axis=0)
    rows = []
    for name, seconds in {**times, "together": whole}.items():
        low, middle, high = 1000 * np.quantile(seconds, (0, 0.5, 1))
        share = 100 * np.median(seconds / whole)
        rows.append([name, f"{middle:.1f} ({low:.1f} to {high:.1f})", f"{share:.0f} %"])
    return rows


def faster_input(times: dict[str, np.ndarray]) -> tuple[float, float]:
    """Return how many times as fast the training would be if fetching a batch took no time at all: the most to gain.

    Parameters
    ----------
    times : dict of ndarray
        As `step_times` gives them.

    Returns
    -------
    tuple of float
        The factor where each batch is fetched before its step, and where it is fetched during the step before.  The
        second is 1 unless fetching takes longer than a step.
    """
    seconds = {name: float(np.median(values)) for name, values in times.items()}
    step = sum(seconds.values()) - seconds[FETCH]
    return (step + seconds[FETCH]) / step, max(step, seconds[FETCH]) / step
