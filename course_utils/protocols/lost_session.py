"""Train a small network in a process of its own, which can be killed and started again; lesson 10 does so.

    python -m course_utils.protocols.lost_session FOLDER

trains from the beginning, or from the newest checkpoint in ``FOLDER/checkpoints``, and keeps what the training ends
with in ``FOLDER/end.npz``.  Everything in it has a state that a checkpoint must hold: an optimizer with moments, a
learning rate that falls, augmentation, dropout, batch normalisation, and a new order of the pictures in every epoch.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from course_utils import environment
from course_utils.whole_files import replacing

PEOPLE, PICTURES, SIDE, BATCH = 20, 8, 32, 16
# The network is so small that more threads, or a GPU, would make it slower.
ONE_THREAD = {"CUDA_VISIBLE_DEVICES": "", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
STEPS, EPOCHS, EVERY = PEOPLE * PICTURES // BATCH, 6, 4  # steps of an epoch, epochs, steps between checkpoints


def make(seed: int = 0):
    """Return a compiled network and its batches: the same ones whenever they are made.

    Returns
    -------
    (keras.Model, Batches)
        It says which of 20 rendered people is in a picture of 32 x 32 pixels.
    """
    import keras

    from course_utils import datasets
    from course_utils.training import Batches

    faces = datasets.load_faces("rendered", split="train", people=PEOPLE, pictures=PICTURES, size=SIDE)
    keras.utils.set_random_seed(seed)
    network = keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 3)),
            keras.layers.RandomFlip("horizontal", seed=seed),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(16, 3, strides=2, activation="relu"),
            keras.layers.BatchNormalization(momentum=0.9),
            keras.layers.Conv2D(32, 3, strides=2, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.2, seed=seed),
            keras.layers.Dense(PEOPLE),
        ]
    )
    rate = keras.optimizers.schedules.CosineDecay(0.01, EPOCHS * STEPS)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(rate), loss=loss, metrics=["accuracy"])
    return network, Batches(faces.images, faces.labels, batch_size=BATCH, seed=seed)


def train(folder: Path, pause_after: int | None = None, forget_optimizer: bool = False) -> None:
    """Train, and print where the training begins and which steps are done.

    Parameters
    ----------
    folder : Path
        For the checkpoints and ``end.npz``.
    pause_after : int, optional
        The training waits for ever when so many of its steps are done, so that it can be killed there.
    forget_optimizer : bool
        Whether a training that continues begins with an optimizer that knows nothing of the steps before, as one does
        that has stored nothing but weights.
    """
    from course_utils.training import Resume
    from course_utils.training.checkpoint_folder import CheckpointFolder

    network, batches = make()
    newest = CheckpointFolder(folder / "checkpoints").newest()
    begins = 0 if newest is None else newest.epoch * STEPS + newest.step
    print(f"goes on after step {begins}" if begins else "begins", flush=True)
    watch = _watch(begins, pause_after, forget_optimizer)
    resume = Resume(batches, folder / "checkpoints", every=EVERY)
    history = network.fit(batches, epochs=EPOCHS, shuffle=False, verbose=0, callbacks=[resume, watch]).history
    end = {f"weights {number}": variable.numpy() for number, variable in enumerate(network.variables)}
    end |= {f"optimizer {number}": variable.numpy() for number, variable in enumerate(network.optimizer.variables)}
    end |= {name: np.array(values) for name, values in history.items()}
    with replacing(folder / "end.npz") as part:
        np.savez(part, **end)
    print(f"ends after step {EPOCHS * STEPS}", flush=True)


def _watch(begins: int, pause_after: int | None, forget_optimizer: bool):
    """Return a callback that prints every fifth step, and pauses, and has the optimizer forget, where it is told to."""
    import keras

    class Watch(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            self.before = epoch * STEPS

        def on_train_batch_begin(self, batch, logs=None):
            if forget_optimizer and self.before + batch == begins:
                for variable in self.model.optimizer.variables:
                    variable.assign(keras.ops.zeros_like(variable))

        def on_train_batch_end(self, batch, logs=None):
            done = self.before + batch + 1
            if done > begins and (done % 5 == 0 or done == pause_after):
                print(f"step {done}", flush=True)
            if done == pause_after:
                sys.stdin.read()

    return Watch()


def start(folder: Path, pause_after: int | None = None, forget_optimizer: bool = False) -> subprocess.Popen:
    """Start the training in a process of its own, on one core, which repeats itself bit for bit; return the process.

    Parameters
    ----------
    folder, pause_after, forget_optimizer
        As `train` takes them; the folder is made if it is missing.
    """
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    options = [f"--pause-after={pause_after}"] if pause_after else []
    options += ["--forget-optimizer"] if forget_optimizer else []
    return subprocess.Popen(
        [sys.executable, "-m", __spec__.name, str(folder), *options],
        cwd=environment.ROOT,
        env=os.environ | ONE_THREAD,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def watch(process: subprocess.Popen, until: str = "ends") -> list[str]:
    """Return what a training prints, up to the first line that begins with some words.

    Parameters
    ----------
    process : subprocess.Popen
        As `start` returns it.
    until : str
        Such as "step 37"; without it, the training is awaited to its end.

    Raises
    ------
    RuntimeError
        If the training ends before; with all that it printed.
    """
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if line.startswith(until):
            if until == "ends":
                process.communicate()
            return lines
    raise RuntimeError("\n".join([f"The training ended before it printed {until!r}. It printed:", *lines]))


def kill(process: subprocess.Popen) -> None:
    """Kill a training as a lost session does: at once, without a chance to store anything."""
    process.kill()
    process.communicate()


def end_of(folder: Path) -> dict[str, np.ndarray]:
    """Return what a training ended with: its weights, its optimizer's variables, and its history, by name."""
    with np.load(Path(folder) / "end.npz", allow_pickle=False) as stored:
        return dict(stored)


def different(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> list[str]:
    """Return the names of what two trainings do not end with in common, bit for bit."""
    return [name for name in one if one[name].tobytes() != other[name].tobytes()]


def main(arguments: list[str] | None = None) -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pause-after", type=int)
    parser.add_argument("--forget-optimizer", action="store_true")
    train(**vars(parser.parse_args(arguments)))


if __name__ == "__main__":
    environment.setup()
    main()
