"""What lesson 04 says: its functions are Keras's layers under the same draw, and its tables are what was measured."""

import numpy as np
import pytest
from test_lessons_derive import definitions

from course_utils import environment

environment.setup()

import keras

from course_utils import results
from course_utils.datasets import load_faces
from course_utils.from_scratch import transforms
from course_utils.protocols import augmentation_value

# -- what the lesson derives -------------------------------------------------------------------------------------------

PICTURE, OTHER = np.random.default_rng(0).uniform(0, 255, (2, 9, 12, 3))
PLACES = np.random.default_rng(1).uniform(-3, 14, (2, 5, 6))
DERIVED = {
    "look_up": lambda f: f(PICTURE, *PLACES),
    "rotate": lambda f: f(*PLACES, 33),
    "move": lambda f: [f(PICTURE, angle=33, size=1.3, right=2.5, down=-1), f(PICTURE)],
    "brighten": lambda f: [f(PICTURE, 0.4), f(PICTURE / 255, -0.3, 1)],
    "contrast": lambda f: [f(PICTURE, 0.4), f(PICTURE, 2.5)],
    "blur": lambda f: [f(PICTURE, 0.7), f(PICTURE, 2.0, 7)],
    "erase": lambda f: f(PICTURE, 2, 3, 4, 5, 128),
    "mix_up": lambda f: f(PICTURE, OTHER, 0.3),
}


@pytest.fixture(scope="module")
def derived():
    return definitions("04")


@pytest.mark.parametrize("name", DERIVED)
def test_the_lesson_derives_what_the_package_keeps(derived, name):
    before = PICTURE.copy()
    np.testing.assert_allclose(DERIVED[name](derived[name]), DERIVED[name](getattr(transforms, name)), rtol=1e-12)
    np.testing.assert_array_equal(PICTURE, before)


def test_the_package_keeps_nothing_that_the_lesson_does_not_derive():
    functions = {
        name for name, value in vars(transforms).items() if getattr(value, "__module__", "") == transforms.__name__
    }
    assert functions == set(DERIVED)


# -- the same as Keras's layers, under the same draw -------------------------------------------------------------------

BATCH = np.random.default_rng(2).uniform(0, 255, (6, 32, 32, 3)).astype("float32")
LABELS = np.eye(6, dtype="float32")
layers, array = keras.layers, keras.ops.convert_to_numpy


