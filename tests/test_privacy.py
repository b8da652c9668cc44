"""Attacks find what is there and nothing else; keys, noise and clipping do what they promise."""

import keras
import numpy as np
import pytest

from course_utils import environment

environment.setup()

from course_utils import metrics, privacy
from course_utils.privacy import differential

RANDOM = np.random.default_rng(0)


# -- membership --------------------------------------------------------------------------------------------------------


def test_losses_are_those_of_the_true_label():
    probabilities = np.array([[0.7, 0.2, 0.1], [0.0, 0.5, 0.5]])
    np.testing.assert_allclose(privacy.true_label_losses(probabilities, [0, 2]), -np.log([0.7, 0.5]))
    assert np.isfinite(privacy.true_label_losses(probabilities, [0, 0])).all()
    np.testing.assert_allclose(privacy.confidences(probabilities), [0.7, 0.5])
    with pytest.raises(ValueError, match="one label per picture"):
        privacy.true_label_losses(probabilities, [0])


def test_an_attack_is_scored_by_the_order_of_members_and_others():
    assert privacy.attack_auc([3, 4], [1, 2]) == 1
    assert privacy.attack_auc([1, 2], [1, 2]) == 0.5
    assert privacy.attack_auc([1, 3], [2, 2]) == 0.5


# -- keyed templates ---------------------------------------------------------------------------------------------------


def templates_of(people=60, pictures=2, numbers=128):
    own = RANDOM.normal(size=(people, 1, numbers))
    return (own + 0.5 * RANDOM.normal(size=(people, pictures, numbers))).reshape(-1, numbers)


def cosines(first, second):
    return metrics.cosine_similarity(np.concatenate([first, second]), *np.arange(2 * len(first)).reshape(2, -1))


def test_a_rotation_keeps_all_cosines_and_a_projection_keeps_them_nearly():
    templates = templates_of()
    first, second, _ = metrics.all_pairs(np.arange(len(templates)))
    before = metrics.cosine_similarity(templates, first, second)
    rotated = metrics.cosine_similarity(privacy.protect(templates, key=1), first, second)
    np.testing.assert_allclose(rotated, before, atol=1e-5)
    fewer = metrics.cosine_similarity(privacy.protect(templates, key=1, kept=64), first, second)
    assert 0.01 < np.abs(fewer - before).mean() < 0.1


def test_another_key_leaves_nothing_in_common_and_the_stolen_key_gives_the_template_back():
    templates = templates_of()
    old, new = (privacy.protect(templates, key) for key in (1, 2))
    assert np.abs(cosines(old, new)).max() < 5 / np.sqrt(128)
    assert np.abs(cosines(old, templates)).max() < 5 / np.sqrt(128)
    np.testing.assert_allclose(cosines(privacy.recover(old, 1, 128), templates), 1, atol=1e-5)
    half = cosines(privacy.recover(privacy.protect(templates, 1, 64), 1, 128), templates)
    assert half.mean() == pytest.approx(np.sqrt(64 / 128), abs=0.02)
    assert np.abs(cosines(privacy.recover(old, 3, 128), templates)).max() < 5 / np.sqrt(128)


def test_a_rotation_is_weak_without_its_key():
    templates = templates_of(people=100)
    old, new = privacy.protect(templates, 1), privacy.protect(templates, 2)
    old_angles, new_angles = (np.sort(protected @ protected.T, axis=1) for protected in (old, new))
    linked = [np.abs(new_angles - angles).sum(axis=1).argmin() for angles in old_angles]
    np.testing.assert_array_equal(linked, np.arange(len(templates)))
    left, _sizes, right = np.linalg.svd(templates[:140].T @ old[:140])  # as many as the rotation has numbers, and more
    np.testing.assert_allclose(cosines(old[140:] @ (left @ right).T, templates[140:]), 1, atol=1e-5)


