"""The pipeline that changes faces so that everybody stays who they are, and what both pipelines refuse."""

import numpy as np
import pytest
from made_up_pictures import changed, pictures

from course_utils import environment

environment.setup()

import keras

from course_utils import augmentation
from course_utils.augmentation import sampling

NONE = augmentation.Strength(
    turn=0, zoom=0, stretch=0, shift=0, brightness=0, contrast=0, balance=0, noise=0, erased=0, longest_side=0
)


def drawn(layer: augmentation.FaceAugmentation, count: int = 1, **set_to) -> dict:
    """What the layer draws for its first call, with some of it set to what a test wants."""
    values = {name: keras.ops.convert_to_numpy(value) for name, value in layer.draw(count).items()}
    assert not set(set_to) - set(values)
    return values | {name: np.full(count, value) for name, value in set_to.items()}


def transformed(images: np.ndarray, strength=NONE, **set_to) -> np.ndarray:
    layer = augmentation.FaceAugmentation(strength, mirror=False, compiled=False)
    return keras.ops.convert_to_numpy(layer.transform(images, drawn(layer, len(images), **set_to)))


@pytest.mark.parametrize("strength", augmentation.STRENGTHS)
def test_the_pipeline_changes_faces_in_training_only_and_repeats_itself_from_the_seed(strength):
    images = pictures(8).astype("uint8")
    layer, same = augmentation.face_pipeline(strength, seed=5), augmentation.face_pipeline(strength, seed=5)
    np.testing.assert_array_equal(layer(images), images)
    calls = [changed(layer, images) for _ in range(3)]
    for result in calls:
        np.testing.assert_array_equal(result, changed(same, images))
        assert result.dtype == np.float32
        assert 0 <= result.min() <= result.max() <= 255
        assert (np.abs(result - images).mean(axis=(1, 2, 3)) > 1).all()
    assert not np.array_equal(calls[0], calls[1])
    assert not np.array_equal(calls[0], changed(augmentation.face_pipeline(strength, seed=6), images))
    by_hand = layer.transform(images, layer.draw(8, seed=5, step=2))
    np.testing.assert_allclose(calls[2], by_hand, atol=0.01)


def test_what_is_drawn_lies_evenly_between_the_bounds():
    for strength in augmentation.STRENGTHS.values():
        values = drawn(augmentation.FaceAugmentation(strength), 4000)
        for name, bound in (("turn", strength.turn), ("shift_x", strength.shift), ("green", strength.balance)):
            assert np.abs(values[name]).max() == pytest.approx(bound, rel=0.01)
            assert np.abs(values[name].mean()) < 0.05 * bound
            assert values[name].std() == pytest.approx(bound / 3**0.5, rel=0.05)
        assert np.mean(values["mirror"] < 0) == pytest.approx(0.5, abs=0.03)
        assert values["erased"].mean() == pytest.approx(strength.erased, abs=0.03)
        assert (values["top"] + values["height"]).max() <= 1
        assert (values["height"] * values["width"]).max() <= 0.21  # a fifth of the face at most
    assert (drawn(augmentation.FaceAugmentation("strong", mirror=False), 100)["mirror"] == 1).all()


def test_draws_of_the_hash_are_independent_of_each_other():
    draws = np.asarray(sampling.uniform_draws(3, 7, 20_000, 22))
    assert np.abs(np.corrcoef(draws.T)[np.triu_indices(22, k=1)]).max() < 5 / 20_000**0.5
    assert np.abs(np.histogram(draws, bins=50, range=(0, 1), density=True)[0] - 1).max() < 0.05
    numbers = np.arange(3000)[:, np.newaxis]
    for values in (sampling.uniform_draws(3, numbers, 1, 22), sampling.uniform_draws(numbers, 0, 1, 22)):
        values = np.asarray(values)
        assert np.abs(np.corrcoef(values[:-1, 0], values[1:, 0])[0, 1]) < 5 / 3000**0.5
        assert values.mean() == pytest.approx(0.5, abs=0.01)


def test_nothing_drawn_changes_nothing():
    images = pictures()
    np.testing.assert_allclose(transformed(images), images, atol=1e-3)


