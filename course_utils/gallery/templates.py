"""Check templates before they are enrolled or searched for, and tell which network made them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import keras

# What a configuration says that does not change what a trained network answers.
_NOT_OF_THE_ANSWER = ("name", "trainable", "seed", "build_config", "compile_config", "module", "registered_name")
_ONLY_FOR_TRAINING = ("_initializer", "_regularizer", "_constraint")


class EmptyGalleryError(ValueError):
    """A search was started in a gallery in which nobody is enrolled."""


class OtherNetworkError(ValueError):
    """Templates of one network cannot be compared with those of another."""


def checked(templates, what: str, numbers: int | None = None) -> np.ndarray:
    """Return templates as directions: float32, each divided by its length.

    Parameters
    ----------
    templates : array_like of float, shape (n, numbers)
        What a network makes of n pictures, at least one.
    what : str
        What they are called in the message of an error.
    numbers : int, optional
        How many numbers a template must have.

    Returns
    -------
    ndarray of float32, shape (n, numbers)

    Raises
    ------
    ValueError
        If the shape is another, there is no template, a number is not finite, or a template is all zeros.
    """
    templates = np.asarray(templates)
    if templates.dtype == object or not (np.issubdtype(templates.dtype, np.number) or templates.dtype == bool):
        raise ValueError(f"{what}: expected numbers, got values of type {templates.dtype}.")
    templates = templates.astype(np.float64)
    if templates.ndim != 2:
        raise ValueError(f"{what}: expected the shape (pictures, numbers), got {templates.shape}.")
    if 0 in templates.shape:
        raise ValueError(f"{what}: expected at least one template, got the shape {templates.shape}.")
    if numbers is not None and templates.shape[1] != numbers:
        raise ValueError(
            f"{what}: the gallery's templates have {numbers} numbers, and these have {templates.shape[1]}. "
            "Make them with the network that made the others."
        )
    _refuse(~np.isfinite(templates).all(axis=1), f"{what}: template {{}} holds a value that is not a finite number.")
    lengths = np.linalg.norm(templates, axis=1, keepdims=True)
    _refuse(lengths[:, 0] == 0, f"{what}: template {{}} is all zeros, which has no direction to compare.")
    return (templates / lengths).astype(np.float32)


def _refuse(bad: np.ndarray, message: str) -> None:
    """Raise a ValueError that names the first bad template, where there is one."""
    if bad.any():
        raise ValueError(message.format(int(np.argmax(bad))))


def mean_direction(directions: np.ndarray, what: str) -> np.ndarray:
    """Return the mean of directions (n, numbers) as one direction, (1, numbers): each picture counts the same.

    Raises
    ------
    ValueError
        If they cancel out, so that there is no mean direction.
    """
    mean = directions.mean(axis=0, keepdims=True, dtype=np.float64)
    length = np.linalg.norm(mean)
    if length < 1e-6:
        raise ValueError(f"{what}: the templates point in opposite directions, so they have no mean direction.")
    return (mean / length).astype(np.float32)


def check_network(of_gallery: str, of_templates: str | None, what: str) -> None:
    """Refuse templates that are said to come from another network than the gallery's.

    Raises
    ------
    OtherNetworkError
        If the two differ; where `of_templates` is None, the caller vouches for them.
    """
    if of_templates is not None and of_templates != of_gallery:
        raise OtherNetworkError(
            f"{what}: they come from the network {of_templates!r}, and this gallery holds templates of {of_gallery!r}. "
            "Templates of two networks cannot be compared: make both with one network."
        )


def network_fingerprint(model: keras.Model) -> str:
    """Return sixteen digits that tell a Keras model apart from others: from its layers' settings and its weights.

    Names of layers do not count, and neither does what only training needs (initialisers, regularisers), so the same
    network built a second time has the same fingerprint.

    Parameters
    ----------
    model : keras.Model
        Built, so that it has weights.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the model has no weights: it was not built, or is no network.

    Notes
    -----
    Another version of Keras may describe the same layers in other words.  The fingerprint then differs, and a
    gallery that was saved before refuses the network.  If a gallery must outlive versions, name the network
    yourself: ``Gallery(network="embedding, 2026-11")``.
    """
    weights = model.get_weights()
    if not weights:
        raise ValueError(f"model: {model.name!r} has no weights yet. Build it, or load its weights.")
    config = model.get_config()
    numbers = {}
    _number_layers(config, numbers)
    digest = hashlib.sha256(json.dumps(_described(config, numbers), sort_keys=True, default=str).encode())
    for values in weights:
        digest.update(f"{values.dtype} {values.shape}".encode())
        digest.update(np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()[:16]


def _number_layers(config, numbers: dict[str, str]) -> None:
    """Give each name of a layer in a configuration a number, in the order in which the names appear."""
    if isinstance(config, dict):
        if isinstance(config.get("name"), str):
            numbers.setdefault(config["name"], f"layer {len(numbers)}")
        for value in config.values():
            _number_layers(value, numbers)
    elif isinstance(config, list | tuple):
        for value in config:
            _number_layers(value, numbers)


def _described(config, numbers: dict[str, str]):
    """Return a configuration without what does not change the answer, and with numbers for the names of layers."""
    if isinstance(config, dict):
        return {
            key: _described(value, numbers)
            for key, value in config.items()
            if key not in _NOT_OF_THE_ANSWER and not key.endswith(_ONLY_FOR_TRAINING)
        }
    if isinstance(config, list | tuple):
        return [_described(value, numbers) for value in config]
    return numbers.get(config, config) if isinstance(config, str) else config