def test_directions_are_of_length_1_and_at_right_angles():
    directions = privacy.key_directions(5, 20, 7)
    np.testing.assert_allclose(directions.T @ directions, np.eye(7), atol=1e-12)
    np.testing.assert_array_equal(directions, privacy.key_directions(5, 20, 7))
    for kept in (0, 21):
        with pytest.raises(ValueError, match="expected 1 to 20"):
            privacy.key_directions(5, 20, kept)
    with pytest.raises(ValueError, match="no direction"):
        privacy.protect(np.zeros((1, 20)), 5)


# -- private training --------------------------------------------------------------------------------------------------


def test_per_example_gradients_add_up_to_the_slope_of_the_loss():
    inputs, labels = RANDOM.normal(size=(6, 4)), RANDOM.integers(0, 3, 6)
    weights = RANDOM.normal(size=(4, 3))

    def loss(weights):
        return -np.log(differential.probabilities(weights, inputs)[np.arange(6), labels]).sum()

    slope = np.zeros_like(weights)
    for place in np.ndindex(weights.shape):
        step = np.zeros_like(weights)
        step[place] = 1e-6
        slope[place] = (loss(weights + step) - loss(weights - step)) / 2e-6
    np.testing.assert_allclose(privacy.softmax_gradients(weights, inputs, labels).sum(axis=0), slope, atol=1e-6)


def test_clipping_shortens_long_gradients_only():
    gradients = np.array([[[3.0], [4.0]], [[0.3], [0.4]], [[0.0], [0.0]]])
    np.testing.assert_allclose(privacy.clipped(gradients, 1.0)[:, :, 0], [[0.6, 0.8], [0.3, 0.4], [0, 0]])
    with pytest.raises(ValueError, match="above 0"):
        privacy.clipped(gradients, 0)


def test_one_person_changes_the_sum_by_no_more_than_the_bound():
    """Without noise, a step with and without somebody differs by at most the bound, however many pictures there are."""
    inputs, labels = 10 * RANDOM.normal(size=(40, 5)), RANDOM.integers(0, 2, 40)
    labels[:2] = 0, 1
    owners = np.repeat(np.arange(4), 10)
    with_all = 4 * privacy.train_privately(inputs, labels, owners, 0.0, 1, bound=0.5)
    without = 3 * privacy.train_privately(inputs[:30], labels[:30], owners[:30], 0.0, 1, bound=0.5)
    assert 0.1 < np.linalg.norm(with_all - without) <= 0.5 + 1e-9
    mixed = RANDOM.permutation(40)
    np.testing.assert_allclose(
        4 * privacy.train_privately(inputs[mixed], labels[mixed], owners[mixed], 0.0, 1, bound=0.5), with_all
    )


def test_private_training_learns_and_noise_has_the_promised_size():
    labels = np.arange(200) % 2
    inputs = np.stack([labels - 0.5 + 0.1 * RANDOM.normal(size=200), np.ones(200)], axis=1)
    weights = privacy.train_privately(inputs, labels, np.arange(200), 0.0, 50, learning_rate=5.0)
    assert (differential.probabilities(weights, inputs).argmax(axis=1) == labels).all()
    quiet, loud = (
        [privacy.train_privately(inputs, labels, np.arange(200), noise, 1, bound=2.0, seed=s) for s in range(300)]
        for noise in (0.0, 3.0)
    )
    assert (np.array(loud) - quiet).std() == pytest.approx(3.0 * 2.0 / 200, rel=0.1)
    with pytest.raises(ValueError, match="must not be negative"):
        privacy.train_privately(inputs, labels, np.arange(200), -1.0, 1)
    with pytest.raises(ValueError, match="One label and owner"):
        privacy.train_privately(inputs, labels[:3], np.arange(200), 1.0, 1)


# Google's dp-accounting 0.6.0 gives these: PLDAccountant, GaussianDpEvent(noise) composed `steps` times, interval 1e-4.
ACCOUNTED = [
    (1.0, 1, 1e-5, 4.377178),
    (20.0, 60, 1e-3, 0.996616),
    (5.0, 60, 1e-4, 6.455233),
    (2.0, 60, 1e-5, 23.346311),
]


