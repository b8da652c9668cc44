"""Attacks by gradient: the gradient is the true one, changes stay in their budget, and they do what they are for."""

import keras
import numpy as np
import pytest
from attacked_network import embeddings_of, scores_of, small_network

from course_utils import environment

environment.setup()

from course_utils import attacks

NETWORK = small_network()
RANDOM = np.random.default_rng(0)
IMAGES = RANDOM.integers(60, 196, (5, 8, 8, 3)).astype(np.uint8)
REFERENCES = RANDOM.normal(size=(5, 6)).astype(np.float32)
GRADIENT = attacks.ScoreGradient(NETWORK, batch_size=2)


@pytest.mark.parametrize("network", [NETWORK, attacks.smoothed(NETWORK)], ids=["network", "smoothed"])
def test_the_gradient_is_that_of_finite_differences(network):
    """Of five pictures in batches of two: the last batch is filled up, and pictures do not mix."""
    found = attacks.ScoreGradient(network, batch_size=2)(IMAGES, REFERENCES)
    assert found.shape == IMAGES.shape
    for picture, row, column, channel in ((0, 1, 2, 0), (1, 7, 7, 2), (4, 3, 0, 1)):
        ends = []
        for step in (2.0, -2.0):
            changed = IMAGES.astype(np.float32)
            changed[picture, row, column, channel] += step
            ends.append(scores_of(network, changed, REFERENCES)[picture])
        slope = (ends[0] - ends[1]) / 4
        assert found[picture, row, column, channel] == pytest.approx(slope, rel=0.03, abs=1e-6)


def test_a_reference_s_length_does_not_count():
    np.testing.assert_allclose(GRADIENT(IMAGES, 7 * REFERENCES), GRADIENT(IMAGES, REFERENCES), rtol=1e-4, atol=1e-7)


def test_the_network_stays_as_it_was():
    network = small_network()
    before, trainable = network.get_weights(), [variable.trainable for variable in network.weights]
    attacks.ScoreGradient(network, batch_size=2)(IMAGES, REFERENCES)
    for old, new in zip(before, network.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
    assert [variable.trainable for variable in network.weights] == trainable


def test_the_network_answers_as_outside_training():
    """The small network has dropout and batch normalisation: in training, both would change the gradient."""
    np.testing.assert_array_equal(GRADIENT(IMAGES, REFERENCES), GRADIENT(IMAGES, REFERENCES))
    wide = attacks.ScoreGradient(NETWORK, batch_size=5)
    np.testing.assert_allclose(wide(IMAGES, REFERENCES), GRADIENT(IMAGES, REFERENCES), rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("steps", [1, 6])
@pytest.mark.parametrize("aim", attacks.AIMS)
def test_an_attack_moves_the_score_within_its_budget(aim, steps):
    changed = attacks.attacked(GRADIENT, IMAGES, REFERENCES, 4, aim, steps)
    assert np.abs(changed - IMAGES).max() <= 4
    assert changed.min() >= 0
    assert changed.max() <= 255
    gain = scores_of(NETWORK, changed, REFERENCES) - scores_of(NETWORK, IMAGES, REFERENCES)
    assert (attacks.AIMS[aim] * gain > 0).all()
    by_chance = scores_of(NETWORK, attacks.noise(IMAGES, 4), REFERENCES) - scores_of(NETWORK, IMAGES, REFERENCES)
    assert np.abs(gain).mean() > 3 * np.abs(by_chance).mean()


def test_one_step_is_the_sign_of_the_gradient():
    changed = attacks.attacked(GRADIENT, IMAGES, REFERENCES, 3, steps=1)
    np.testing.assert_array_equal(changed - IMAGES, 3 * np.sign(GRADIENT(IMAGES, REFERENCES)))


def test_dark_and_bright_pixels_stay_grey_levels():
    extreme = np.where(RANDOM.integers(0, 2, IMAGES.shape), 255, 0).astype(np.uint8)
    changed = attacks.attacked(GRADIENT, extreme, REFERENCES, 8, steps=2)
    assert changed.min() >= 0
    assert changed.max() <= 255


def test_no_budget_changes_nothing():
    np.testing.assert_array_equal(attacks.attacked(GRADIENT, IMAGES, REFERENCES, 0), IMAGES)
    np.testing.assert_array_equal(attacks.noise(IMAGES, 0), IMAGES)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"aim": "theft"}, "aim: expected one of 'impersonation', 'evasion', got 'theft'"),
        ({"budget": -1}, "expected at least 0 and at least 1, got -1 and 10"),
        ({"steps": 0}, "expected at least 0 and at least 1, got 4 and 0"),
        ({"references": REFERENCES[:3]}, "5 pictures and 3 references"),
    ],
)
def test_impossible_attacks_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        attacks.attacked(GRADIENT, **{"images": IMAGES, "references": REFERENCES, "budget": 4, **arguments})


def test_a_file_holds_whole_grey_levels():
    assert attacks.rounded(np.array([-3.0, 0.4, 0.6, 254.7, 300.0])).tolist() == [0, 0, 1, 255, 255]


def test_jpeg_changes_little_and_less_at_high_quality():
    smooth = np.broadcast_to(np.linspace(0, 255, 32)[:, np.newaxis, np.newaxis], (2, 32, 32, 3))
    errors = [np.abs(attacks.through_jpeg(smooth, quality).astype(float) - smooth).mean() for quality in (95, 20)]
    assert 0 < errors[0] < errors[1] < 10


def test_a_shift_moves_right_and_down():
    moved = attacks.shifted(IMAGES, 2)
    np.testing.assert_array_equal(moved[:, 2:, 2:], IMAGES[:, :-2, :-2])
    np.testing.assert_array_equal(moved[:, 0, 2:], IMAGES[:, 0, :-2])
    np.testing.assert_array_equal(attacks.shifted(IMAGES, 0), IMAGES)


def test_smoothing_takes_the_mean_of_neighbours():
    network = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Flatten()])
    given = embeddings_of(attacks.smoothed(network), IMAGES).reshape(IMAGES.shape)
    np.testing.assert_allclose(given[:, 3, 4], IMAGES[:, 2:5, 3:6].mean(axis=(1, 2)), rtol=1e-5)
    np.testing.assert_allclose(given[:, 0, 0], IMAGES[:, :2, :2].mean(axis=(1, 2)), rtol=1e-5)