def test_each_change_by_hand():
    images = pictures(3)
    np.testing.assert_allclose(transformed(images, mirror=-1), images[:, :, ::-1], atol=1e-3)
    right, down = transformed(images, shift_x=2 / 32), transformed(images, shift_y=3 / 32)
    np.testing.assert_allclose(right[:, :, 2:], images[:, :, :-2], atol=1e-3)
    np.testing.assert_allclose(down[:, 3:], images[:, :-3], atol=1e-3)
    np.testing.assert_allclose(transformed(images, turn=90), np.rot90(images, 1, axes=(1, 2)), atol=1e-2)
    twice = transformed(images, zoom=1.0)  # the middle fills the picture
    np.testing.assert_allclose(twice.mean(axis=(1, 2)), images[:, 8:24, 8:24].mean(axis=(1, 2)), atol=0.5)
    mean = images.mean(axis=(1, 2), keepdims=True)
    np.testing.assert_allclose(transformed(images, brightness=0.1), np.clip(images + 25.5, 0, 255), atol=1e-2)
    np.testing.assert_allclose(transformed(images, contrast=-0.5), mean + (images - mean) / 2, atol=1e-2)
    np.testing.assert_allclose(transformed(images, red=0.1), images * [1.1, 1, 1], atol=1e-2)


def test_noise_is_nearly_normal_and_another_in_each_picture():
    images = np.full((2, 64, 64, 3), 128.0)
    layer = augmentation.FaceAugmentation("medium", compiled=False)
    values = drawn(layer, 2, noise=0.05, turn=0, brightness=0, contrast=0, red=0, green=0, blue=0, erased=0)
    noise = (keras.ops.convert_to_numpy(layer.transform(images, values)) - 128) / (0.05 * 255)
    assert noise.mean() == pytest.approx(0, abs=0.02)
    assert noise.std() == pytest.approx(1, abs=0.02)
    assert np.mean(np.abs(noise) < 1) == pytest.approx(0.683, abs=0.02)
    flat = noise.reshape(2, -1)
    assert np.abs(np.corrcoef(flat)[0, 1]) < 0.05
    assert np.abs(np.corrcoef(flat[0, :-3], flat[0, 3:])[0, 1]) < 0.05  # a pixel and its neighbour


def test_blur_is_the_mean_of_neighbours_and_keeps_edges():
    stripes = np.tile(np.array([0.0, 0.0, 90.0]), 4)[np.newaxis, np.newaxis, :, np.newaxis] * np.ones((1, 6, 1, 3))
    strength = augmentation.Strength(**{**vars(NONE), "blur": 1 / 3})
    result = transformed(stripes, strength, blur=1 / 3)
    np.testing.assert_allclose(result[0, :, 1:-1], 30, atol=1e-3)
    np.testing.assert_allclose(result[0, :, 0], 0, atol=1e-3)
    np.testing.assert_allclose(result[0, :, -1], 60, atol=1e-3)


@pytest.fixture(scope="module")
def faces():
    """Where the eyes of all rendered people are."""
    from course_utils.datasets import load_faces

    return load_faces("rendered", size=8).attributes


@pytest.mark.parametrize("strength", augmentation.STRENGTHS)
def test_a_face_stays_upright_and_its_eyes_in_the_picture(strength, faces):
    """All rendered people, at random draws and at the bounds; where a point goes follows from the draw."""
    layer = augmentation.FaceAugmentation(strength)
    random = drawn(layer, len(faces))
    bounds = {name: np.sign(random[name]) * layer.strength.shift for name in ("shift_x", "shift_y")}
    bounds |= {name: np.sign(random[name]) * getattr(layer.strength, name) for name in ("turn", "zoom", "stretch")}
    for values in (random, random | bounds):
        angle = np.radians(values["turn"])
        assert np.cos(angle).min() > 0.95
        for side in ("right", "left"):
            x, y = (faces[f"{side}_eye_{axis}"].to_numpy() - 55.5 for axis in "xy")  # of 112 pixels, from the middle
            x = values["mirror"] * x * (1 + values["zoom"]) * (1 + values["stretch"])
            y = y * (1 + values["zoom"])
            new_x = np.cos(angle) * x + np.sin(angle) * y + values["shift_x"] * 112
            new_y = np.cos(angle) * y - np.sin(angle) * x + values["shift_y"] * 112
            assert np.abs(new_x).max() < 56
            assert np.abs(new_y).max() < 56


