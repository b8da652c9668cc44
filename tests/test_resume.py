"""A training that is interrupted anywhere ends as one that is not: the same bits of weights, optimizer and history."""

import errno
import json
import os
import random
from dataclasses import replace

import killed_trainings
import numpy as np
import pytest
import resumable_training
from fresh_python import run_program
from resumable_training import EPOCHS, STEPS, differences, interrupt, train

import course_utils.training.checkpoint_folder
from course_utils import environment, training
from course_utils.training import Resume
from course_utils.training.checkpoint import Checkpoint, build
from course_utils.training.checkpoint_folder import CheckpointFolder

environment.setup()

import keras


@pytest.fixture(scope="module")
def uninterrupted():
    """Return what the training ends with that keeps no checkpoints."""
    return train()


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory):
    """Return the checkpoint after each step, by epoch and step, and what the training that took them ends with."""
    taken = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CheckpointFolder, "write", lambda _, one: taken.update({(one.epoch, one.step): one.to_bytes()}))
        end = train(lambda batches: Resume(batches, tmp_path_factory.mktemp("unused") / "state", every=1))
    return {place: Checkpoint.from_bytes(content) for place, content in taken.items()}, end


def state_with(folder, *kept):
    """Put checkpoints into a folder and return it."""
    for checkpoint in kept:
        CheckpointFolder(folder).write(checkpoint)
    return folder


def resume_from(folder, **options):
    return lambda batches: Resume(batches, folder, **options)


# -- the end is the same -----------------------------------------------------------------------------------------------


def test_checkpoints_change_nothing(checkpoints, uninterrupted):
    taken, end = checkpoints
    assert differences(end, uninterrupted) == []
    assert list(taken) == [(epoch, step) for epoch in range(EPOCHS) for step in range(STEPS)][1:]


@pytest.mark.parametrize("place", [(0, 1), (1, 0), (2, 3), (3, 4)])
def test_a_training_ends_as_if_it_had_not_been_interrupted(tmp_path, checkpoints, uninterrupted, place, recwarn):
    state = state_with(tmp_path / "state", checkpoints[0][place])
    assert differences(train(resume_from(state)), uninterrupted) == []
    assert not state.exists()
    assert not [warning for warning in recwarn if "checkpoint" in str(warning.message)]


def test_whole_epochs_and_interruptions_of_what_had_been_continued(tmp_path, uninterrupted):
    state = tmp_path / "state"
    for place in ((1, 1), (1, 4), (3, 2)):
        with pytest.raises(KeyboardInterrupt):
            train(resume_from(state), [interrupt(*place)])
    assert [file.name[:14] for file in CheckpointFolder(state).files()] == ["000003-0000000", "000002-0000000"]
    assert differences(train(resume_from(state)), uninterrupted) == []


@pytest.mark.parametrize("options", [{"people": True}, {"steps_per_execution": 2}])
def test_other_batches_and_several_steps_at_once_continue(tmp_path, options):
    state = tmp_path / "state"
    with pytest.raises(KeyboardInterrupt):
        train(resume_from(state, every=2), [interrupt(2, 3)], **options)
    assert CheckpointFolder(state).newest().step == 2
    assert differences(train(resume_from(state), **options), train(**options)) == []


def forgotten(checkpoint, name, keep=lambda value: False):
    """Return a checkpoint whose variables of one kind have the values that they begin with, but for some."""
    values = [value if keep(value) else np.zeros_like(value) for value in checkpoint.variables[name]]
    return replace(checkpoint, variables=checkpoint.variables | {name: values})


@pytest.mark.parametrize(
    ("forget", "changed"),
    [
        (lambda kept: forgotten(kept, "optimizer", keep=lambda value: value.ndim == 0), "kernel"),
        (lambda kept: forgotten(kept, "optimizer", keep=lambda value: value.ndim > 0), "kernel"),
        (lambda kept: forgotten(kept, "model", keep=lambda value: value.dtype.kind == "f"), "kernel"),
        (lambda kept: forgotten(kept, "metrics"), "history of loss"),
        (lambda kept: replace(kept, history={}), "history of loss"),
    ],
    ids=["moments", "steps of the schedule", "random numbers of layers", "metrics", "history"],
)
def test_whatever_is_forgotten_is_noticed(tmp_path, checkpoints, uninterrupted, forget, changed):
    state = state_with(tmp_path / "state", forget(checkpoints[0][2, 3]))
    assert any(name.startswith(changed) for name in differences(train(resume_from(state)), uninterrupted))


