"""Finding eyes and mouth, and laying faces by them."""

import numpy as np
import pytest
from skimage import transform

from course_utils import environment

environment.setup()

import keras

from course_utils import alignment


def some_places(n=20, seed=0):
    """Eyes and mouth, each face another one."""
    return alignment.TEMPLATE + np.random.default_rng(seed).normal(0, 0.04, (n, 3, 2))


def dotted(places, side=64):
    """Pictures with a soft dot for each place: in the red channel the first, in the green the second, in the blue."""
    rows, columns = (np.mgrid[:side, :side] + 0.5) / side
    distance = (columns[..., np.newaxis] - places[:, np.newaxis, np.newaxis, :, 0]) ** 2 + (
        rows[..., np.newaxis] - places[:, np.newaxis, np.newaxis, :, 1]
    ) ** 2
    return (255 * np.exp(-distance / (2 * 0.04**2))).round().astype(np.uint8)


def dots(images):
    """Where the dots of pictures lie, (n, 3, 2)."""
    side = images.shape[1]
    weights = images.astype(float) / images.sum(axis=(1, 2), keepdims=True)
    centres = (np.arange(side) + 0.5) / side
    return np.stack([np.einsum("nhwc,w->nc", weights, centres), np.einsum("nhwc,h->nc", weights, centres)], axis=-1)


def test_a_similarity_is_found_again():
    random = np.random.default_rng(1)
    places = some_places()
    factor = random.uniform(0.6, 1.5, 20) * np.exp(1j * random.uniform(-3, 3, 20))
    shift = random.normal(size=20) + 1j * random.normal(size=20)
    found_factor, found_shift = alignment.similarity(places, alignment.moved(places, factor, shift))
    np.testing.assert_allclose(found_factor, factor)
    np.testing.assert_allclose(found_shift, shift)


@pytest.mark.filterwarnings("ignore::FutureWarning")  # scikit-image 0.26 has another name for it, 0.25 has not yet
def test_the_best_similarity_is_that_of_scikit_image():
    places = some_places()
    laid = alignment.moved(places, *alignment.similarity(places))
    for one, other in zip(places, laid, strict=True):
        theirs = transform.estimate_transform("similarity", one, alignment.TEMPLATE)
        np.testing.assert_allclose(theirs(one), other, atol=1e-9)


def test_pictures_go_where_their_places_go():
    places = some_places()
    images = dotted(places)
    np.testing.assert_allclose(dots(images), places, atol=0.003)
    factor, shift = np.full(20, 0.9 * np.exp(0.2j)), np.full(20, 0.12 - 0.02j)
    np.testing.assert_allclose(
        dots(alignment.warp(images, factor, shift)), alignment.moved(places, factor, shift), atol=0.003
    )


def test_a_picture_that_stays_in_place_stays_as_it_is():
    images = np.random.default_rng(0).integers(0, 256, (2, 64, 64, 3)).astype(np.uint8)
    np.testing.assert_array_equal(alignment.warp(images, np.ones(2), np.zeros(2)), images)


def test_a_quarter_turn_about_the_middle_only_exchanges_pixels():
    """So every pixel of the result is one of the picture, exactly: nothing is half a pixel off."""
    images = np.random.default_rng(0).integers(0, 256, (1, 64, 64, 3)).astype(np.uint8)
    turned = alignment.warp(images, np.array([1j]), np.array([1.0]))  # the middle, (1 + 1j) / 2, stays where it is
    np.testing.assert_array_equal(turned, np.rot90(images, -1, axes=(1, 2)))


def test_aligned_faces_have_eyes_and_mouth_where_the_template_has_them():
    """Exactly where a face is the template turned, scaled and shifted; nearer than before where it is not."""
    same = alignment.moved(np.repeat(alignment.TEMPLATE[np.newaxis], 3, axis=0),
                           np.array([0.8, 1.1, 0.9j ** 0.1]), np.array([0.1, -0.05, 0.08 - 0.03j]))  # fmt: skip
    np.testing.assert_allclose(
        dots(alignment.align(dotted(same), same)), np.broadcast_to(alignment.TEMPLATE, (3, 3, 2)), atol=0.004
    )
    other = some_places()
    laid = alignment.moved(other, *alignment.similarity(other))
    assert (np.abs(laid - alignment.TEMPLATE).sum() < np.abs(other - alignment.TEMPLATE).sum()).all()


def test_the_edge_is_repeated():
    images = np.full((1, 64, 64, 3), 90, np.uint8)
    assert (alignment.warp(images, np.array([0.5]), np.array([0.25 + 0.25j])) == 90).all()


def test_what_is_no_face_is_refused():
    images = dotted(some_places(2))
    with pytest.raises(ValueError, match="2 pictures, and eyes and mouths of 3"):
        alignment.align(images, some_places(3))
    places = some_places(2)
    places[1] = 0.4
    with pytest.raises(ValueError, match="picture 1 are no face"):
        alignment.align(images, places)
    places[1] = np.nan
    with pytest.raises(ValueError, match="picture 1 are no face"):
        alignment.align(images, places)


def test_the_mean_place_of_a_map_with_one_high_value_is_there():
    maps = np.full((1, 4, 8, 2), -50.0, np.float32)
    maps[0, 1, 6, 0] = maps[0, 3, 0, 1] = 50
    np.testing.assert_allclose(alignment.MeanPlace()(maps), [[[6.5 / 8, 1.5 / 4], [0.5 / 8, 3.5 / 4]]], atol=1e-6)
    np.testing.assert_allclose(alignment.MeanPlace()(np.zeros((1, 4, 8, 2), np.float32)), np.full((1, 2, 2), 0.5))


def test_the_network_is_what_its_text_says_and_can_be_stored(tmp_path):
    network = alignment.landmark_network(seed=0)
    assert network.count_params() == pytest.approx(0.3e6, abs=0.05e6)
    images = dotted(some_places(3))
    places = network.predict(images, verbose=0)
    assert places.shape == (3, 3, 2)
    network.save(tmp_path / "network.keras")
    again = keras.models.load_model(tmp_path / "network.keras")
    np.testing.assert_allclose(again.predict(images, verbose=0), places, atol=1e-6)
    np.testing.assert_array_equal(alignment.landmark_network(seed=0).predict(images, verbose=0), places)


def test_the_network_learns_where_dots_are():
    """After some dozens of steps it is nearer than the mean place."""
    places = some_places(160, seed=3)
    images = dotted(places)
    network = alignment.landmark_network(seed=0)
    network.compile(optimizer=keras.optimizers.Adam(3e-3), loss="mean_absolute_error")
    network.fit(images[:128], places[:128], epochs=10, batch_size=32, verbose=0)
    found = network.predict(images[128:], verbose=0)
    error, guess = (np.abs(each - places[128:]).mean() for each in (found, places.mean(axis=0)))
    assert error < guess / 2
