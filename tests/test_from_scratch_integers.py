"""Whole numbers, which learners type first: the layers give what they give for the same numbers as floats."""

import numpy as np
import pytest

from course_utils.from_scratch import layers

INTEGERS = ["uint8", "int8", "int16", "int64"]
IMAGES = np.random.default_rng(0).integers(0, 100, (2, 6, 7, 3))
KERNELS = np.random.default_rng(1).integers(0, 100, (3, 3, 3, 2))


def gradient_like(values: np.ndarray) -> np.ndarray:
    return np.random.default_rng(2).integers(0, 9, values.shape)


def assert_same(ours, floats):
    np.testing.assert_allclose(ours, floats, rtol=1e-6)


@pytest.mark.parametrize("padding", layers.PADDINGS)
@pytest.mark.parametrize("dtype", INTEGERS)
@pytest.mark.parametrize("convolve", [layers.convolve, layers.convolve_slowly])
def test_convolution_of_integers_does_not_wrap(convolve, dtype, padding):
    found = convolve(IMAGES.astype(dtype), KERNELS.astype(dtype), padding=padding)
    assert_same(found, convolve(IMAGES.astype(float), KERNELS.astype(float), padding=padding))
    assert found.dtype == np.int64


@pytest.mark.parametrize("padding", layers.PADDINGS)
@pytest.mark.parametrize("dtype", INTEGERS)
def test_gradients_of_a_convolution_of_integers(dtype, padding):
    gradient = gradient_like(layers.convolve(IMAGES, KERNELS, padding=padding))
    wanted = layers.convolve_backward(*(array.astype(float) for array in (gradient, IMAGES, KERNELS)), padding=padding)
    for given in (gradient.astype(dtype), gradient.astype(float)):
        found = layers.convolve_backward(given, IMAGES.astype(dtype), KERNELS.astype(dtype), padding=padding)
        for ours, floats in zip(found, wanted, strict=True):
            assert_same(ours, floats)


def test_a_whole_gradient_of_real_weights_is_not_cut_off():
    gradient, half = np.ones((1, 1, 1, 1), int), np.full((1, 1, 1, 1), 0.5)
    assert [float(value.squeeze()) for value in layers.convolve_backward(gradient, half, half)] == [0.5, 0.5, 1]


@pytest.mark.parametrize("padding", layers.PADDINGS)
@pytest.mark.parametrize("dtype", [*INTEGERS, "bool"])
@pytest.mark.parametrize("kind", ["max", "average"])
def test_pooling_integers(kind, dtype, padding):
    """Low numbers among them: a zero of the picture is not taken for a zero around it."""
    images = IMAGES.astype(dtype)
    images[:, ::2] = np.iinfo(dtype).min if dtype != "bool" else False
    window = {"pool_size": 3, "stride": 2, "padding": padding}
    forward, backward = getattr(layers, f"{kind}_pool"), getattr(layers, f"{kind}_pool_backward")
    found = forward(images, **window)
    assert_same(found, forward(images.astype(float), **window))
    assert kind == "average" or found.dtype == dtype
    gradient = gradient_like(found)
    assert_same(backward(gradient, images, **window), backward(gradient.astype(float), images.astype(float), **window))


def test_the_first_thing_that_a_learner_types():
    numbers = np.arange(16).reshape(1, 4, 4, 1)
    assert layers.max_pool(numbers).squeeze().tolist() == [[5, 7], [13, 15]]
    assert layers.max_pool_backward(np.ones((1, 2, 2, 1), int), numbers).sum() == 4


def test_means_of_bright_pixels_are_bright():
    assert layers.average_pool(np.full((1, 16, 16, 1), 250, np.uint8), 16).item() == 250


@pytest.mark.parametrize("dtype", INTEGERS)
def test_a_dense_layer_of_integers_does_not_wrap(dtype):
    inputs, weights = IMAGES.reshape(2, -1), KERNELS.reshape(-1, 1)[:6].repeat(21, axis=0)
    gradient = np.full((2, 1), 100)
    bias = np.zeros(1)
    assert_same(layers.dense(inputs.astype(dtype), weights.astype(dtype), bias), inputs @ weights + bias)
    found = layers.dense_backward(gradient.astype(dtype), inputs.astype(dtype), weights.astype(dtype))
    for ours, wanted in zip(found, (gradient @ weights.T, inputs.T @ gradient, gradient.sum(axis=0)), strict=True):
        assert_same(ours, wanted)
