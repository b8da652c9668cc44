"""The speed of training: what is measured, what is stored, and what a lesson reads from it."""

import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from course_utils import environment

environment.setup()

import keras

from benchmarks import training_speed as benchmark
from course_utils import results, training
from course_utils.protocols import training_speed as protocol
from course_utils.protocols.training_speed import BEFORE_THE_STEP, NONE, Setting
from course_utils.training import step_profile
from course_utils.training.half_precision import FORMATS, effect_of_margin, rounded, weight_after_a_step
from course_utils.training.scale import SCALES, at_scale

BASE = Setting(jit_compile=False, batch_size=4)
PICTURES = np.random.default_rng(0).integers(0, 256, (10, 64, 64, 3)).astype("uint8")
FACES = SimpleNamespace(images=PICTURES, labels=np.arange(10) % 5, names=tuple("abcde"))


def row(speeds=(), device="CPU", **columns):
    """Return a row of the table, measured against a base of 100 pictures a second and 40 a processor second."""
    runs = [
        {
            "per second": speed,
            "base per second": 100,
            "per processor second": speed / 2,
            "base per processor second": 40,
        }
        for speed in speeds
    ]
    where = {"device": device, "machine": "a processor", "cores": 2, "backend": "tensorflow", "version": "2"}
    measured = {"first call, s": 3.4, "wanted a core": 2.5, "runs": runs}
    return benchmark.row_of(BASE, where, measured) | columns


# -- the benchmark -----------------------------------------------------------------------------------------------------


def test_settings_are_measured_stored_and_not_measured_twice(cache, monkeypatch, tmp_path):
    other = row([50.0], machine="another processor")
    results.store("training_speed", [other], folder=tmp_path)
    wanted = [BASE, replace(BASE, precision="mixed_bfloat16", augmentation=BEFORE_THE_STEP)]
    rows = benchmark.measure(FACES, rounds=2, seconds=0.001, wanted=wanted, folder=tmp_path)
    for measured, setting in zip(rows, wanted, strict=True):
        assert (measured["precision"], measured["augmentation"]) == (setting.precision, setting.augmentation)
        assert measured["backend"] == keras.backend.backend()
        assert measured["first call, s"] > 0
        assert len(measured["runs"]) == 2
        assert all(value > 0 for run in measured["runs"] for value in run.values())
    stored = results.load("training_speed", tmp_path)["rows"]
    assert stored[:3] == [other, *rows]
    assert [each["runs"] for each in stored[3:]] == [[], []]
    monkeypatch.setattr(benchmark, "Trainer", None)
    again = benchmark.measure(FACES, rounds=2, seconds=0.001, wanted=wanted, folder=tmp_path)
    assert again == rows, "what was measured comes from the cache"


def test_every_setting_differs_from_the_base_and_occurs_once():
    for chosen in (False, True):
        base, *others = benchmark.settings(chosen)
        assert base == Setting(jit_compile=chosen)
        assert len({base, *others}) == 1 + len(others)
        assert {each.precision for each in others} == set(benchmark.PRECISIONS)


def test_rows_of_others_stay_and_a_measured_device_is_not_called_unmeasured():
    old, theirs = row([10.0]), row([20.0], backend="jax")
    new = row([12.0])
    rows = benchmark.merged([old, theirs, *benchmark.not_measured()], [new])
    assert rows == [new, theirs, *benchmark.not_measured()]
    on_t4 = row([900.0], device="Tesla T4")
    assert benchmark.merged(rows, [on_t4]) == [new, theirs, on_t4]


def test_what_a_lesson_loads_holds_together():
    stored = results.load("training_speed")["rows"]
    assert len({benchmark.identity(each) for each in stored}) == len(stored)
    assert {each["device"] for each in stored} >= set(benchmark.WANTED)
    for each in stored:
        assert (protocol.speed(each) is None) == (each["runs"] == []) == (each["wanted a core"] is None)


# -- what is read from it ----------------------------------------------------------------------------------------------


