"""Keep each finished run of a benchmark in the course's cache: what was interrupted goes on where it stopped.

A benchmark that takes longer than a machine is at hand is carried to the next one: copy the finished runs,
``data/cache/BENCHMARK/*.json``, to ``benchmarks/unfinished/BENCHMARK/`` and commit them.  `kept` finds them there.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import warnings
from collections.abc import Callable
from pathlib import Path

import keras

from course_utils import environment, whole_files
from course_utils.datasets import storage

TRAININGS_PER_WORKER = 12
UNFINISHED = Path(__file__).with_name("unfinished")


def kept(benchmark: str, settings: list, measure: Callable[[], list | dict]):
    """Return what `measure` returns, from the cache or from what was carried here if it was measured before.

    Parameters
    ----------
    benchmark : str
        Name of the benchmark, and of its folder in the cache.
    settings : list
        All that the result depends on, code included (`benchmarks.fingerprints.code_of`), of JSON's types.
    measure : Callable
        Measures; what it returns has JSON's types.
    """
    name = f"{hashlib.sha256(json.dumps(settings).encode()).hexdigest()[:16]}.json"
    path = storage.cache_folder() / benchmark / name
    for known in (path, UNFINISHED / benchmark / name):
        if known.exists():
            try:
                return json.loads(known.read_text(encoding="utf-8"))
            except ValueError:
                warnings.warn(f"{known} is damaged: the run is measured again.", stacklevel=2)
    measured = measure()
    path.parent.mkdir(parents=True, exist_ok=True)
    whole_files.write_text(path, json.dumps(measured) + "\n")
    return measured


def train_ahead(jobs: list, workers: int, do: Callable, begin: Callable | None = None) -> None:
    """Do all jobs in some worker processes; without workers, in this process.

    A worker ends after a few jobs, as its memory grows with each network that is compiled.

    Parameters
    ----------
    jobs : list
        What `do` is called with, one after another.
    workers : int
        How many processes.
    do : Callable
        Does one job, if it was not done before.
    begin : Callable, optional
        Called at the start of each worker.
    """
    if not workers:
        for job in jobs:
            do(job)
        return
    with multiprocessing.get_context("spawn").Pool(workers, begin, maxtasksperchild=TRAININGS_PER_WORKER) as pool:
        for _ in environment.progress(pool.imap_unordered(do, jobs), "trainings", total=len(jobs)):
            pass


def use_one_thread() -> None:
    """Let TensorFlow compute in one thread: faster for a small network, and it repeats itself."""
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