def test_the_random_numbers_of_python_and_numpy_continue(tmp_path):
    class Draw(keras.callbacks.Callback):
        def __init__(self, left_out=0):
            super().__init__()
            self.drawn, self.left_out = [], left_out

        def on_train_batch_end(self, batch, logs=None):
            if self.left_out:  # to draw here would bring the random numbers to the right place, whatever is restored
                self.left_out -= 1
            else:
                self.drawn.append((random.random(), np.random.random()))  # noqa: NPY002

    state, before, after, calm = tmp_path / "state", Draw(), Draw(left_out=2), Draw()
    with pytest.raises(KeyboardInterrupt):
        train(resume_from(state, every=2), [before, interrupt(0, 3)], epochs=2)
    train(resume_from(state), [after], epochs=2)
    train(None, [calm], epochs=2)
    assert before.drawn == calm.drawn[:4]
    assert after.drawn == calm.drawn[2:]


# -- what other callbacks see ------------------------------------------------------------------------------------------


def test_progress_bar_and_other_callbacks_are_told_of_all_steps_of_the_epoch(tmp_path, checkpoints):
    told = []

    class Note(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            self.epoch = epoch

        def on_train_batch_end(self, batch, logs=None):
            told.append((self.epoch, batch, sorted(logs)))

    bar = training.progress_bar()
    train(resume_from(state_with(tmp_path / "state", checkpoints[0][2, 3])), [bar, Note()])
    assert told == [(epoch, step, ["accuracy", "loss"]) for epoch in (2, 3) for step in range(STEPS)]
    assert (bar.epoch_bar.initial, bar.epoch_bar.n, bar.epoch_bar.total) == (2, EPOCHS, EPOCHS)


def test_a_later_fit_of_the_same_model_begins_at_its_beginning(tmp_path, checkpoints):
    model, batches = resumable_training.make()
    resume = Resume(batches, state_with(tmp_path / "state", checkpoints[0][3, 4]))
    model.fit(batches, epochs=EPOCHS, shuffle=False, verbose=0, callbacks=[resume])
    assert model.fit(batches, epochs=1, verbose=0).epoch == [0]
    with pytest.raises(ValueError, match="Resume serves one training: make it and its batches again"):
        model.fit(batches, epochs=1, verbose=0, callbacks=[resume])


def test_kept_checkpoints_let_a_finished_training_be_run_again(tmp_path, uninterrupted):
    state = tmp_path / "state"
    for _ in range(2):
        assert differences(train(resume_from(state, every=4, keep=True)), uninterrupted) == []
    assert [file.name[:14] for file in CheckpointFolder(state).files()] == ["000003-0000004", "000003-0000000"]


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"classes": 12}, r"variables of the model differ: shape \(36, 12\) here, \(36, 10\) there"),
        ({"optimizer": "SGD"}, "variables of the optimizer differ: 1 here, 11 there"),
        ({"optimizer": "AdamW"}, "optimizers differ: AdamW here, Adam there"),
        ({"batch_size": 3}, "numbers of batches in an epoch differ: 7 here, 5 there"),
        ({"seed": 6}, "orders of the batches differ"),
    ],
)
def test_the_state_of_another_training_is_refused(tmp_path, checkpoints, options, message):
    state = state_with(tmp_path / "state", checkpoints[0][2, 3])
    with pytest.raises(ValueError, match="holds the state of another training: delete the folder.*" + message):
        train(resume_from(state), **options)


def test_steps_between_checkpoints_are_positive(tmp_path):
    with pytest.raises(ValueError, match="every must be at least 1 step, or None, not 0"):
        Resume(None, tmp_path, every=0)


# -- the folder --------------------------------------------------------------------------------------------------------


def checkpoint(epoch, step=0):
    """Return a checkpoint of nothing much."""
    arrays = {"model": [np.arange(3.0)], "optimizer": [], "metrics": [np.array(epoch, "uint32")]}
    return Checkpoint(epoch, step, arrays, {"loss": [0.1] * epoch}, list(range(epoch)), {"python": [3]}, {"order": "x"})


def test_a_checkpoint_comes_back_as_it_was():
    kept = replace(checkpoint(2), history={"loss": [0.1, float("nan")], "noted by a callback": [np.float32(0.1), 1]})
    found = Checkpoint.from_bytes(kept.to_bytes())
    assert json.dumps(found.history) == json.dumps(
        {"loss": [0.1, float("nan")], "noted by a callback": [0.10000000149011612, 1]}
    )
    assert (found.epoch, found.step, found.epochs, found.training) == (2, 0, [0, 1], {"order": "x"})
    for name, values in kept.variables.items():
        assert [(value.dtype, value.tolist()) for value in found.variables[name]] == [
            (value.dtype, value.tolist()) for value in values
        ]


