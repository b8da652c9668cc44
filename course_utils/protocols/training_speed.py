"""Build the network of the embedding at several settings of speed, and read what training it was measured to take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np

from course_utils import augmentation, losses, models, training
from course_utils.training.step_profile import compiled_in_training

IN_THE_STEP, BEFORE_THE_STEP, NONE = "in the step", "before the step", "none"  # where pictures are changed
NOT_MEASURED = "not measured"
CPU = "CPU"  # the device of a machine that has no GPU


@dataclass(frozen=True)
class Setting:
    """What decides how fast a network trains, the network left as it is.

    Attributes
    ----------
    precision : str
        Name of the dtype policy that the network computes with.  Augmentation, cosines and loss keep float32.
    jit_compile : bool or "auto"
        As in ``compile``: XLA on TensorFlow and JAX, ``torch.compile`` on PyTorch.  "auto" leaves the choice to Keras.
        False means a graph on TensorFlow, and one operation after the other on JAX and PyTorch.
    batch_size : int
        Pictures in a batch.
    augmentation : str
        `IN_THE_STEP`: `transfer_pipeline` is a part of the compiled step.  `BEFORE_THE_STEP`: it is compiled by itself,
        and its pictures come back to the processor before the step gets them.  `NONE`: the pictures stay as they are.
    """

    precision: str = "float32"
    jit_compile: bool | str = "auto"
    batch_size: int = 64
    augmentation: str = IN_THE_STEP


class RepeatedBatches(training.Batches):
    """Batches of one size, as many as are asked for in an epoch: the pictures come again when they are used up.

    Parameters
    ----------
    images, labels, batch_size
        As `training.Batches` takes them.
    steps : int
        Batches in an epoch.
    change : callable, optional
        Called with the pictures of each batch; gives those to train on.

    Raises
    ------
    ValueError
        If the pictures do not fill one batch.
    """

    def __init__(
        self, images: np.ndarray, labels: np.ndarray, batch_size: int, steps: int, change: Callable | None = None
    ):
        super().__init__(images, labels, batch_size)
        self.full = len(images) // batch_size
        if not self.full:
            raise ValueError(f"{len(images)} pictures do not fill a batch of {batch_size}.")
        self.steps, self.change = steps, change

    def __len__(self) -> int:
        return self.steps

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Return batch number `index` as (images, labels)."""
        images, labels = super().__getitem__(index % self.full)
        return (self.change(images) if self.change else images), labels


def build(setting: Setting, people: int, width: int = 16, size: int = 64, seed: int = 0) -> keras.Model:
    """Return the network of the embedding, compiled as it is trained: augmentation before it, cosines behind it.

    Parameters
    ----------
    setting : Setting
        Its batch size does not matter here.
    people : int
        How many people there are to tell apart.
    width : int
        Of the network, see `models.embedding_network`.
    size : int
        Pixels along a side of a picture.
    seed : int
        Of the first weights and of the augmentation.

    Returns
    -------
    keras.Model
        Takes (n, size, size, 3) with values 0..255, gives cosines (n, people).
    """
    keras.utils.set_random_seed(seed)
    keras.config.set_dtype_policy(setting.precision)
    network = models.embedding_network((size, size, 3), width=width)
    keras.config.set_dtype_policy("float32")
    change = [augmentation.transfer_pipeline(seed)] if setting.augmentation == IN_THE_STEP else []
    model = keras.Sequential([keras.Input((size, size, 3)), *change, network, losses.CosineLogits(people)])
    optimizer = keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True, weight_decay=5e-3)
    if setting.precision == "mixed_float16":
        # Keras adds it by itself only where the whole model has this policy; here the last layer keeps float32.
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    loss = losses.CosFace()
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"], jit_compile=setting.jit_compile)
    return model


def batches(
    setting: Setting, images: np.ndarray, labels: np.ndarray, steps: int, jit_compile: bool = False
) -> RepeatedBatches:
    """Return the batches that `build`'s model is trained on, changed before the step where the setting says so.

    Parameters
    ----------
    setting : Setting
        Of the model.
    images : ndarray of uint8, shape (n, size, size, 3)
    labels : ndarray of int, shape (n,)
    steps : int
        Batches in an epoch.
    jit_compile : bool
        Whether the augmentation before the step is compiled so: as the model is.
    """
    change = None
    if setting.augmentation == BEFORE_THE_STEP:
        change = compiled_in_training([augmentation.transfer_pipeline(0)], images.shape[1:], jit_compile)
    return RepeatedBatches(images, labels, setting.batch_size, steps, change)


