"""The benchmark that asks whether centring gains by pictures of View 2, on made-up pictures."""

from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks import transfer_centring
from course_utils import metrics, results
from course_utils.datasets import Pairs


@pytest.fixture
def lfw():
    """Ninety pictures, three numbers each; View 1 uses the first fifty, View 2 those from the thirtieth on."""
    random = np.random.default_rng(0)
    labels = np.repeat(np.arange(30), 3)
    images = random.normal(size=(30, 3))[labels] + 0.5 * random.normal(size=(90, 3)) + 4
    first = np.arange(30, 86)
    second = np.where(first % 2, first // 3 * 3 + (first + 1) % 3, first + 4)
    view2 = Pairs(first, second, labels[first] == labels[second], first % 4)
    view1 = Pairs(np.arange(25), np.arange(25, 50), np.arange(25) % 2 == 0, np.zeros(25, int))
    return SimpleNamespace(images=images, labels=labels, pairs={"view1_train": view1, "view2": view2})


def test_no_picture_of_view_2_is_in_the_strict_mean(lfw):
    none, all_of_view1, strict = transfer_centring.centrings(lfw).values()
    assert len(none) == 0
    np.testing.assert_array_equal(all_of_view1, np.arange(50))
    np.testing.assert_array_equal(strict, np.arange(30))


def test_the_page_says_rightly_that_the_overlap_bought_nothing():
    as_it_is, overlapping, strict = results.load("transfer_centring")["rows"]
    assert (overlapping["pictures"], strict["pictures"]) == (3443, 936)
    assert abs(strict["view2_accuracy"] - overlapping["view2_accuracy"]) < overlapping["view2_standard_error"]
    assert strict["view2_accuracy"] > as_it_is["view2_accuracy"] + 2 * as_it_is["view2_standard_error"]


def test_each_centring_is_scored_on_every_fold(lfw):
    rows = transfer_centring.measure(np.asarray, lfw)
    pairs = lfw.pairs["view2"]
    for row, chosen in zip(rows, transfer_centring.centrings(lfw).values(), strict=True):
        mean = lfw.images[chosen].mean(axis=0) if len(chosen) else 0
        scores = metrics.cosine_similarity(lfw.images - mean, pairs.first, pairs.second)
        (run,) = row["runs"]
        np.testing.assert_allclose(
            run["view2_by_fold"], metrics.fold_accuracies(scores, pairs.same, pairs.fold), atol=1e-4
        )
        assert row["pictures"] == len(chosen)
    as_it_is, centred, _ = (results.complete(row, transfer_centring.INTERVALS)["view2_auc"] for row in rows)
    assert centred > as_it_is  # all pictures share the 4
