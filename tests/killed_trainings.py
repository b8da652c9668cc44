"""Kill a training with SIGKILL at random moments, start it again each time, and compare it with one that nobody kills.

    python tests/killed_trainings.py FOLDER    prints what was found, as JSON

Each life of the training is a fork of this process, which has imported Keras and computed nothing yet: a new Python for
each would take most of the time to import.
"""

import json
import mmap
import os
import random
import signal
import struct
import sys
import time
import traceback
from pathlib import Path

from course_utils import environment

environment.setup()

import keras
import numpy as np
import resumable_training
from resumable_training import differences

from course_utils.training import Resume

KILLS, SECONDS = 20, 0.02  # a process is killed so long, at most, after a step that is drawn
EPOCHS, STEPS, PICTURES, EVERY = 10, 10, 2, 3


class Report(keras.callbacks.Callback):
    """Writes how many steps of the training are done where the parent reads it; one that will be killed never ends."""

    def __init__(self, shared, doomed):
        super().__init__()
        self.shared, self.doomed, self.epoch = shared, doomed, 0

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        done = self.epoch * STEPS + batch + 1
        write(self.shared, done)
        if self.doomed and done == EPOCHS * STEPS:
            signal.pause()


def write(shared, number):
    shared[:8] = struct.pack("q", number)


def read(shared):
    return struct.unpack("q", shared[:8])[0]


def begin(folder, shared, doomed=False):
    """Fork a process that trains, from a checkpoint if there is one, and keeps the result; return its number."""
    write(shared, 0)
    if child := os.fork():
        return child
    try:
        result = resumable_training.train(
            lambda batches: Resume(batches, folder / "checkpoints", every=EVERY),
            [Report(shared, doomed)],
            epochs=EPOCHS,
            batch_size=PICTURES,
        )
        np.savez(folder / "result.npz", **result)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def end(child):
    """Wait until a process ends; it must end well."""
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, "the training failed"


def kill_at(child, shared, step, seconds):
    """Kill a process so many seconds after a step is done; return how many steps are done then."""
    while read(shared) < step:
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "the training failed"
        time.sleep(0.001)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return read(shared)


def main(folder):
    """Train twice, once undisturbed, and return what differs and when the other training was killed."""
    shared = mmap.mmap(-1, 8)
    calm, killed = folder / "calm", folder / "killed"
    for path in (calm, killed):
        path.mkdir()
    end(begin(calm, shared))
    draw = random.Random(0)
    steps, parts = [], 0
    for number in range(KILLS):
        step = draw.uniform(number, number + 1) / KILLS * EPOCHS * STEPS
        child = begin(killed, shared, doomed=True)
        steps.append(kill_at(child, shared, step, draw.uniform(0, SECONDS)))
        parts += (killed / "checkpoints" / "part.npz").exists()
    end(begin(killed, shared))
    one, other = (dict(np.load(path / "result.npz")) for path in (calm, killed))
    return {"differences": differences(one, other), "killed after steps": steps, "killed while writing": parts}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
