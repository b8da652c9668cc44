"""1.7: a network in Keras, to design and to train."""

from types import SimpleNamespace

import numpy as np

from course_utils.exercises.forms import Custom

PICTURE = (32, 32, 3)
LEARNED = 0.75  # right answers in the last epoch; always "laughs" has 0.6 of the exercise's pictures


def judge_network(network, history):
    """Look at the network, layer by layer, then at its training; no number that differs between machines is shown."""
    if not hasattr(network, "layers") or not hasattr(network, "fit"):
        yield "not a network"
    shape = getattr(network, "input_shape", None)
    if shape is None or tuple(shape[1:]) != PICTURE:
        yield (
            "input",
            [f"your network takes pictures of the shape {tuple(shape[1:]) if shape else 'that is not known yet'}"],
        )
    kinds = [type(layer).__name__ for layer in network.layers]
    shown = [f"your layers: {', '.join(kinds)}"]
    if kinds.count("Conv2D") < 2:
        yield "too few convolutions", shown
    if sum("Pooling2D" in kind and "Global" not in kind for kind in kinds) < 2:
        yield "too few poolings", shown
    yield from judge_order(kinds, shown)
    yield from judge_activations(network.layers)
    yield from judge_training(network, history)


def judge_order(kinds, shown):
    """Look at what comes after what."""
    last_convolution = len(kinds) - 1 - kinds[::-1].index("Conv2D")
    if kinds[-1] != "Dense":
        yield "no answer", shown
    in_a_row = [place for place, kind in enumerate(kinds) if kind == "Flatten" or "Global" in kind]
    if not in_a_row:
        yield "no flatten", shown
    if in_a_row[0] < last_convolution:
        yield "flatten too early", shown
    if kinds.count("Dense") < 2:
        yield "no hidden layer", shown


def judge_activations(layers):
    """Look at what stands behind the sums of each layer."""
    last = layers[-1]
    if last.units != 1:
        yield "several units", [f"your last layer has {last.units} units"]
    if last.activation.__name__ != "sigmoid":
        yield "last activation", [f"the activation of your last layer is {last.activation.__name__}"]
    kinds = [type(layer).__name__ for layer in layers]
    hidden = [layer for layer in layers[:-1] if type(layer).__name__ in ("Conv2D", "Dense")]
    if "ReLU" not in kinds and any(layer.activation.__name__ == "linear" for layer in hidden):
        yield "sums of sums"


def judge_training(network, history):
    """Look at whether the network was compiled and trained, and whether it has learned anything."""
    if not getattr(network, "compiled", False):
        yield "not compiled"
    if not isinstance(getattr(history, "history", None), dict):
        yield "not a history"
    if getattr(history, "model", network) is not network:
        yield "another network"
    if not history.history.get("loss"):
        yield "not trained"
    if "accuracy" not in history.history:
        yield "accuracy not counted"
    accuracy = float(np.max(history.history["accuracy"]))
    if not accuracy >= LEARNED:
        yield "not learned", [f"right in its best epoch: {accuracy:.2f}; always saying 'laughs': 0.6"]


def layer(kind, activation="linear", units=None):
    """Return what stands for a layer of Keras; TensorFlow would take seconds."""
    return type(kind, (), {"activation": SimpleNamespace(__name__=activation), "units": units})()


def network_like(layers, shape=(None, *PICTURE), compiled=True):
    """Return what stands for a network of Keras."""
    return SimpleNamespace(layers=layers, fit=None, input_shape=shape, compiled=compiled)


def trained(accuracies):
    """Return what stands for what `fit` returns."""
    return SimpleNamespace(history={"loss": [0.5 for _ in accuracies], "accuracy": accuracies})


FRONT = [layer("Rescaling"), *[layer("Conv2D", "relu"), layer("MaxPooling2D")] * 2]
BACK = [layer("Flatten"), layer("Dense", "relu", 32), layer("Dense", "sigmoid", 1)]

exercise = Custom(judge_network, answers=2, right=[(network_like([*FRONT, *BACK]), trained([0.6, 0.9]))])
