import numpy as np
import pytest
from fresh_python import cost

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


def pictures(n: int = 8) -> np.ndarray:
    """Made-up pictures: smooth, coloured, each different, left unlike right."""
    row, column = np.mgrid[:32, :32] / 31
    random = np.random.default_rng(0)
    colours = random.uniform(0, 90, (2, n, 1, 1, 3))
    return (60 + colours[0] * row[..., np.newaxis] + colours[1] * np.square(column[..., np.newaxis])).astype("float32")


def changed(layer: keras.layers.Layer, images: np.ndarray) -> np.ndarray:
    return keras.ops.convert_to_numpy(layer(images, training=True))


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


# -- the face-safe pipeline --------------------------------------------------------------------------------------------

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
