"""Grad-CAM against the chain rule by hand, and its sanity checks on maps whose answer is known."""

import explained_by_hand as by_hand
import numpy as np
import pytest

from course_utils import environment

environment.setup()

import keras

from course_utils import explain


@pytest.mark.parametrize("output", [0, 1])
def test_the_map_is_that_by_hand_and_the_weights_stay(output):
    network = by_hand.network()
    before = network.get_weights()
    found = explain.grad_cam(network, "features", by_hand.pictures(), output)
    np.testing.assert_allclose(found, by_hand.maps(output), atol=1e-5)
    assert found.max() > 0, "a map that is 0 everywhere would agree with anything"
    for old, new in zip(before, network.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_a_picture_has_the_same_map_whatever_is_explained_with_it():
    network, pictures = by_hand.network(), by_hand.pictures()
    together = explain.grad_cam(network, "features", pictures)
    np.testing.assert_allclose(together[1:], explain.grad_cam(network, "features", pictures[1:]), atol=1e-6)


def test_wrong_names_are_refused():
    network, pictures = by_hand.network(), by_hand.pictures()
    with pytest.raises(ValueError, match="no layer 'feature'; it has features, flatten"):
        explain.grad_cam(network, "feature", pictures)
    with pytest.raises(ValueError, match="gives no maps"):
        explain.grad_cam(network, network.layers[1].name, pictures)
    with pytest.raises(ValueError, match="2 outputs; there is no output 2"):
        explain.grad_cam(network, "features", pictures, output=2)


def test_randomised_weights_are_others_and_the_network_stays():
    network = by_hand.network()
    other = explain.randomised(network, seed=0)
    assert np.abs(other.get_weights()[0] - network.get_weights()[0]).min() > 0
    np.testing.assert_array_equal(network.get_weights()[0], by_hand.weights()[0])
    np.testing.assert_array_equal(explain.randomised(network, seed=0).get_weights()[0], other.get_weights()[0])


def test_edges_are_where_neighbours_differ():
    picture = np.zeros((1, 6, 6, 3))
    picture[:, :, 3:] = 90
    found = explain.edges(picture)
    np.testing.assert_allclose(found[0, :, 2:4], 45)  # half the step, as gradients are of both neighbours
    assert found[0, :, [0, 1, 4, 5]].max() == 0


def test_the_share_inside_is_that_of_the_heat():
    maps = np.zeros((3, 4, 4))
    maps[0, :2, :2] = 1
    maps[1] = 1
    shares = explain.share_inside(maps, top=0, left=0, height=2, width=2)
    np.testing.assert_allclose(shares, [1, 4 / 16, np.nan])
    assert explain.share_inside(maps[:1], top=2, left=0, height=2, width=4)[0] == 0


def test_rank_correlations_see_the_order_alone():
    maps = np.random.default_rng(0).uniform(0, 1, (2, 5, 5))
    np.testing.assert_allclose(explain.rank_correlations(maps, maps**3), [1, 1])
    np.testing.assert_allclose(explain.rank_correlations(maps, -maps), [-1, -1])
    assert np.isnan(explain.rank_correlations(maps[:1], np.zeros((1, 5, 5))))[0]
    with pytest.raises(ValueError, match="resize one of them"):
        explain.rank_correlations(maps, maps[:, :3])


def test_rank_correlations_are_those_of_scipy():
    from scipy.stats import spearmanr

    random = np.random.default_rng(1)
    maps, others = random.integers(0, 4, (2, 3, 6, 6))  # with ties
    expected = [spearmanr(one.ravel(), other.ravel()).statistic for one, other in zip(maps, others, strict=True)]
    np.testing.assert_allclose(explain.rank_correlations(maps, others), expected)


def test_a_network_that_sees_green_alone_looks_at_the_green_mark_and_random_weights_do_not():
    """Its first map is green less red; only that map counts.  The map of edges is the same whatever the weights."""
    images = np.random.default_rng(0).integers(0, 150, (20, 16, 16, 1)).repeat(3, axis=3).astype("float32")
    images[:, :4, :4] = (0, 255, 0)
    network = keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            keras.layers.Conv2D(2, 4, strides=4, activation="relu", use_bias=False, name="maps"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(1, use_bias=False),
        ]
    )
    kernel = np.zeros((4, 4, 3, 2), "float32")
    kernel[..., 0] = (-1, 1, 0)
    kernel[..., 1] = (1, 0, 0)
    network.set_weights([kernel, np.array([[1.0], [0.0]])])
    found = explain.grad_cam(network, "maps", images)
    np.testing.assert_allclose(explain.share_inside(found, 0, 0, 1, 1), 1, atol=1e-5)
    others = [explain.grad_cam(explain.randomised(network, seed), "maps", images) for seed in range(3)]
    assert np.mean([np.nan_to_num(explain.rank_correlations(found, other)) for other in others]) < 0.8
