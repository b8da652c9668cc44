"""The same weights with fewer bits, on a network of three layers."""

import builtins

import numpy as np
import pytest

from course_utils import environment

environment.setup()

import keras

from course_utils import precision


def build():
    """Return a small network, with one layer that names its type."""
    return keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.layers.Rescaling(1 / 255, dtype="float32"),
            keras.layers.Conv2D(4, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(5),
        ]
    )


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    return build()


@pytest.fixture(scope="module")
def images():
    return np.random.default_rng(0).integers(0, 256, (8, 8, 8, 3)).astype("uint8")


@pytest.fixture(scope="module")
def expected(network, images):
    return keras.ops.convert_to_numpy(network(images.astype("float32")))


@pytest.mark.parametrize(("dtype", "error"), [("float32", 1e-6), ("float16", 5e-3), ("bfloat16", 5e-2)])
def test_other_types_drift_as_far_as_their_digits_say(network, images, expected, dtype, error):
    usual = keras.config.dtype_policy().name
    other = precision.in_type(build, network.get_weights(), dtype)
    assert keras.config.dtype_policy().name == usual
    assert [layer.compute_dtype for layer in other.layers] == ["float32", dtype, dtype, dtype]
    outputs = np.asarray(keras.ops.convert_to_numpy(keras.ops.cast(other(images.astype("float32")), "float32")))
    assert np.abs(outputs - expected).max() < error * np.abs(expected).max()
    if dtype != "float32":
        assert np.abs(outputs - expected).max() > 0, "nothing was rounded"


def test_the_usual_type_comes_back_after_an_error(network):
    def fails():
        raise RuntimeError("planted")

    with pytest.raises(RuntimeError, match="planted"):
        precision.in_type(fails, network.get_weights(), "float16")
    assert keras.config.dtype_policy().name == "float32"


def test_a_litert_file_gives_the_same_and_int8_nearly(network, images, expected):
    whole = precision.LiteRT(precision.litert_file(network, pictures=4))
    np.testing.assert_allclose(whole(images), expected, atol=1e-4)
    small = precision.LiteRT(precision.litert_file(network, pictures=4, examples=images))
    drift = np.abs(small(images) - expected).max()
    assert 0 < drift < 0.1 * np.abs(expected).max()
    with pytest.raises(ValueError, match="4 pictures at a time; 6 is no multiple"):
        whole(images[:6])


def test_too_few_examples_are_refused(network, images):
    with pytest.raises(ValueError, match="2 examples are fewer than one call takes, 4"):
        precision.litert_file(network, pictures=4, examples=images[:2])


def test_tensorflows_own_interpreter_serves_where_the_package_is_missing(monkeypatch):
    import tensorflow as tf

    usual = builtins.__import__

    def without(name, *rest, **more):
        if name.startswith("ai_edge_litert"):
            raise ModuleNotFoundError(name)
        return usual(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert precision._interpreter_class() is tf.lite.Interpreter