@pytest.mark.parametrize(
    ("layer", "by_hand"),
    [
        (layers.RandomRotation((0.1, 0.1), fill_mode="nearest"), lambda picture: transforms.move(picture, angle=36)),
        (
            layers.RandomTranslation((0.125, 0.125), (0.25, 0.25), fill_mode="nearest"),
            lambda picture: transforms.move(picture, right=8, down=4),
        ),
        (layers.RandomZoom((-0.2, -0.2), fill_mode="nearest"), lambda picture: transforms.move(picture, size=1.25)),
        (layers.RandomBrightness((0.2, 0.2)), lambda picture: transforms.brighten(picture, 0.2)),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_layer_whose_draw_is_fixed_does_what_the_lesson_derives(layer, by_hand):
    theirs = array(layer(BATCH, training=True))
    np.testing.assert_allclose(theirs, [by_hand(picture) for picture in BATCH], atol=0.05)


def test_flip():
    layer = layers.RandomFlip("horizontal", seed=0)
    draw = layer.get_random_transformation(BATCH)
    by_hand = np.where(array(draw["flips"]), BATCH[:, :, ::-1], BATCH)
    np.testing.assert_array_equal(array(layer.transform_images(BATCH, draw)), by_hand)


def test_crop():
    layer = layers.RandomCrop(24, 20, seed=1)
    draw = layer.get_random_transformation(BATCH)
    top, left = (int(start) for start in draw)  # one place for the batch
    np.testing.assert_array_equal(
        array(layer.transform_images(BATCH, draw)), BATCH[:, top : top + 24, left : left + 20]
    )


def test_contrast():
    layer = layers.RandomContrast((0.5, 0.5), seed=2)
    draw = layer.get_random_transformation(BATCH)
    factors = array(draw["contrast_factor"]).ravel()
    by_hand = [transforms.contrast(picture, factor) for picture, factor in zip(BATCH, factors, strict=True)]
    np.testing.assert_allclose(array(layer.transform_images(BATCH, draw)), by_hand, atol=0.02)


def test_blur_but_for_the_frame():
    """Beyond the edge, Keras takes black and the lesson goes on with the edge."""
    layer = layers.RandomGaussianBlur(factor=(1.0, 1.0), kernel_size=5, sigma=(0.8, 0.8))
    theirs = array(layer(BATCH, training=True))
    by_hand = np.stack([transforms.blur(picture, 0.8) for picture in BATCH])
    np.testing.assert_allclose(theirs[:, 2:-2, 2:-2], by_hand[:, 2:-2, 2:-2], atol=0.05)


def test_noise():
    layer, generator = layers.GaussianNoise(0.1, seed=3), keras.random.SeedGenerator(3)
    noise = array(keras.random.normal(BATCH.shape, stddev=0.1, seed=generator))
    np.testing.assert_allclose(array(layer(BATCH / 255, training=True)), BATCH / 255 + noise, atol=1e-6)


def test_erasing():
    layer = layers.RandomErasing(factor=(1.0, 1.0), scale=(0.05, 0.3), fill_value=128, seed=4)
    draw = layer.get_random_transformation(BATCH)
    theirs, masks = array(layer.transform_images(BATCH, draw)), array(draw["batch_masks"])
    for picture, covered, mask in zip(BATCH, theirs, masks, strict=True):
        (top, left), (bottom, right) = (edge(np.argwhere(mask[..., 0]), axis=0) for edge in (np.min, np.max))
        by_hand = transforms.erase(picture, top, left, bottom + 1 - top, right + 1 - left, 128)
        np.testing.assert_array_equal(covered, by_hand)


def test_mix_up_of_pictures_and_labels():
    layer = layers.MixUp(alpha=0.4, seed=5)
    draw = layer.get_random_transformation(BATCH)
    mixed = list(zip(array(draw["permutation_order"]), array(draw["mix_weight"]).ravel(), strict=True))
    for values, apply in ((BATCH, layer.transform_images), (LABELS, layer.transform_labels)):
        by_hand = [
            transforms.mix_up(one, values[other], share) for one, (other, share) in zip(values, mixed, strict=True)
        ]
        np.testing.assert_allclose(array(apply(values, draw)), by_hand, atol=1e-3)


def test_cut_mix_takes_the_weight_from_the_area():
    """Of the rectangle as it was drawn, with fractions of pixels; the mask covers whole ones."""
    layer = layers.CutMix(seed=6)
    draw = layer.get_random_transformation(BATCH)
    masks, partners = array(draw["batch_masks"]), array(draw["permutation_order"])
    np.testing.assert_array_equal(array(layer.transform_images(BATCH, draw)), np.where(masks, BATCH[partners], BATCH))
    areas = 1 - masks[..., 0].mean(axis=(1, 2))
    np.testing.assert_allclose(array(draw["mix_weight"]).ravel(), areas, atol=2 * 32 / 32**2)


def test_rand_augment_draws_kinds_for_the_batch_and_strengths_for_each_picture():
    layer = layers.RandAugment(num_ops=2, factor=0.5, seed=7)
    draw = layer.get_random_transformation(BATCH)
    assert array(draw["layer_idxes"]).shape == (2,)
    assert len(np.unique(array(draw["transforms"]["random_rotation"]["angle"]))) == len(BATCH)
    by_hand = BATCH
    for index in array(draw["layer_idxes"]):
        name = list(draw["transforms"])[index]
        by_hand = array(getattr(layer, name).transform_images(by_hand, draw["transforms"][name]))
    np.testing.assert_allclose(array(layer.transform_images(BATCH, draw)), by_hand, atol=0.01)


def test_the_layers_that_draw_once_for_a_batch_are_those_that_the_lesson_names():
    """All random layers get one picture 24 times; trap 3 names those that make one result of it."""
    half, always = (0.3, 0.3), (1.0, 1.0)
    tried = {
        "RandomBrightness": layers.RandomBrightness(0.3, seed=0),
        "RandomColorDegeneration": layers.RandomColorDegeneration(0.5, seed=0),
        "RandomColorJitter": layers.RandomColorJitter(brightness_factor=0.3, seed=0),
        "RandomContrast": layers.RandomContrast(half, seed=0),
        "RandomCrop": layers.RandomCrop(24, 24, seed=0),
        "RandomElasticTransform": layers.RandomElasticTransform(factor=always, scale=(1.0, 3.0), seed=0),
        "RandomErasing": layers.RandomErasing(always, seed=0),
        "RandomFlip": layers.RandomFlip("horizontal", seed=0),
        "RandomGaussianBlur": layers.RandomGaussianBlur(always, sigma=(0.2, 2.0), seed=0),
        "RandomGrayscale": layers.RandomGrayscale(0.5, seed=0),
        "RandomHue": layers.RandomHue(0.3, seed=0),
        "RandomInvert": layers.RandomInvert(factor=(0.5, 0.5), seed=0),
        "RandomPerspective": layers.RandomPerspective(factor=1.0, scale=0.5, seed=0),
        "RandomPosterization": layers.RandomPosterization(4, seed=0),
        "RandomRotation": layers.RandomRotation(0.1, seed=0),
        "RandomSaturation": layers.RandomSaturation((0.2, 0.8), seed=0),
        "RandomSharpness": layers.RandomSharpness(0.5, seed=0),
        "RandomShear": layers.RandomShear(0.2, 0.2, seed=0),
        "RandomTranslation": layers.RandomTranslation(0.1, 0.1, seed=0),
        "RandomZoom": layers.RandomZoom(0.2, seed=0),
        "RandAugment": layers.RandAugment(seed=7),
    }
    same = np.stack([BATCH[0]] * 24)
    found = {name: len(np.unique(array(layer(same, training=True)).round(2), axis=0)) for name, layer in tried.items()}
    fixed = {"RandomPosterization"}  # nothing is drawn but the number of bits, which is given
    assert {name for name, results in found.items() if results == 1} - fixed == {"RandomCrop", "RandomGaussianBlur"}


# -- the benchmarks ----------------------------------------------------------------------------------------------------


def test_the_pipeline_meets_its_bar_in_the_input_and_in_the_model():
    from benchmarks import augmentation_speed

    steps = {row["way"]: row for row in results.load("augmentation_speed")["rows"] if row["part"] == "step"}
    for strength in ("light", "medium"):
        for place in ("in tf.data", "in the model"):
            row = steps[f'face_pipeline("{strength}"), {place}']
            assert row["throughput, processor"] >= augmentation_speed.BAR, row


def test_the_table_of_what_augmentation_buys_is_whole():
    rows = results.load("augmentation_value")["rows"]
    columns = ("changes", "pictures", "people", "steps")
    assert [augmentation_value.Case(*(row[column] for column in columns)) for row in rows] == list(
        augmentation_value.CASES
    )
    assert {len(row["runs"]) for row in rows} == {len(augmentation_value.SEEDS)}


def test_no_two_seeds_of_the_benchmark_share_a_person_or_a_picture():
    faces = load_faces("rendered", split="train", size=8)
    known, new = [], []
    for seed in augmentation_value.SEEDS:
        dealt = augmentation_value.parts(faces, augmentation_value.Case("none", 16), seed)
        known.append(set(dealt.train.names))
        new.append(set(np.take(dealt.new.names, np.unique(dealt.new.labels))))
        assert known[-1] == set(dealt.test.names)
        assert not known[-1] & new[-1]
        assert not set(dealt.train.attributes["shot_seed"]) & set(dealt.test.attributes["shot_seed"])
    for groups in (known, new):
        assert {len(group) for group in groups} == {augmentation_value.PEOPLE}
        assert len(set.union(*groups)) == augmentation_value.PEOPLE * len(augmentation_value.SEEDS)


def test_fewer_pictures_and_fewer_people_are_some_of_the_more():
    faces = load_faces("rendered", split="train", size=8)
    more, fewer, few = (
        augmentation_value.parts(faces, augmentation_value.Case("none", pictures, people), seed=3)
        for pictures, people in ((16, 20), (4, 20), (4, 5))
    )
    assert (len(more.train), len(fewer.train), len(few.train), len(fewer.test)) == (320, 80, 20, 80)
    assert set(few.train.attributes["shot_seed"]) <= set(fewer.train.attributes["shot_seed"])
    assert set(fewer.train.attributes["shot_seed"]) <= set(more.train.attributes["shot_seed"])
    np.testing.assert_array_equal(more.test.images, fewer.test.images)


def test_the_copies_of_a_test_picture_are_moved_and_mirrored():
    images = BATCH[:2, 4:28, 4:28].astype("uint8")
    copies = augmentation_value.copies(images, shift=2)
    assert len(copies) == 10
    np.testing.assert_array_equal(copies[0], images)
    np.testing.assert_array_equal(copies[1][:, 2:], images[:, :-2])
    np.testing.assert_array_equal(copies[5], images[:, :, ::-1])
    assert all(copy.shape == images.shape for copy in copies)
