"""Say what can limit a network's speed on this machine: its arithmetic or its memory.

A layer computes, and it moves numbers between memory and processor.  Its *intensity* is operations per byte moved.
With few operations per byte the processor waits for the memory, with many the memory waits for the processor.

Source: S. Williams, A. Waterman and D. Patterson, Roofline: An Insightful Visual Performance Model for Multicore
Architectures, Communications of the ACM 52(4), 65-76 (2009).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np

BYTES = 4  # of a float32


@dataclass(frozen=True)
class Work:
    """What one call of a layer costs.

    Attributes
    ----------
    layer : str
        Its name.
    operations : int
        Multiplications, additions and comparisons.
    moved : int
        Bytes: input and weights are read once, the output is written once.
    """

    layer: str
    operations: int
    moved: int

    @property
    def intensity(self) -> float:
        """Operations for each byte."""
        return self.operations / self.moved


def work_of(layer: keras.layers.Layer, pictures: int) -> Work:
    """Count what a built layer has to do for so many pictures, in float32.

    Parameters
    ----------
    layer : keras.layers.Layer
        A convolution, a pooling or a dense layer of a built model.
    pictures : int
        Of one call: the batch size.

    Raises
    ------
    ValueError
        If the layer is of another kind, or the number is not positive.

    Notes
    -----
    A multiplication and an addition are two operations.  Biases and activations are left out: they are far less than
    1 % of a convolution's.  Whether a number is read more often than once depends on the caches, so `moved` is the
    least that is possible.
    """
    if pictures < 1:
        raise ValueError(f"`pictures` must be at least 1, not {pictures}.")
    inputs, outputs = (int(np.prod(shape[1:])) for shape in (layer.input.shape, layer.output.shape))
    if isinstance(layer, keras.layers.Conv2D):
        kernel = layer.kernel.shape
        each = 2 * kernel[0] * kernel[1] * kernel[2]
    elif isinstance(layer, keras.layers.Dense):
        each = 2 * inputs
    elif isinstance(layer, keras.layers.MaxPooling2D):
        each = layer.pool_size[0] * layer.pool_size[1]
    else:
        raise ValueError(f"{layer.name} is no convolution, pooling or dense layer: its work is not counted here.")
    moved = BYTES * (pictures * (inputs + outputs) + layer.count_params())
    return Work(layer.name, pictures * outputs * each, moved)


def attainable(intensity, operations_per_second: float, bytes_per_second: float) -> np.ndarray:
    """Return the most operations per second that a machine can do at an intensity: the roof.

    Parameters
    ----------
    intensity : array_like of float
        Operations per byte.
    operations_per_second, bytes_per_second : float
        What the machine can do at most.
    """
    return np.minimum(operations_per_second, np.asarray(intensity, float) * bytes_per_second)


def best_seconds(call: Callable[[], object], repeats: int = 5) -> float:
    """Return the shortest time that a call took: what other programs do makes it longer, never shorter."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def measured_peaks(side: int = 1024, mebibytes: int = 64, repeats: int = 5) -> tuple[float, float]:
    """Measure this machine: operations per second of a matrix product, bytes per second of a copy.

    Parameters
    ----------
    side : int
        Of the square matrices of float32.
    mebibytes : int
        Of the array that is copied.  Where the caches hold it and its copy, they are measured, and not the memory.
    repeats : int
        The best one counts.

    Returns
    -------
    (operations_per_second, bytes_per_second) : tuple of float

    Notes
    -----
    Both are what two simple programs reached, and not what is possible: while other programs are at work, or with
    another library, a layer may be faster.
    """
    matrix = np.ones((side, side), "float32")
    product = np.empty_like(matrix)
    source = np.ones(mebibytes * 2**20 // BYTES, "float32")
    target = np.empty_like(source)
    multiplied = best_seconds(lambda: np.matmul(matrix, matrix, out=product), repeats)
    copied = best_seconds(lambda: np.copyto(target, source), repeats)
    return 2 * side**3 / multiplied, 2 * source.nbytes / copied  # each number is read and written
