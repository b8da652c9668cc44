"""How many pictures per second a network trains on, by precision, XLA, batch size and place of the augmentation.

Run it from the repository: ``python -m benchmarks.training_speed``; on a GPU it takes a few minutes, on two idle cores
about half an hour.  It goes on where it was stopped, and what is measured is stored after each setting.
``KERAS_BACKEND=jax python -m benchmarks.training_speed`` measures another backend.  Rows of other machines and backends
stay in the table; those of a device that nobody has measured say so.

The network is that of the embedding, trained as `benchmarks.transfer` trains it.  Every setting is compared with one
base: float32, batches of 64, augmentation in the step, compiled as Keras itself chooses.  Both take turns, a few steps
each, so that what else runs on the machine slows both.  The first call, which compiles, is timed apart.  Beside the
clock stands the processor's time, which other programs hardly change.  ``wanted a core`` says how many programs, this
one included, wanted a core at the time: where it is far above the number of cores, the machine was busy, and only the
ratios hold.
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import asdict, replace

from course_utils import environment

environment.setup()

import keras

from benchmarks.fingerprints import code_of
from benchmarks.kept_runs import kept
from course_utils import augmentation, models, results
from course_utils.datasets import load_faces
from course_utils.protocols import training_speed as protocol
from course_utils.protocols.training_speed import BEFORE_THE_STEP, CPU, NONE, Setting

NAME = "training_speed"
ROUNDS, SECONDS = 7, 2.0  # how often two settings take turns, and about how long one of them trains in a round
FEWEST_STEPS, MOST_STEPS = 2, 2000  # in a round
PEOPLE = 320
PRECISIONS = ("float32", "mixed_bfloat16", "mixed_float16")
CODE = code_of(augmentation, models, protocol)
# What people ask about and nobody has measured; a row of the same device takes their place.
WANTED = {"Tesla T4": "a free Colab session"}


def settings(chosen: bool) -> list[Setting]:
    """Return the settings, the base first, the most telling ones next.

    Parameters
    ----------
    chosen : bool
        How Keras itself compiles here: `jit_compile` of the base.
    """
    base = Setting(jit_compile=chosen)
    half = [replace(base, precision=precision) for precision in PRECISIONS[1:]]
    other = [replace(setting, jit_compile=not chosen) for setting in (base, *half)]
    return [
        base,
        replace(base, augmentation=NONE),
        half[0],
        *other[:2],
        replace(base, batch_size=16),
        replace(base, batch_size=256),
        replace(base, augmentation=BEFORE_THE_STEP),
        half[1],
        other[2],
        *(replace(setting, batch_size=256) for setting in half),
    ]


def device() -> str:
    """Return the name of the GPU that Keras computes on, or `CPU`."""
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        gpus = tf.config.list_physical_devices("GPU")
        return tf.config.experimental.get_device_details(gpus[0])["device_name"] if gpus else CPU
    if backend == "jax":
        import jax

        first = jax.devices()[0]
        return CPU if first.platform == "cpu" else first.device_kind
    import torch

    return torch.cuda.get_device_name(0) if torch.cuda.is_available() else CPU


def here() -> dict:
    """Return the columns that say where a row was measured."""
    machine = results.machine()
    return {
        "device": device(),
        "machine": machine["processor"],
        "cores": machine["cores"],
        "backend": keras.backend.backend(),
        "version": machine["packages"].get(keras.backend.backend(), ""),
    }


def busy() -> float:
    """Return how many programs, this one included, wanted a core in the last minute; nan where that is not told."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")


class Trainer:
    """A network at one setting, and the pictures to train it on.

    Parameters
    ----------
    setting : Setting
    faces : FaceDataset
        At least as many pictures as a batch has.
    seconds : float
        About how long a round shall take.
    """

    def __init__(self, setting: Setting, faces, seconds: float):
        self.setting = setting
        self.model = protocol.build(setting, len(faces.names), size=faces.images.shape[1])
        self.batches = protocol.batches(setting, faces.images, faces.labels, FEWEST_STEPS, self.model.jit_compile)
        self.first_call = self.train()[0]
        while self.train()[0] < seconds / 2 and self.batches.steps < MOST_STEPS:
            self.batches.steps *= 2

    def train(self) -> tuple[float, float]:
        """Train for some steps; return the seconds by the clock and those of the processor."""
        clock, processor = time.perf_counter(), time.process_time()
        self.model.fit(self.batches, shuffle=False, verbose=0)
        return time.perf_counter() - clock, time.process_time() - processor

    def speeds(self) -> tuple[float, float]:
        """Return pictures per second, by the clock and by the processor."""
        pictures = len(self.batches) * self.setting.batch_size
        clock, processor = (pictures / seconds for seconds in self.train())
        return clock, processor