def test_medians_ratios_and_what_is_not_measured():
    measured = row([50.0, 80.0, 60.0])
    assert protocol.speed(measured).text() == "60 (50 to 80)"
    assert protocol.times_as_fast(measured).median == pytest.approx(30 / 40), "on a processor, by its own time"
    assert protocol.times_as_fast(measured | {"device": "a GPU"}).median == pytest.approx(0.6), "on a GPU, by the clock"
    assert not protocol.was_busy(measured)
    assert protocol.was_busy(measured | {"wanted a core": 3.5})
    assert protocol.speed(row()) is protocol.times_as_fast(row()) is None
    with pytest.raises(ValueError, match="not measured"):
        protocol.median_and_range([])


def test_rows_for_a_table():
    rows = [
        row([50.0, 60.0]),
        row([90.0], precision="mixed_float16", **{"batch size": 16}),
        row(device="Tesla T4"),
        row([7.0], backend="jax"),
    ]
    table = protocol.speed_rows(rows, "CPU", "tensorflow")
    assert table[0] == ["float32", "no", "4", "in the step", "55 (50 to 60)", "0.69 (0.62 to 0.75)", "3"]
    assert [line[0] for line in table] == ["float32", "mixed_float16"]
    assert protocol.speed_rows(rows, "Tesla T4", "tensorflow")[0][4:] == 3 * ["not measured"]
    assert protocol.ratios(rows, "CPU", "tensorflow") == {
        "base": (pytest.approx(0.6875), pytest.approx(0.625), pytest.approx(0.75)),
        "float16, batches of 16": 3 * (pytest.approx(1.125),),
    }
    assert protocol.minutes_rows(rows, shown=108_000) == [
        ["CPU", "tensorflow", "90", "20"],
        ["Tesla T4", "tensorflow", "not measured", "not measured"],
        ["CPU", "jax", "7", "257"],
    ]


def test_batches_come_again_and_are_changed_before_the_step():
    batches = protocol.RepeatedBatches(PICTURES, np.arange(10), 4, steps=5, change=lambda pictures: pictures / 2)
    assert len(batches) == 5
    for index in range(5):
        pictures, labels = batches[index]
        np.testing.assert_array_equal(pictures, PICTURES[labels] / 2)
    np.testing.assert_array_equal(batches[0][1], batches[2][1])
    with pytest.raises(ValueError, match="do not fill a batch of 11"):
        protocol.RepeatedBatches(PICTURES, np.arange(10), 11, steps=1)


def test_float16_is_trained_with_a_scaled_loss():
    model = protocol.build(replace(BASE, precision="mixed_float16", augmentation=NONE), people=5, width=2)
    assert isinstance(model.optimizer, keras.optimizers.LossScaleOptimizer)
    assert keras.config.dtype_policy().name == "float32", "the policy of the other cells is as it was"
    assert model.layers[-1].compute_dtype == "float32"


# -- the parts of a step -----------------------------------------------------------------------------------------------


class SlowBatches(training.Batches):
    def __getitem__(self, index):
        time.sleep(0.2)
        return super().__getitem__(index)