@pytest.mark.parametrize(("noise", "steps", "delta", "epsilon"), ACCOUNTED)
def test_epsilon_is_what_a_well_kept_accountant_gives(noise, steps, delta, epsilon):
    assert privacy.epsilon_spent(noise, steps, delta) == pytest.approx(epsilon, abs=1e-5)
    assert privacy.noise_for(epsilon, steps, delta) == pytest.approx(noise, rel=1e-5)


def test_much_noise_promises_everything_and_nonsense_is_refused():
    assert privacy.epsilon_spent(1e4, 1, 0.01) == 0
    for wrong in ((0, 1, 0.1), (1, 0, 0.1), (1, 1, 1.0)):
        with pytest.raises(ValueError, match="are needed"):
            privacy.epsilon_spent(*wrong)
        with pytest.raises(ValueError, match="are needed"):
            privacy.noise_for(*wrong)


def test_no_attack_on_one_gaussian_answer_beats_the_bound():
    """The best attack on x + noise, x = 0 or 1, has the advantage 2 Φ(1 / 2σ) - 1; the bound holds for each δ."""
    from scipy.special import ndtr

    for noise in (0.5, 1.0, 3.0):
        best = 2 * ndtr(1 / (2 * noise)) - 1
        bounds = [privacy.advantage_bound(privacy.epsilon_spent(noise, 1, delta), delta) for delta in (1e-6, 1e-3, 0.1)]
        assert best <= min(bounds) + 1e-9
    assert privacy.advantage_bound(0.0, 0.0) == 0
    assert privacy.advantage_bound(1000.0, 1e-5) == pytest.approx(1)


# -- inversion ---------------------------------------------------------------------------------------------------------


def linear_pictures(count, numbers=6, side=8):
    """Return templates, and pictures that are a linear function of them."""
    templates = RANDOM.normal(size=(count, numbers))
    templates /= np.linalg.norm(templates, axis=1, keepdims=True)
    return templates, 128 + 40 * (templates @ np.random.default_rng(1).normal(size=(numbers, side * side * 3))).reshape(
        count, side, side, 3
    )


def test_a_decoder_finds_a_linear_way_back():
    templates, pictures = linear_pictures(60)
    decoder = privacy.fit_decoder(3 * templates[:50], pictures[:50], ridge=1e-4)
    inside = np.clip(pictures[50:], 0, 255)
    np.testing.assert_allclose(decoder(templates[50:]), inside, atol=0.5)
    assert decoder(templates).dtype == np.float32
    flat = privacy.fit_decoder(templates[:50], pictures[:50], ridge=1e9)
    np.testing.assert_allclose(
        flat(templates[:3]), np.clip(pictures[:50].mean(axis=0), 0, 255)[None].repeat(3, 0), atol=1
    )
    with pytest.raises(ValueError, match="One template per picture"):
        privacy.fit_decoder(templates[:3], pictures)


def test_refining_comes_closer_and_leaves_the_network_as_it_was():
    keras.utils.set_random_seed(0)
    layers = [keras.Input((8, 8, 3)), keras.layers.Rescaling(1 / 255), keras.layers.Flatten(), keras.layers.Dense(6)]
    network = keras.Sequential(layers)
    _templates, pictures = linear_pictures(40)
    stolen = np.asarray(network(pictures[30:]))
    decoder = privacy.fit_decoder(np.asarray(network(pictures[:30])), pictures[:30], ridge=5.0)
    before = network.get_weights()
    found, history = privacy.refined(network, decoder, stolen, steps=30)
    assert found.shape == (10, 8, 8, 3)
    assert found.min() >= 0
    assert found.max() <= 255
    start = cosines(np.asarray(network(decoder(stolen))), stolen).mean()
    end = cosines(np.asarray(network(found)), stolen).mean()
    assert history[0] == pytest.approx(start, abs=1e-3)
    assert end > start + 0.3 * (1 - start)
    assert network.trainable
    for old, new in zip(before, network.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