def test_where_an_eye_goes_is_where_it_is_drawn():
    """The formula of the test above, against a bright spot."""
    images = np.zeros((16, 112, 112, 3), "float32")
    images[:, 36, 75] = 255
    layer = augmentation.FaceAugmentation("strong", compiled=False)
    values = drawn(layer, 16, brightness=0, contrast=0, noise=0, erased=0, blur=0)
    result = keras.ops.convert_to_numpy(layer.transform(images, values))[..., 0]
    row, column = np.mgrid[:112, :112] - 55.5
    x = values["mirror"] * (75 - 55.5) * (1 + values["zoom"]) * (1 + values["stretch"])
    y = (36 - 55.5) * (1 + values["zoom"])
    angle, total = np.radians(values["turn"]), result.sum(axis=(1, 2))
    found_x, found_y = (result * column).sum(axis=(1, 2)) / total, (result * row).sum(axis=(1, 2)) / total
    np.testing.assert_allclose(found_x, np.cos(angle) * x + np.sin(angle) * y + values["shift_x"] * 112, atol=0.5)
    np.testing.assert_allclose(found_y, np.cos(angle) * y - np.sin(angle) * x + values["shift_y"] * 112, atol=0.5)


@pytest.mark.parametrize("strength", augmentation.STRENGTHS)
def test_skin_stays_redder_than_blue(strength):
    """Hue is not turned: the light's colour changes, by its bound and no more."""
    bound = augmentation.STRENGTHS[strength].balance
    images = np.full((500, 8, 8, 3), [180.0, 130.0, 110.0])
    layer = augmentation.FaceAugmentation(strength, compiled=False)
    values = drawn(layer, 500, noise=0, erased=0, brightness=0)
    result = keras.ops.convert_to_numpy(layer.transform(images, values))
    ratio = (result[..., 0] / result[..., 2]) / (180 / 110)
    assert ratio.max() <= (1 + bound) / (1 - bound) + 1e-4
    assert (result[..., 0] > result[..., 1]).all()


@pytest.mark.parametrize("strength", augmentation.STRENGTHS)
def test_skin_keeps_a_hue_that_skin_has(strength):
    """At most 8 % of the pictures leave the range in which 98 % of them lie; RandomHue(0.1) would move half of them."""
    from skimage import color

    from course_utils.datasets import load_faces, rendered

    images = load_faces("rendered", split="train", people=20, size=32).images
    skin = rendered.load_masks("train", people=20, size=32) == 1

    def hues(pictures):
        means = np.array([picture[mask].mean(axis=0) for picture, mask in zip(pictures, skin, strict=True)]) / 255
        lab = color.rgb2lab(means[:, None])[:, 0]
        return np.degrees(np.arctan2(lab[:, 2], lab[:, 1])) % 360

    layer = augmentation.FaceAugmentation(strength, mirror=False, compiled=False)
    nowhere = {"turn": 0, "zoom": 0, "stretch": 0, "shift_x": 0, "shift_y": 0, "erased": 0}
    result = keras.ops.convert_to_numpy(layer.transform(images, drawn(layer, len(images), **nowhere)))
    low, high = np.quantile(hues(images), (0.01, 0.99))
    assert np.mean((hues(result) < low) | (hues(result) > high)) <= 0.08


def test_the_pipeline_is_saved_with_a_model_and_sleeps_in_prediction(tmp_path):
    model = keras.Sequential(
        [keras.Input((16, 16, 3)), augmentation.face_pipeline("light", seed=2), keras.layers.Flatten()]
    )
    images = pictures(3)[:, ::2, ::2]
    np.testing.assert_array_equal(model.predict(images, verbose=0), images.reshape(3, -1))
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    layer = again.layers[0]
    assert layer.strength == augmentation.STRENGTHS["light"]
    assert (layer.seed, layer.mirror) == (2, True)
    np.testing.assert_array_equal(again.predict(images, verbose=0), images.reshape(3, -1))


