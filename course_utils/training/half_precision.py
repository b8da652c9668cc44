"""Show what 16-bit numbers do to cosines, margins and gradients, and what loss scaling does about it."""

from __future__ import annotations

import keras
import numpy as np
from keras import ops

from course_utils.losses import CosFace

FORMATS = ("float32", "float16", "bfloat16")


def rounded(values: np.ndarray, number_format: str) -> np.ndarray:
    """Return values as a number format keeps them: each becomes the nearest number that the format has.

    Parameters
    ----------
    values : array of float
        Of any shape.
    number_format : str
        One of `FORMATS`.

    Returns
    -------
    ndarray of float32
        Of the same shape.

    Raises
    ------
    ValueError
        If it is another format.
    """
    if number_format not in FORMATS:
        raise ValueError(f"`number_format` must be one of {', '.join(FORMATS)}, not {number_format!r}.")
    kept = ops.cast(ops.convert_to_tensor(values, "float32"), number_format)
    return ops.convert_to_numpy(ops.cast(kept, "float32"))


def effect_of_margin(margin: float, number_format: str, cosines: np.ndarray, scale: float = 24.0) -> float:
    """Return how much a margin raises the CosFace loss of one picture, if the loss is computed in a number format.

    Parameters
    ----------
    margin : float
        Of CosFace.
    number_format : str
        One of `FORMATS`.
    cosines : ndarray of float, shape (people,)
        Of one picture; the first one is that of the right person.
    scale : float
        Of CosFace.

    Returns
    -------
    float
        Loss with the margin less loss without it; 0 if the two losses are the same number in this format.
    """
    with_margin, without = (
        float(ops.cast(CosFace(size, scale, dtype=number_format)(np.array([0]), cosines[np.newaxis]), "float32"))
        for size in (margin, 0)
    )
    return with_margin - without


def weight_after_a_step(gradient: float, loss_scaling: bool) -> float:
    """Return a weight after one training step in float16 that should bring it from 0 to 1.

    The learning rate is one divided by the size of the gradient.  So the weight becomes 1 if the gradient arrives, and
    stays 0 if it is too small for float16.

    Parameters
    ----------
    gradient : float
        Size of the gradient, positive.
    loss_scaling : bool
        Whether `keras.optimizers.LossScaleOptimizer` multiplies the loss before the backward pass and divides the
        gradients after it.

    Returns
    -------
    float
    """
    unit = keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros", dtype="mixed_float16")
    model = keras.Sequential([keras.Input((1,)), unit])
    optimizer = keras.optimizers.SGD(1 / gradient)
    if loss_scaling:
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    # The mean squared error of 0, where 1 is right, has the slope 2.
    model.compile(optimizer=optimizer, loss="mse", loss_weights=[gradient / 2], auto_scale_loss=False)
    model.train_on_batch(np.ones((1, 1), "float32"), np.ones((1, 1), "float32"))
    return float(unit.get_weights()[0][0, 0])
