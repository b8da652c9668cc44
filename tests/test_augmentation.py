import numpy as np
import pytest
from fresh_python import cost
from made_up_pictures import changed, pictures

from course_utils import environment

environment.setup()

import keras

from course_utils import augmentation
from course_utils.augmentation import sampling

LAYERS = [
    augmentation.RandomGeometry,
    augmentation.RandomBlur,
    augmentation.RandomColour,
    augmentation.RandomShading,
    augmentation.RandomNoise,
    augmentation.RandomPatch,
]


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_changes_pictures_in_training_only_and_keeps_them_pictures(layer):
    images = pictures()
    np.testing.assert_array_equal(layer(seed=1)(images), images)
    result = changed(layer(seed=1), images)
    assert result.shape == images.shape
    assert (np.abs(result - images).mean(axis=(1, 2, 3)) > 0.1).any()
    assert result.min() >= 0
    assert result.max() <= 255.01


@pytest.mark.parametrize("layer", LAYERS)
def test_the_same_seed_gives_the_same_changes_and_the_next_call_others(layer):
    images = pictures()
    one, other = layer(seed=3), layer(seed=3)
    first = changed(one, images)
    np.testing.assert_array_equal(first, changed(other, images))
    assert not np.array_equal(first, changed(one, images))
    assert not np.array_equal(first, changed(layer(seed=4), images))


def test_a_saved_pipeline_is_read_back_with_its_settings(tmp_path):
    pipeline = augmentation.transfer_pipeline(seed=3)
    pipeline(pictures(2))
    pipeline.save(tmp_path / "pipeline.keras")
    loaded = keras.saving.load_model(tmp_path / "pipeline.keras")
    configs = [[layer.get_config() for layer in network.layers] for network in (pipeline, loaded)]
    assert configs[0] == configs[1]
    assert augmentation.RandomGeometry(turn=0.5).get_config()["turn"] == 0.5


def test_names_of_the_package_are_loaded_on_first_use():
    assert cost("from course_utils.augmentation import STRENGTHS", runs=1)[1].isdisjoint({"keras", "tensorflow"})
    with pytest.raises(AttributeError, match="'nothing'"):
        _ = augmentation.nothing


def test_without_strength_only_the_mirror_is_left():
    images = pictures(32)
    result = changed(augmentation.RandomGeometry(turn=0, zoom=0, stretch=0, shift=0, seed=0), images)
    kept = np.isclose(result, images, atol=0.01).all(axis=(1, 2, 3))
    mirrored = np.isclose(result, images[:, :, ::-1], atol=0.01).all(axis=(1, 2, 3))
    assert (kept ^ mirrored).all()
    assert 8 <= mirrored.sum() <= 24


def test_places_between_pixels_by_hand():
    image = np.arange(6, dtype="float32").reshape(1, 2, 3, 1)  # rows 0 1 2 and 3 4 5
    x = np.array([0, 1.5, 2, -0.5, 2.5]).reshape(1, 1, 5, 1).astype("float32")
    y = np.array([0, 0.5, 1, 0, 0]).reshape(1, 1, 5, 1).astype("float32")
    values = keras.ops.convert_to_numpy(sampling.sample(image, x, y))
    np.testing.assert_allclose(values.ravel(), [0, 3, 5, 0.5, 1.5])


def test_a_shift_moves_the_picture_by_its_share():
    """A bright column in the middle moves by 0.25 of the side at most in most pictures, and rows stay as they are."""
    images = np.zeros((64, 33, 33, 3), "float32")
    images[:, :, 16] = 255
    result = changed(augmentation.RandomGeometry(turn=0, zoom=0, stretch=0, shift=0.1, seed=0), images)
    column = (result[..., 0].mean(axis=1) * np.arange(33)).sum(axis=1) / result[..., 0].mean(axis=1).sum(axis=1)
    assert np.std(column - 16) == pytest.approx(0.1 * 33, rel=0.35)


def test_blur_keeps_the_mean_and_takes_detail():
    stripes = np.tile(np.array([0, 255], "float32"), 16)[np.newaxis, np.newaxis, :, np.newaxis] * np.ones((4, 32, 1, 3))
    result = changed(augmentation.RandomBlur(share=1, largest=3, seed=0), stripes.astype("float32"))
    assert (result[:, :, 8:24].std(axis=2) < 0.99 * stripes[:, :, 8:24].std(axis=2)).all()
    np.testing.assert_allclose(result[:, :, 8:24].mean(axis=2), 127.5, atol=8)


def test_grey_has_three_equal_channels_and_its_luma():
    images = pictures()
    layer = augmentation.RandomColour(gamma=0, balance=0, saturation=0, contrast=0, brightness=0, grey=1, seed=0)
    result = changed(layer, images)
    np.testing.assert_allclose(result, (images @ np.array(augmentation.LUMA))[..., np.newaxis].repeat(3, -1), rtol=1e-3)


def test_a_patch_is_a_rectangle_of_a_bounded_size():
    images = np.full((64, 32, 32, 3), 255.0, "float32")  # as bright as no colour that a patch has
    layer = augmentation.RandomPatch(share=1, smallest=0.25, largest=0.5, seed=0)
    covered = (changed(layer, images) < 255).all(axis=-1)
    covered = covered[covered.any(axis=(1, 2))]  # the others were covered by their neighbour, which looks the same
    rows, columns = covered.any(axis=2), covered.any(axis=1)
    np.testing.assert_array_equal(covered, rows[:, :, np.newaxis] & columns[:, np.newaxis])
    for sides in (rows.sum(axis=1), columns.sum(axis=1)):
        assert sides.min() >= 7
        assert sides.max() <= 17


def test_a_patch_covers_the_pixels_whose_centres_it_holds(monkeypatch):
    layer = augmentation.RandomPatch(seed=0)
    drawn = iter([np.full((1, 1, 1, 1), 0.25, "float32"), np.full((1, 1, 1, 1), 0.5, "float32")])
    monkeypatch.setattr(layer, "uniform", lambda *_, **__: next(drawn))
    rows = layer.stripe(np.zeros((1, 4, 4, 3), "float32"), axis=1)  # from 0.375 to 0.625
    assert np.ravel(rows).tolist() == [False, True, False, False]


def test_shading_is_even_and_falls_to_opposite_sides():
    result = changed(augmentation.RandomShading(across=0.2, down=0, seed=0), np.full((16, 8, 9, 3), 100.0, "float32"))
    np.testing.assert_allclose(result[:, :, 4], 100, atol=1e-3)
    np.testing.assert_allclose(np.diff(result[:, 0, :, 0], n=2, axis=1), 0, atol=1e-3)


@pytest.mark.parametrize("compiled", [False, True])
def test_the_pipeline_trains_in_batches_of_any_size_compiled_by_xla_or_not(compiled):
    """On a GPU, Keras compiles with XLA, which knows fewer operations; here it is switched on."""
    inputs = keras.Input((16, 16, 3))
    features = keras.layers.GlobalAveragePooling2D()(augmentation.transfer_pipeline(0)(inputs))
    model = keras.Model(inputs, keras.layers.Dense(1)(features))
    model.compile(optimizer="sgd", loss="mse", jit_compile=compiled)
    history = model.fit(pictures(6)[:, ::2, ::2] / 255, np.zeros(6), batch_size=6 if compiled else 4, verbose=0)
    assert np.isfinite(history.history["loss"]).all()
