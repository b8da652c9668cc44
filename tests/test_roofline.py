"""Work of layers counted by hand, and the roof over them."""

import numpy as np
import pytest

from course_utils import environment

environment.setup()

import keras

from course_utils import models, roofline
from course_utils.roofline import Work, attainable, best_seconds, measured_peaks, work_of


@pytest.fixture(scope="module")
def layers():
    """The layers of the article's network, by their place."""
    return models.article_network((64, 64, 3)).layers


def test_a_convolution_is_counted_as_by_hand(layers):
    work = work_of(layers[2], pictures=10)
    assert work.operations == 10 * 62 * 62 * 32 * 2 * 3 * 3 * 3
    assert work.moved == 4 * (10 * (64 * 64 * 3 + 62 * 62 * 32) + 3 * 3 * 3 * 32 + 32)


def test_a_dense_layer_reads_its_weights_once_whatever_the_batch(layers):
    dense = layers[9]
    weights = 4608 * 512 + 512
    for pictures in (1, 64):
        work = work_of(dense, pictures)
        assert work.operations == pictures * 2 * 4608 * 512
        assert work.moved == 4 * (pictures * (4608 + 512) + weights)
    assert work_of(dense, 64).intensity > 50 * work_of(dense, 1).intensity


def test_pooling_compares_each_number_of_its_window(layers):
    assert work_of(layers[3], pictures=1).operations == 31 * 31 * 32 * 4


def test_other_layers_and_no_pictures_are_refused(layers):
    with pytest.raises(ValueError, match="its work is not counted here"):
        work_of(layers[8], pictures=1)
    with pytest.raises(ValueError, match="at least 1, not 0"):
        work_of(layers[2], pictures=0)


def test_the_roof_rises_with_the_intensity_and_ends_at_the_peak():
    np.testing.assert_allclose(
        attainable([1, 5, 10, 20], operations_per_second=100, bytes_per_second=10), [10, 50, 100, 100]
    )
    assert Work("dense", operations=12, moved=4).intensity == 3


def test_the_best_time_is_the_shortest(monkeypatch):
    clock = iter([0.0, 3.0, 10.0, 11.0, 20.0, 25.0])
    monkeypatch.setattr(roofline.time, "perf_counter", lambda: next(clock))
    assert best_seconds(lambda: None, repeats=3) == 1


def test_measured_peaks_are_plausible():
    operations, moved = measured_peaks(side=128, mebibytes=4, repeats=2)
    assert 1e6 < operations < 1e14  # a busy machine is slow
    assert 1e6 < moved < 1e13


def test_a_layer_that_is_not_built_into_a_model_is_refused():
    with pytest.raises((ValueError, AttributeError)):
        work_of(keras.layers.Dense(3), pictures=1)
