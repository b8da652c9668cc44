"""Put what `benchmarks.transfer` and `benchmarks.landmark_accuracy` trained where `course_utils.pretrained` reads it.

Run it from the repository: ``python -m benchmarks.keep_networks``, or with the name of one network behind it.  What is
not in the cache is trained first, which takes hours.
"""

from course_utils import environment

environment.setup()

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import keras

from benchmarks import landmark_accuracy
from benchmarks.transfer.people import People, load_people
from benchmarks.transfer.recipe import NETWORKS, Recipe
from benchmarks.transfer.training import train
from course_utils import pretrained, whole_files
from course_utils.datasets import rendered, storage
from course_utils.datasets.download import file_sha256

SEED = 0
# Whom the embeddings are trained on, and how: the second one goes on where the first one stopped.
EMBEDDINGS = {
    "embedding_first": (People(people=2000, of=2000, seed=1), Recipe(shown=400_000)),
    "embedding": NETWORKS["network, twice the people, trained further"],
}
NAMES = (*EMBEDDINGS, "landmarks")


def keep(name: str, network: keras.Model, folder: Path, **about) -> None:
    """Write a network's weights and what is to be known of them."""
    folder.mkdir(parents=True, exist_ok=True)
    weights, path = folder / f"{name}.weights.h5", folder / pretrained.RECORD
    with whole_files.replacing(weights) as part:
        network.save_weights(part)
    known = pretrained.record(folder) if path.exists() else {}
    known[name] = {"sha256": file_sha256(weights), "keras": keras.__version__, **about}
    whole_files.write_text(path, json.dumps(known, indent=1) + "\n")


def keep_embedding(name: str, folder: Path) -> None:
    """Write a network that turns faces into embeddings."""
    people, recipe = EMBEDDINGS[name]
    network = train(load_people(people), recipe, SEED, storage.cache_folder() / "transfer")
    keep(name, network, folder, people=asdict(people), recipe=asdict(recipe), seed=SEED)


def keep_landmarks(folder: Path) -> None:
    """Write the network that finds eyes and mouths."""
    keep("landmarks", landmark_accuracy.train(), folder, rendered=rendered.version(), seed=landmark_accuracy.SEED)


def main(arguments: list[str] | None = None, folder: Path = pretrained.FOLDER) -> None:
    """Write the networks that the command line names, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.keep_networks", description=__doc__.split("\n")[0])
    parser.add_argument("networks", nargs="*", metavar="NETWORK", help=f"of {', '.join(NAMES)}; none: all")
    wanted = parser.parse_args(arguments).networks
    if unknown := set(wanted) - set(NAMES):
        parser.error(f"there is no network {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    for name in wanted or NAMES:
        if name in EMBEDDINGS:
            keep_embedding(name, folder)
        else:
            keep_landmarks(folder)


if __name__ == "__main__":
    main()