def test_learning_rate_and_half_precision_come_back():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, dtype="bfloat16")])
    model.compile(optimizer=keras.optimizers.SGD(0.5), loss="mean_squared_error")
    model.history = keras.callbacks.History()
    model.history.on_train_begin()
    batches = training.Batches(np.zeros((4, 2)), np.zeros((4, 1)))
    build(model, *batches[0])
    kernel = model.variables[0].numpy()
    kept = Checkpoint.from_bytes(Checkpoint.capture(model, batches, 0, 1).to_bytes())
    model.optimizer.learning_rate = 0.1
    model.variables[0].assign(np.zeros((2, 1)))
    kept.check(model, batches)
    kept.restore(model)
    assert float(model.optimizer.learning_rate) == 0.5
    assert kernel.dtype.name == "bfloat16"
    np.testing.assert_array_equal(model.variables[0].numpy(), kernel)


def test_the_two_newest_are_kept(tmp_path):
    state = state_with(tmp_path / "state", *(checkpoint(*place) for place in ((0, 90), (0, 100), (1, 0), (10, 0))))
    assert [file.name[:14] for file in CheckpointFolder(state).files()] == ["000010-0000000", "000001-0000000"]
    assert CheckpointFolder(state).newest().epoch == 10


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: bytes(len(content)), lambda _: b""])
def test_a_damaged_checkpoint_is_passed_over_and_later_deleted(tmp_path, damage):
    state = state_with(tmp_path / "state", checkpoint(1), checkpoint(2))
    folder = CheckpointFolder(state)
    newest = folder.files()[0]
    newest.write_bytes(damage(newest.read_bytes()))
    (state / "part.npz").write_bytes(b"half")  # of a process that was killed
    with pytest.warns(UserWarning, match=f"{newest.name} is damaged: the training goes on from the checkpoint before"):
        assert folder.newest().epoch == 1
    folder.write(checkpoint(1, step=5))
    assert [file.name[:14] for file in sorted(state.iterdir())] == ["000001-0000000", "000001-0000005"]


def test_without_a_whole_checkpoint_there_is_none(tmp_path):
    assert CheckpointFolder(tmp_path / "nowhere").newest() is None
    state = state_with(tmp_path / "state", checkpoint(1), checkpoint(2))
    for file in state.iterdir():
        file.write_bytes(b"")
    with pytest.warns(UserWarning, match="is damaged"):
        assert CheckpointFolder(state).newest() is None


def test_a_training_continues_from_the_checkpoint_before_a_truncated_one(tmp_path, checkpoints, uninterrupted):
    state = state_with(tmp_path / "state", checkpoints[0][2, 2], checkpoints[0][2, 3])
    newest = CheckpointFolder(state).files()[0]
    newest.write_bytes(newest.read_bytes()[:1000])
    with pytest.warns(UserWarning, match="is damaged: the training goes on from the checkpoint before it"):
        assert differences(train(resume_from(state)), uninterrupted) == []


def test_a_full_disk_leaves_older_checkpoints_whole_and_is_told_once(tmp_path, monkeypatch, recwarn):
    state = state_with(tmp_path / "state", checkpoint(1), checkpoint(2))
    before = {file.name: file.read_bytes() for file in state.iterdir()}
    full = True

    def flush(descriptor):
        if full:
            os.ftruncate(descriptor, 100)  # what was written before the disk was full
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(course_utils.training.checkpoint_folder.os, "fsync", flush)
    folder = CheckpointFolder(state)
    folder.write(checkpoint(3))
    folder.write(checkpoint(4))
    assert {file.name: file.read_bytes() for file in state.iterdir()} == before
    (warning,) = [str(warning.message) for warning in recwarn if "checkpoint" in str(warning.message)]
    assert "(No space left on device): the training goes on" in warning
    full = False
    folder.write(checkpoint(5))
    assert folder.newest().epoch == 5


def test_a_training_goes_on_where_no_checkpoint_can_be_written(tmp_path, uninterrupted):
    (tmp_path / "file").write_text("not a folder")
    with pytest.warns(UserWarning, match="could not be written") as warned:
        end = train(resume_from(tmp_path / "file" / "state", every=1))
    assert len([warning for warning in warned if "could not be written" in str(warning.message)]) == 1
    assert differences(end, uninterrupted) == []


# -- killed ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
def test_a_training_that_is_killed_again_and_again_ends_as_if_nothing_had_happened(tmp_path):
    found = json.loads(run_program(killed_trainings.__file__, tmp_path).stdout)
    assert len(found["killed after steps"]) == 20
    assert found["differences"] == []