@pytest.fixture
def model():
    """A small network with all that a training changes: weights, batch statistics, momentum and random numbers."""
    keras.utils.set_random_seed(0)
    change = keras.Sequential([keras.layers.RandomBrightness(0.2, seed=0)], name="augmentation")
    layers = [keras.layers.Flatten(), keras.layers.Dropout(0.5), keras.layers.BatchNormalization()]
    model = keras.Sequential([keras.Input((8, 8, 3)), change, *layers, keras.layers.Dense(5)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(0.1, momentum=0.9), loss=loss)
    return model


def test_the_parts_of_a_step_are_timed_and_nothing_is_left_changed(model):
    pictures, labels = PICTURES[:, :8, :8], np.arange(10) % 5
    model.optimizer.build(model.trainable_variables)
    variables = [*model.variables, *model.optimizer.variables]
    before = [np.array(keras.ops.convert_to_numpy(variable)) for variable in variables]
    times = training.step_times(model, SlowBatches(pictures, labels, batch_size=5), rounds=3)
    for variable, value in zip(variables, before, strict=True):
        np.testing.assert_array_equal(keras.ops.convert_to_numpy(variable), value, err_msg=variable.path)
    assert tuple(times) == step_profile.PARTS
    assert all(seconds.shape == (3,) for seconds in times.values())
    assert (times[step_profile.FETCH] >= 0.2).all()
    assert (times[step_profile.AUGMENTATION] > 0).all()
    assert (times[step_profile.FORWARD] > 0).all()


def test_a_model_without_augmentation(model):
    bare = keras.Sequential([keras.Input((8, 8, 3)), *model.layers[1:]])
    bare.compile(optimizer="sgd", loss="mse")
    times = training.step_times(bare, training.Batches(PICTURES[:, :8, :8], np.ones((10, 5))), 1, augmentation=None)
    assert times[step_profile.AUGMENTATION].tolist() == [0]


def test_models_that_cannot_be_timed_are_refused(model):
    batches = training.Batches(PICTURES[:, :8, :8], np.arange(10) % 5)
    with pytest.raises(ValueError, match=r"begins with the layer 'augmentation', not with 'blur'"):
        training.step_times(model, batches, augmentation="blur")
    with pytest.raises(ValueError, match="at least 1"):
        training.step_times(model, batches, rounds=0)
    with pytest.raises(ValueError, match="not compiled"):
        training.step_times(keras.Sequential(model.layers), batches)


def test_layers_run_as_in_training():
    dropout = step_profile.compiled_in_training([keras.layers.Dropout(0.5, seed=0)], (8, 8, 3), jit_compile=False)
    assert set(np.unique(dropout(np.ones((2, 8, 8, 3), "float32")))) == {0, 2}
    mean = step_profile.compiled_in_training([keras.layers.Rescaling(2)], (8, 8, 3), jit_compile=False, averaged=True)
    np.testing.assert_allclose(mean(PICTURES[:2, :8, :8]), 2 * PICTURES[:2, :8, :8].mean(axis=(1, 2, 3)), rtol=1e-5)


def test_what_a_faster_input_buys_at_most():
    slow, fast = ({name: np.full(3, seconds) for name in step_profile.PARTS} for seconds in (0.1, 0.1))
    slow[step_profile.FETCH] = np.full(3, 0.6)
    assert training.faster_input(slow) == pytest.approx((3, 2))
    assert training.faster_input(fast) == pytest.approx((4 / 3, 1))
    assert training.time_rows(slow)[0] == ["fetching a batch", "600.0 (600.0 to 600.0)", "67 %"]
    assert training.time_rows(slow)[-1] == ["together", "900.0 (900.0 to 900.0)", "100 %"]


# -- 16-bit numbers ----------------------------------------------------------------------------------------------------


def test_how_many_numbers_are_near_one():
    cosines = np.linspace(0.99, 1, 1001)
    assert [len(np.unique(rounded(cosines, name))) for name in FORMATS] == [1001, 21, 4]
    with pytest.raises(ValueError, match="must be one of float32"):
        rounded(cosines, "float8")


def test_a_small_margin_vanishes():
    cosines = np.array([0.8, 0.6, 0.5])
    full = {margin: effect_of_margin(margin, "float32", cosines) for margin in (0.25, 0.01)}
    assert full[0.25] > full[0.01] > 0
    assert effect_of_margin(0.25, "bfloat16", cosines) == pytest.approx(full[0.25], rel=0.05)
    assert effect_of_margin(0.01, "bfloat16", cosines) == 0
    assert effect_of_margin(0.01, "float16", cosines) == pytest.approx(full[0.01], rel=0.2)


def test_a_small_gradient_arrives_with_loss_scaling_alone():
    assert weight_after_a_step(1e-3, loss_scaling=False) == pytest.approx(1, rel=0.01)
    assert weight_after_a_step(1e-9, loss_scaling=False) == 0
    assert weight_after_a_step(1e-9, loss_scaling=True) == pytest.approx(1, rel=0.01)


def test_scales():
    assert at_scale("laptop") is SCALES["laptop"]
    assert at_scale("gpu").shown > at_scale("laptop").shown
    with pytest.raises(ValueError, match=r"must be one of 'laptop', 'gpu', not 'GPU'"):
        at_scale("GPU")