def compare(trainer: Trainer, base: Trainer, rounds: int) -> dict:
    """Let a setting and the base take turns; return the first call's seconds, the runs and the load."""
    before, runs = busy(), []
    for _ in range(rounds):
        base_clock, base_processor = base.speeds()
        clock, processor = trainer.speeds()
        numbers = {
            "per second": clock,
            "base per second": base_clock,
            "per processor second": processor,
            "base per processor second": base_processor,
        }
        runs.append({name: float(f"{number:.4g}") for name, number in numbers.items()})
    return {
        "first call, s": round(trainer.first_call, 2),
        "wanted a core": round((before + busy()) / 2, 1),
        "runs": runs,
    }


def row_of(setting: Setting, where: dict, measured: dict) -> dict:
    """Return a row of the table."""
    columns = {"batch size" if name == "batch_size" else name: value for name, value in asdict(setting).items()}
    return {**where, **columns, **measured}


def identity(row: dict) -> tuple:
    """Return what tells two rows of the table apart."""
    return tuple(
        row[name]
        for name in (
            *("device", "machine", "cores", "backend"),
            *("precision", "jit_compile", "batch size", "augmentation"),
        )
    )


def not_measured() -> list[dict]:
    """Return rows for the devices that people ask about, without a measurement."""
    rows = []
    for name, machine in WANTED.items():
        where = {"device": name, "machine": machine, "cores": 0, "backend": "tensorflow", "version": ""}
        nothing = {"first call, s": None, "wanted a core": None, "runs": []}
        rows += [row_of(Setting(precision, True), where, nothing) for precision in ("float32", "mixed_float16")]
    return rows


def merged(stored: list[dict], new: list[dict]) -> list[dict]:
    """Return the stored rows with new ones in place of those of the same machine and setting.

    Parameters
    ----------
    stored, new : list of dict
        Rows of the table.

    Returns
    -------
    list of dict
        What is not measured is there only for devices that have no measured row, at the end.
    """
    rows = {identity(row): row for row in (*stored, *new) if row["runs"]}
    measured = {row["device"] for row in rows.values()}
    return [*rows.values(), *(row for row in not_measured() if row["device"] not in measured)]


def keep(rows: list[dict], folder=None) -> None:
    """Put rows into the stored table; those of other machines, backends and settings stay."""
    try:
        stored = results.read(NAME, folder)["rows"]
    except FileNotFoundError:
        stored = []
    results.store(NAME, merged(stored, rows), folder=folder)


def measure(faces, rounds: int, seconds: float, wanted: list[Setting] | None = None, folder=None) -> list[dict]:
    """Measure settings on this machine, those first that come first, and store each when it is measured.

    Parameters
    ----------
    faces : FaceDataset
        To train on; at least as many pictures as the largest batch has.
    rounds : int
        How often each takes turns with the base.
    seconds : float
        About how long each trains in a round.
    wanted : list of Setting, optional
        By default all of `settings`; the base is the first of them.
    folder : Path, optional
        Where the table is kept; by default that of the stored results.

    Returns
    -------
    list of dict
        The rows.
    """
    where, trainers, rows = here(), {}, []
    if wanted is None:
        wanted = settings(protocol.build(Setting(), PEOPLE).jit_compile)

    def trainer_of(setting: Setting) -> Trainer:
        if setting not in trainers:
            for other in trainers.keys() - {wanted[0]}:  # two networks at a time need little memory
                del trainers[other]
            trainers[setting] = Trainer(setting, faces, seconds)
        return trainers[setting]

    for setting in environment.progress(wanted, "settings"):
        described = [CODE, where, asdict(setting), asdict(wanted[0]), faces.images.shape, rounds, seconds]
        measured = kept(
            NAME, described, lambda chosen=setting: compare(trainer_of(chosen), trainer_of(wanted[0]), rounds)
        )
        rows.append(row_of(setting, where, measured))
        keep(rows[-1:], folder)
    return rows


def main(arguments: list[str] | None = None) -> None:
    """Measure, print and store the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each setting takes turns with the base")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="about how long a setting trains in a round")
    options = parser.parse_args(arguments)
    faces = load_faces("rendered", split="train", people=PEOPLE, pictures=2, size=64)
    rows = measure(faces, options.rounds, options.seconds)
    for line in protocol.speed_rows(rows, rows[0]["device"], rows[0]["backend"]):
        print(*line, sep="  ")


if __name__ == "__main__":
    main()
