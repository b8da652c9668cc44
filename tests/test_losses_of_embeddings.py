"""ArcFace, contrastive and triplet loss against the same by hand, with their gradients."""

import losses_by_hand
import numpy as np
import pytest

from course_utils import environment

environment.setup()

import keras

from course_utils.losses import ArcFace, Contrastive, CosFace, Triplet


@pytest.fixture(scope="module")
def found():
    return losses_by_hand.values_and_gradients()


@pytest.mark.parametrize("name", losses_by_hand.CASES)
def test_losses_and_gradients_are_those_by_hand(found, name):
    given, by_hand = losses_by_hand.CASES[name]
    value, gradient = found[name]
    assert value == pytest.approx(by_hand(given()), rel=1e-5)
    np.testing.assert_allclose(gradient, losses_by_hand.slope(by_hand, given()), atol=2e-4)
    assert np.abs(gradient).max() > 0.01


@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize("name", losses_by_hand.CASES)
def test_other_embeddings_give_what_they_give_by_hand(name, seed):
    given, by_hand = losses_by_hand.CASES[name]
    values = given(seed)
    loss = losses_by_hand.of_keras(name)(losses_by_hand.PEOPLE, values.astype("float32"))
    assert float(loss) == pytest.approx(by_hand(values), rel=1e-4)


def gradient_of(loss, values, labels):
    from course_utils.training import gradients

    rows = keras.layers.Dense(len(values[0]), use_bias=False)
    model = keras.Sequential([keras.Input((len(values),)), rows])
    rows.set_weights([np.array(values, "float32")])
    (gradient,) = gradients(model, loss, np.eye(len(values), dtype="float32"), np.array(labels))
    return gradient


def test_arcface_has_a_finite_gradient_where_a_cosine_is_one_or_minus_one():
    gradient = gradient_of(ArcFace(0.5, 24), [[1.0, -1.0], [-1.0, 1.0]], [0, 0])
    assert np.isfinite(gradient).all()
    assert gradient[1, 0] < 0  # more cosine with the true person, less loss


def test_arcface_never_rewards_a_larger_angle():
    angles = np.linspace(0.01, np.pi - 0.01, 400)
    rows = np.stack([np.cos(angles), np.zeros(400)], axis=1).astype("float32")
    losses = ArcFace(0.5, 8, reduction=None)(np.zeros(400), rows)
    assert (np.diff(keras.ops.convert_to_numpy(losses)) > 0).all()


def test_without_a_margin_arcface_is_cosface():
    values = losses_by_hand.cosines().astype("float32")
    ours, theirs = (loss(0.0, 24)(losses_by_hand.PEOPLE, values) for loss in (ArcFace, CosFace))
    assert float(ours) == pytest.approx(float(theirs), rel=1e-4)


@pytest.mark.parametrize("mining", Triplet.MINING)
def test_a_collapsed_network_pays_the_margin(mining):
    values = np.ones((6, 4), "float32")
    assert float(Triplet(0.3, mining)(np.array([0, 0, 1, 1, 2, 2]), values)) == pytest.approx(0.3, abs=1e-5)


@pytest.mark.parametrize("loss", [Contrastive(), Triplet(), Triplet(mining="batch_hard")], ids=lambda loss: loss.name)
def test_gradients_are_finite_where_embeddings_are_equal_or_opposite(loss):
    values = [[1.0, 0], [1, 0], [1, 0], [-1, 0]]
    assert np.isfinite(gradient_of(loss, values, [0, 0, 1, 1])).all()


@pytest.mark.parametrize("loss", [Contrastive(), Triplet(), Triplet(mining="batch_hard")], ids=lambda loss: loss.name)
@pytest.mark.parametrize("labels", [[0, 0, 0], [0, 1, 2]], ids=["one person", "one picture each"])
def test_a_batch_without_pairs_of_a_kind_costs_no_nan(loss, labels):
    values = losses_by_hand.embeddings()[:3].astype("float32")
    value = float(loss(np.array(labels), values))
    assert np.isfinite(value)
    if loss.name == "triplet":
        assert value == 0


@pytest.mark.parametrize(
    "loss", [ArcFace(0.4, 30), Contrastive(0.7), Triplet(0.3, "batch_hard")], ids=lambda loss: loss.name
)
def test_losses_survive_saving(loss):
    again = keras.losses.deserialize(keras.losses.serialize(loss))
    assert again.get_config() == loss.get_config()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ArcFace(margin=3.2), r"`margin` must lie in 0..pi"),
        (lambda: ArcFace(scale=0), "`scale` must be positive, not 0"),
        (lambda: Contrastive(margin=0), r"`margin` must lie in 0..2"),
        (lambda: Triplet(margin=5), r"`margin` must lie in 0..4"),
        (lambda: Triplet(mining="hard"), "must be one of batch_hard, semi_hard, not 'hard'"),
    ],
)
def test_impossible_settings_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
