"""Simulated presentation attacks leave the traces that they say, and a detector knows the kind that it has learned."""

import numpy as np
import pytest

from course_utils import presentation
from course_utils.datasets import load_faces

FACES = load_faces("rendered", split="dev", people=36, pictures=2, size=64)
LIVE = presentation.camera(FACES.images, seed=0)
ATTACKS = {kind: show(FACES.images, seed=0) for kind, show in presentation.KINDS.items()}
FIRST = FACES.labels < 24


@pytest.mark.parametrize("take", [presentation.camera, *presentation.KINDS.values()])
def test_pictures_stay_pictures_and_repeat_themselves(take):
    taken = take(FACES.images[:3], seed=5)
    assert taken.dtype == np.uint8
    assert taken.shape == FACES.images[:3].shape
    np.testing.assert_array_equal(taken, take(FACES.images[:3], seed=5))
    assert (taken != take(FACES.images[:3], seed=6)).any()
    assert np.abs(taken.astype(float) - FACES.images[:3]).mean() < 60, "still the same face"


def test_live_faces_and_attacks_go_through_one_camera():
    grey = np.full((1, 64, 64, 3), 128, np.uint8)
    for take in (presentation.camera, *presentation.KINDS.values()):
        noise = np.diff(take(grey, seed=1)[0, :, :, 0].astype(float), n=4).std()
        assert noise > presentation.NOISE, "the camera's noise is in it"


def test_paper_is_neither_black_nor_white():
    extremes = np.zeros((4, 64, 64, 3), np.uint8)
    extremes[:, 32:] = 255
    taken = presentation.printed(extremes, seed=0)
    assert taken[:, :30].mean() > 20
    assert taken[:, 34:].mean() < 250


def test_a_pattern_is_found_in_its_band():
    columns = np.arange(64)
    for band in (2, 8):
        middle = 0.02 + (band + 0.5) * 0.48 / presentation.BANDS
        stripes = 128 + 20 * np.sin(2 * np.pi * middle * columns)
        images = np.broadcast_to(stripes[:, np.newaxis], (1, 64, 64, 3)).round().astype(np.uint8)
        assert presentation.features(images)[0, : presentation.BANDS].argmax() == band


@pytest.mark.parametrize("kind", presentation.KINDS)
def test_a_detector_knows_its_own_kind_best(kind):
    live, attacks = presentation.features(LIVE), {name: presentation.features(each) for name, each in ATTACKS.items()}
    detector = presentation.train_detector(live[FIRST], attacks[kind][FIRST])
    threshold = np.quantile(detector.scores(live[FIRST]), 0.95)
    found = {other: (detector.scores(shown[~FIRST]) > threshold).mean() for other, shown in attacks.items()}
    unseen = next(other for other in found if other != kind)
    assert found[kind] > 0.6
    assert found[unseen] < found[kind] - 0.3


def test_a_detector_needs_both_kinds_of_pictures():
    with pytest.raises(ValueError, match="needs both"):
        presentation.train_detector(presentation.features(LIVE), np.zeros((0, 4 * presentation.BANDS + 2)))