@dataclass(frozen=True)
class Measured:
    """The median over the rounds and their range."""

    median: float
    low: float
    high: float

    def text(self, digits: int = 0) -> str:
        """Return it as "median (low to high)"."""
        return f"{self.median:,.{digits}f} ({self.low:,.{digits}f} to {self.high:,.{digits}f})"


def median_and_range(values: list[float]) -> Measured:
    """Return the median and the range of some measurements.

    Raises
    ------
    ValueError
        If there are none.
    """
    if not len(values):
        raise ValueError("There is nothing to take the median of: the row was not measured.")
    low, median, high = np.quantile(values, (0, 0.5, 1))
    return Measured(float(median), float(low), float(high))


def speed(row: dict) -> Measured | None:
    """Return the pictures per second of a row of ``results.load("training_speed")``; None if it was not measured."""
    return median_and_range([run["per second"] for run in row["runs"]]) if row["runs"] else None


def times_as_fast(row: dict) -> Measured | None:
    """Return how many times as fast as the base setting a row is, from rounds that both took part in.

    Each round gives one ratio.  On a processor it compares the processor's time, which other programs hardly change; on
    a GPU it compares the clock.  None if the row was not measured.
    """
    if not row["runs"]:
        return None
    unit = "per processor second" if row["device"] == CPU else "per second"
    return median_and_range([run[unit] / run[f"base {unit}"] for run in row["runs"]])


def was_busy(row: dict) -> bool:
    """Tell whether other programs wanted the cores while a row was measured: then it would be faster alone."""
    return row["wanted a core"] > 1.5 * row["cores"]


def rows_of(stored: list[dict], device: str, backend: str) -> list[dict]:
    """Return the rows of one device and backend; the first one is the base."""
    return [row for row in stored if (row["device"], row["backend"]) == (device, backend)]


def ratios(stored: list[dict], device: str, backend: str) -> dict[str, tuple[float, float, float]]:
    """Return how many times as fast as the base each measured setting is, for `plots.interval_panels`.

    Parameters
    ----------
    stored : list of dict
        The rows of ``results.load("training_speed")``.
    device, backend : str
        Which of them.

    Returns
    -------
    dict of tuple of float
        Median, lowest and highest ratio, by what differs from the base.
    """
    rows = [row for row in rows_of(stored, device, backend) if row["runs"]]
    found = {difference(row, rows[0]): times_as_fast(row) for row in rows}
    return {name: (ratio.median, ratio.low, ratio.high) for name, ratio in found.items()}


def difference(row: dict, base: dict) -> str:
    """Return what differs between the setting of a row and that of the base, in words."""
    words = {
        "precision": row["precision"].removeprefix("mixed_"),
        "jit_compile": "compiled" if row["jit_compile"] else "not compiled",
        "batch size": f"batches of {row['batch size']}",
        "augmentation": "no augmentation" if row["augmentation"] == NONE else f"augmentation {row['augmentation']}",
    }
    return ", ".join(word for column, word in words.items() if row[column] != base[column]) or "base"


def speed_rows(stored: list[dict], device: str, backend: str) -> list[list[str]]:
    """Return rows for `tables.show`: the setting, pictures per second, times as fast as the base, seconds to compile.

    Parameters
    ----------
    stored : list of dict
        The rows of ``results.load("training_speed")``.
    device, backend : str
        Which of them.

    Returns
    -------
    list of list of str
        "not measured" where that is so.
    """
    rows = []
    for row in rows_of(stored, device, backend):
        fast, ratio = speed(row), times_as_fast(row)
        numbers = [fast.text(), ratio.text(2), f"{row['first call, s']:.0f}"] if fast else 3 * [NOT_MEASURED]
        compiled = "yes" if row["jit_compile"] else "no"
        rows.append([row["precision"], compiled, str(row["batch size"]), row["augmentation"], *numbers])
    return rows


def minutes_rows(stored: list[dict], shown: int) -> list[list[str]]:
    """Return rows for `tables.show`: device, backend, pictures per second at best, minutes of a training.

    Parameters
    ----------
    stored : list of dict
        The rows of ``results.load("training_speed")``.
    shown : int
        Pictures that the training shows.

    Returns
    -------
    list of list of str
        One row for each device and backend, with `IN_THE_STEP` augmentation; "not measured" where that is so.
    """
    groups: dict[tuple[str, str], list[dict]] = {}
    for row in stored:
        if row["augmentation"] == IN_THE_STEP:
            groups.setdefault((row["device"], row["backend"]), []).append(row)
    rows = []
    for (device, backend), group in groups.items():
        fastest = max((found.median for row in group if (found := speed(row))), default=None)
        numbers = [f"{fastest:,.0f}", f"{shown / fastest / 60:.0f}"] if fastest else 2 * [NOT_MEASURED]
        rows.append([device, backend, *numbers])
    return rows