def test_the_pipeline_serves_a_tf_data_path_and_the_same_as_called_directly():
    import tensorflow as tf

    images = pictures(10).astype("uint8")
    layer, direct = augmentation.face_pipeline(seed=4), augmentation.face_pipeline(seed=4)
    batches = tf.data.Dataset.from_tensor_slices(images).batch(4).map(lambda batch: layer(batch, training=True))
    for number, batch in enumerate(batches):
        expected = changed(direct, images[4 * number : 4 * number + 4])
        np.testing.assert_allclose(batch, expected, atol=0.01)


@pytest.mark.parametrize("compiled", [False, True])
def test_a_model_trains_behind_the_pipeline_compiled_by_xla_or_not(compiled):
    inputs = keras.Input((16, 16, 3))
    features = keras.layers.GlobalAveragePooling2D()(augmentation.face_pipeline("strong", seed=0)(inputs))
    model = keras.Model(inputs, keras.layers.Dense(1)(features))
    model.compile(optimizer="sgd", loss="mse", jit_compile=compiled)
    history = model.fit(pictures(6)[:, ::2, ::2] / 255, np.zeros(6), batch_size=6 if compiled else 4, verbose=0)
    assert np.isfinite(history.history["loss"]).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"strength": "huge"}, "strength: expected one of 'light', 'medium', 'strong', got 'huge'"),
        ({"seed": -1}, "seed must lie between 0 and"),
        ({"seed": 2**31}, "seed must lie between 0 and"),
    ],
)
def test_the_pipeline_refuses(arguments, message):
    with pytest.raises(ValueError, match=message):
        augmentation.face_pipeline(**arguments)


@pytest.mark.parametrize("make", [augmentation.transfer_pipeline, augmentation.face_pipeline])
def test_grey_pictures_stay_grey(make):
    images = pictures(4)[..., :1]
    grey = changed(make(), images)
    assert grey.shape == (4, 32, 32, 1)
    assert np.abs(grey - images).mean() > 1
    assert keras.Sequential([keras.Input((32, 32, 1)), make()]).output_shape == (None, 32, 32, 1)


def test_the_pipeline_takes_pictures_of_another_shape_after_the_first_was_compiled():
    layer, images = augmentation.face_pipeline(), pictures(2)[:, ::2, ::2]
    for shown in (images, images[..., :1], images[:, :12, :8]):
        assert changed(layer, shown).shape == shown.shape


def test_a_grey_picture_is_changed_as_its_three_equal_channels_are():
    strength = augmentation.Strength(**(vars(augmentation.STRENGTHS["medium"]) | {"balance": 0.0, "erased": 0.0}))
    layer, grey = augmentation.FaceAugmentation(strength, compiled=False), pictures(4)[..., :1]
    drawn = layer.draw(4)
    noiseless = drawn | {"noise": 0 * drawn["noise"]}  # which is another one in each channel
    three = layer.transform(np.repeat(grey, 3, axis=-1), noiseless)
    np.testing.assert_allclose(layer.transform(grey, noiseless), three[..., 1:2], atol=1e-3)


@pytest.mark.parametrize("make", [augmentation.transfer_pipeline, augmentation.face_pipeline])
@pytest.mark.parametrize(
    ("shape", "advice"),
    [
        ((32, 32, 3), r"got \(32, 32, 3\). Give a single picture a first axis"),
        ((2, 32, 32, 4), "Take three channels of a picture with four"),
        ((2, 1, 32, 3), "at least 2 x 2 pixels"),
        ((None, None, None, 3), "Resize all pictures to one size before"),
    ],
)
def test_pictures_of_another_shape_are_refused_with_advice(make, shape, advice):
    import tensorflow as tf

    with pytest.raises(ValueError, match=advice):
        tf.function(lambda images: make()(images, training=True)).get_concrete_function(tf.TensorSpec(shape))
