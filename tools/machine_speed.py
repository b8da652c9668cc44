"""How slow this machine is just now, so that a time limit is never one that only an idle machine keeps.

A small fixed piece of work is timed once, at the start, and compared with what it took on an idle machine of two cores.
Every limit of the tools and tests is written for that machine and goes through `allowed` or `allowed_cpu`.
"""

import functools
import os
import time
from dataclasses import dataclass

import numpy as np

# Medians of 20 measurements on the idle machine.
REFERENCE_SECONDS = 0.31
# Processes that this one starts (test workers, kernels, pytest inside a test) take its result and do not measure.
RESULT = "COURSE_MACHINE_SLOWNESS"


@dataclass(frozen=True)
class Slowness:
    """How many times as long work takes as on the reference machine; at least 1.

    Attributes
    ----------
    wall : float
        By the clock on the wall: other work on the machine counts.
    cpu : float
        By processor time: a slower processor counts, and other work only as far as it takes caches from this one.
    """

    wall: float
    cpu: float


def work() -> None:
    """Do a fixed piece of work: Python, and NumPy on one thread."""
    numbers = np.random.default_rng(0).random(20_000)
    for _ in range(700):
        np.sort(numbers)
        sum(i * i for i in range(10_000))


@functools.cache
def slowness() -> Slowness:
    """Return how slow this machine is; measured once, also for all processes that are started afterwards."""
    if RESULT in os.environ:
        return Slowness(*map(float, os.environ[RESULT].split()))
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    found = Slowness(max(1.0, wall / REFERENCE_SECONDS), max(1.0, cpu / REFERENCE_SECONDS))
    os.environ[RESULT] = f"{found.wall:.2f} {found.cpu:.2f}"
    return found


def allowed(seconds: float) -> float:
    """Return how long something may take here that may take so many seconds on the reference machine."""
    return seconds * slowness().wall


def allowed_cpu(seconds: float) -> float:
    """Return how much processor time something may take here that may take so much on the reference machine."""
    return seconds * slowness().cpu
