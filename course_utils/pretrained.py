"""Load the trained networks that come with the course, so that nobody waits hours; they have seen no real face.

Their weights are in ``course_utils/weights``; ``python -m benchmarks.keep_networks`` makes them.  How they do on real
faces is measured by `benchmarks.transfer` and `benchmarks.landmark_accuracy` (`data/MEASUREMENTS.md`).
"""

from __future__ import annotations

import json
from pathlib import Path

import keras

from course_utils import alignment, keras_settings, models
from course_utils.datasets.download import file_sha256
from course_utils.system_faults import system_fault

FOLDER = Path(__file__).with_name("weights")
RECORD = "networks.json"
BUILDERS = {
    "embedding": models.embedding_network,
    "embedding_first": models.embedding_network,
    "landmarks": alignment.landmark_network,
}


class NetworkUnavailableError(OSError):
    """The weights of a network are missing or damaged; the message says what helps."""


def load_network(name: str, folder: Path = FOLDER) -> keras.Model:
    """Return a trained network.

    Parameters
    ----------
    name
        "embedding": `models.embedding_network`, which turns a face of 64 x 64 pixels into 128 numbers; compare two by
        their cosine.
        "embedding_first": the same after a third of its training, where the rest of it begins.
        "landmarks": `alignment.landmark_network`, which finds eyes and mouth.
    folder
        Where the weights are.

    Raises
    ------
    ValueError
        If there is no network of that name.
    RuntimeError
        If Keras is set to pictures with the channels first; `environment.setup` changes that.
    NetworkUnavailableError
        If its weights are missing, damaged, or cannot be read.
    """
    if name not in BUILDERS:
        raise ValueError(f"There is no network {name!r}; there are {', '.join(map(repr, BUILDERS))}.")
    keras_settings.require_channels_last()
    weights = folder / f"{name}.weights.h5"
    try:
        whole = weights.is_file() and file_sha256(weights) == record(folder)[name]["sha256"]
    except (OSError, ValueError, KeyError) as error:
        if fault := system_fault(error):
            raise NetworkUnavailableError(f"{weights} cannot be read: {fault}.") from error
        whole = False
    if not whole:
        raise NetworkUnavailableError(
            f"{weights} is missing or damaged. Restore it from the course's repository (git checkout -- "
            "course_utils/weights), or make it again, which takes hours: python -m benchmarks.keep_networks"
        )
    network = BUILDERS[name]()
    network.load_weights(weights)
    return network


def record(folder: Path = FOLDER) -> dict[str, dict]:
    """Return for each network the SHA-256 of its weights, what it was trained on, and how."""
    return json.loads((folder / RECORD).read_text(encoding="utf-8"))
