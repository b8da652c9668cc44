"""Ask where in a picture a network looks, and whether the answer can be trusted: Grad-CAM and its sanity checks.

Source: R. R. Selvaraju et al., Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization, ICCV
2017; the checks are those of J. Adebayo et al., Sanity Checks for Saliency Maps, NeurIPS 2018.
"""

from __future__ import annotations

import keras
import numpy as np


def grad_cam(network: keras.Model, layer: str, images: np.ndarray, output: int = 0) -> np.ndarray:
    """Return for each picture a map of the places that raise one output of a network.

    A map of features counts as much as the output's gradient for it, averaged over its places.  The maps are added
    with these weights, and what is negative is set to 0.

    Parameters
    ----------
    network : keras.Model
        Gives (n, outputs).  Best without a softmax or sigmoid at the end: where these are saturated, gradients vanish.
        Its weights stay as they are.
    layer : str
        Name of a layer whose output is (n, height, width, channels).
    images : ndarray, shape (n, side, side, channels)
    output : int
        Which output.

    Returns
    -------
    ndarray of float32, shape (n, height, width)
        Not below 0; 0 everywhere if nothing raises the output.

    Raises
    ------
    ValueError
        If there is no such layer, its output is no map, or there is no such output.
    """
    features = _layer(network, layer).output
    if len(features.shape) != 4:
        raise ValueError(f"The layer {layer!r} gives no maps: its output has the shape {features.shape}.")
    if not 0 <= output < network.outputs[0].shape[-1]:
        raise ValueError(f"The network has {network.outputs[0].shape[-1]} outputs; there is no output {output}.")
    values = keras.Model(network.inputs, features).predict(images, verbose=0)
    gradients = _gradients(keras.Model(features, network.outputs[0]), values, output)
    weights = gradients.mean(axis=(1, 2), keepdims=True)
    return np.maximum((weights * values).sum(axis=-1), 0)


def _layer(network: keras.Model, name: str) -> keras.layers.Layer:
    """Return a layer by its name, or say which names there are."""
    for layer in network.layers:
        if layer.name == name:
            return layer
    raise ValueError(f"The network has no layer {name!r}; it has {', '.join(layer.name for layer in network.layers)}.")


class _AfterOffset(keras.layers.Layer):
    """Add a weight to what a network is given: the weight's gradient is that of the network's input."""

    def __init__(self, network: keras.Model, shape: tuple[int, ...]):
        super().__init__()
        self.network = network
        self.offset = self.add_weight(shape=shape, initializer="zeros", name="offset")

    def call(self, values):
        return self.network(values + self.offset, training=False)


class _Minus(keras.losses.Loss):
    """The chosen output, negative, added over the pictures."""

    def __init__(self):
        super().__init__(reduction="sum")

    def call(self, y_true, y_pred):
        return -keras.ops.sum(y_true * y_pred, axis=-1)


def _gradients(head: keras.Model, values: np.ndarray, output: int) -> np.ndarray:
    """Return the gradient of one output of `head` for its input, on any backend.

    As in `training.gradients`: a step of plain gradient descent with learning rate 1 changes a weight by its gradient.
    """
    layer = _AfterOffset(head, values.shape)
    inputs = keras.Input(batch_shape=values.shape)
    model = keras.Model(inputs, layer(inputs))
    model.compile(keras.optimizers.SGD(learning_rate=1.0), _Minus(), run_eagerly=True, jit_compile=False)
    chosen = np.zeros((len(values), head.outputs[0].shape[-1]), "float32")
    chosen[:, output] = 1
    before = head.get_weights()
    try:
        model.train_on_batch(values, chosen)
        return keras.ops.convert_to_numpy(layer.offset).copy()
    finally:
        head.set_weights(before)


def edges(images: np.ndarray) -> np.ndarray:
    """Return how much each pixel differs from its neighbours: a map that looks convincing and asks no network.

    Parameters
    ----------
    images : ndarray, shape (n, side, side, channels)

    Returns
    -------
    ndarray of float, shape (n, side, side)
    """
    grey = np.asarray(images, float).mean(axis=-1)
    down, right = np.gradient(grey, axis=(1, 2))
    return np.hypot(down, right)


def randomised(network: keras.Model, seed: int) -> keras.Model:
    """Return the same network with new initial weights: a map that explains what was learned must change."""
    keras.utils.set_random_seed(seed)
    return keras.models.clone_model(network)


def share_inside(maps: np.ndarray, top: int, left: int, height: int, width: int) -> np.ndarray:
    """Return for each map which share of all heat lies in a rectangle, in 0..1.

    Parameters
    ----------
    maps : ndarray of float, shape (n, side, side)
        Not below 0.
    top, left, height, width : int
        In places of the map.

    Returns
    -------
    ndarray of float, shape (n,)
        NaN for a map without any heat, which says nothing.
    """
    whole = maps.sum(axis=(1, 2))
    inside = maps[:, top : top + height, left : left + width].sum(axis=(1, 2))
    return np.where(whole > 0, inside / np.where(whole > 0, whole, 1), np.nan)


def rank_correlations(maps: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return for each pair of maps Spearman's rank correlation: 1 if both put all places in the same order.

    Parameters
    ----------
    maps, others : ndarray of float, shape (n, height, width)

    Returns
    -------
    ndarray of float, shape (n,)
        In -1..1; NaN where one of the two is the same everywhere, and so has no order.

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    from scipy.stats import rankdata

    if maps.shape != others.shape:
        raise ValueError(f"Maps of the shapes {maps.shape} and {others.shape} cannot be compared: resize one of them.")
    ranks, other_ranks = (rankdata(each.reshape(len(each), -1), axis=1) for each in (maps, others))
    ranks, other_ranks = (each - each.mean(axis=1, keepdims=True) for each in (ranks, other_ranks))
    spread = np.sqrt((ranks**2).sum(axis=1) * (other_ranks**2).sum(axis=1))
    return np.where(spread > 0, (ranks * other_ranks).sum(axis=1) / np.where(spread > 0, spread, 1), np.nan)
