"""Measure how well a network's outputs tell who was trained on, with and without remedies against overfitting.

Run it from the repository: ``python -m benchmarks.membership_inference``.  Each finished training is kept in the
course's cache, so what was interrupted goes on where it stopped: run the same command again.  ``--seeds 4``
measures less.

Protocol, fixed before the first run; `course_utils.protocols.membership` is its code, which the lesson uses too.

- *People*: each seed has 20 rendered people of the part "train" for itself.  The network learns to tell ten of them
  apart, from six pictures each.  So an interval over seeds says what other people and another training would change.
- *Networks*: the article's layers without any remedy, and with those that the article advises: augmentation, fewer
  units and L2 (lesson 06).  A trial with batch normalisation and dropout, on one seed, still learned all training
  pictures (train accuracy 1.0) and leaked as much, so it was given up.  The train accuracy is in the table: what was
  not learned cannot leak.  The lesson leaves out the seeds with which one of the networks is not trained.
- *Attacks*: a threshold on the loss or on the confidence.  They are scored by the area under the ROC curve, and by the
  fraction of members that are found while one in ten others is accused.
"""

from course_utils import environment

environment.setup()

import argparse
from dataclasses import asdict
from functools import lru_cache, partial

import keras
import numpy as np

from benchmarks import kept_runs
from benchmarks.fingerprints import code_of
from course_utils import augmentation, metrics, privacy, results
from course_utils.datasets import FaceDataset, load_faces, rendered
from course_utils.protocols import membership as shared
from course_utils.protocols import overfitting

SEEDS = 16  # 320 people, 20 for each
PROTOCOL = code_of(shared, overfitting, privacy.membership, augmentation.face_pipeline, metrics)
ATTACKS = ("picture", "picture of anybody", "person")
SCORES = ["train", "test", *(f"{attack}_{score}" for attack in ATTACKS for score in ("auc", "hits"))]


@lru_cache
def people() -> FaceDataset:
    """Return the people of all seeds, loaded once in each process."""
    return load_faces("rendered", split="train", size=overfitting.SIDE)


def kept(job: tuple[str, int]) -> dict:
    """Return the scores of one training, from the cache if it was done before."""
    name, seed = job
    settings = [*job, rendered.version(), keras.backend.backend(), asdict(shared.PROTOCOL), PROTOCOL]
    measure = partial(shared.measure, people(), shared.NETWORKS[name], seed)
    return kept_runs.kept("membership_inference", settings, measure)


def do(job: tuple[str, int]) -> None:
    """Do one training, if it was not done before."""
    kept(job)
    keras.backend.clear_session()


def main(arguments: list[str] | None = None) -> None:
    """Train, attack, print and store."""
    description = __doc__.split("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.membership_inference", description=description)
    parser.add_argument("--workers", type=int, default=2, help="processes; 0: all in this one")
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"how many trainings of each, 2 to {SEEDS}")
    options = parser.parse_args(arguments)
    seeds = range(options.seeds)
    jobs = [(name, seed) for seed in seeds for name in shared.NETWORKS]
    kept_runs.train_ahead(jobs, options.workers, do, kept_runs.use_one_thread)
    rows = []
    for name, remedies in shared.NETWORKS.items():
        runs = [kept((name, seed)) for seed in seeds]
        stored = [{score: round(run[score], results.DIGITS) for score in SCORES} for run in runs]
        rows.append({"network": name, "settings": asdict(remedies), "runs": stored})
        print(f"{name:12}", {score: round(float(np.mean([run[score] for run in runs])), 3) for score in SCORES})
    results.store("membership_inference", rows, {"student_t": SCORES})


if __name__ == "__main__":
    main()
