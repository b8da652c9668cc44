"""Put what `benchmarks.transfer` and `benchmarks.landmarks` trained where `course_utils.networks` reads it.

Run it from the repository: ``python -m benchmarks.keep_networks``.  What is not in the cache is trained first, which
takes hours.
"""

from course_utils import environment

environment.setup()

import json
from dataclasses import asdict
from pathlib import Path

import keras

from benchmarks import landmarks, transfer
from course_utils import networks
from course_utils.datasets import rendered, storage
from course_utils.datasets.download import file_sha256

# Of the larger set of `benchmarks.transfer`; trained for ten passes over it, not fourteen.
PEOPLE, _ = transfer.NETWORKS["network, larger set"]
RECIPE, SEED = transfer.Recipe(shown=400_000), 0


def keep(name: str, network: keras.Model, folder: Path, **about) -> None:
    """Write a network's weights and what is to be known of them."""
    folder.mkdir(parents=True, exist_ok=True)
    weights, path = folder / f"{name}.weights.h5", folder / networks.RECORD
    network.save_weights(weights)
    known = networks.record(folder) if path.exists() else {}
    known[name] = {"sha256": file_sha256(weights), "keras": keras.__version__, **about}
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def main(folder: Path = networks.FOLDER) -> None:
    """Write both networks."""
    embedding = transfer.train(transfer.load_people(PEOPLE), RECIPE, SEED, storage.cache_folder() / "transfer")
    keep("embedding", embedding, folder, people=asdict(PEOPLE), recipe=asdict(RECIPE), seed=SEED)
    keep("landmarks", landmarks.train(), folder, rendered=rendered.version(), seed=landmarks.SEED)


if __name__ == "__main__":
    main()
