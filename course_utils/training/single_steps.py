"""Take single steps of training: the loss of one batch, gradients, an optimizer's path."""

from __future__ import annotations

import keras
import numpy as np


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
