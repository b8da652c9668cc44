import ast
import json
from pathlib import Path

import numpy as np
import pytest

from course_utils import environment

environment.setup()

import keras

from course_utils.datasets import load_faces
from course_utils.from_scratch.optimizers import SGD
from course_utils.models import article_network, embedding_network
from course_utils.training import Batches, PeopleBatches, gradients, keras_path, train_network, train_on_batch

ROOT = Path(__file__).resolve().parent.parent
LESSON = ROOT / "notebooks" / "05_full_pipeline.ipynb"


def test_every_epoch_sees_every_picture_once_in_a_new_order():
    batches = Batches(np.arange(10)[:, None], np.arange(10), batch_size=4, seed=1)
    epochs = []
    for _ in range(5):
        labels = [batches[index][1] for index in range(len(batches))]
        assert [len(part) for part in labels] == [4, 4, 2]
        epochs.append(tuple(np.concatenate(labels).tolist()))
        batches.on_epoch_end()
    assert all(sorted(epoch) == list(range(10)) for epoch in epochs)
    assert len(set(epochs)) == 5


def test_the_same_seed_gives_the_same_orders():
    one, other = (Batches(np.arange(10), np.arange(10), seed=4) for _ in range(2))
    for batches in (one, other):
        batches.on_epoch_end()
    np.testing.assert_array_equal(one[0][0], other[0][0])


def test_pictures_and_labels_stay_together():
    images, labels = Batches(np.arange(10) * 10, np.arange(10), batch_size=10)[0]
    np.testing.assert_array_equal(images, labels * 10)


@pytest.mark.parametrize(
    ("images", "labels", "batch_size", "message"),
    [
        (np.zeros(3), np.zeros(2), 1, "3 images but 2 labels"),
        (np.zeros(0), np.zeros(0), 1, "no images"),
        (np.zeros(3), np.zeros(3), 0, "at least 1"),
    ],
)
def test_impossible_batches_are_refused(images, labels, batch_size, message):
    with pytest.raises(ValueError, match=message):
        Batches(images, labels, batch_size=batch_size)


def test_the_article_network_is_the_articles():
    model = article_network((64, 64, 3))
    assert model.count_params() == 2_453_569  # as the printed program has
    assert model.output_shape == (None, 1)
    assert article_network((25, 25, 3), outputs=40).layers[-1].activation is keras.activations.softmax


@pytest.mark.parametrize(("shape", "outputs"), [((25, 25), 1), ((25, 25, 1), 1), ((25, 25, 3), 0)])
def test_impossible_networks_are_refused(shape, outputs):
    with pytest.raises(ValueError, match="must be"):
        article_network(shape, outputs)


def test_lesson_and_module_build_the_same_network():
    """The lesson's own function, taken from its cell, and the module's give one configuration."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    (source,) = [source for source in sources if source.startswith("def article_network(")]
    namespace = {"keras": keras}
    exec(compile(ast.parse(source), "lesson", "exec"), namespace)
    for outputs in (1, 40):
        taught, kept = namespace["article_network"]((25, 25, 3), outputs), article_network((25, 25, 3), outputs)
        assert without_names(taught.get_config()) == without_names(kept.get_config())


def without_names(config):
    """Drop the names that Keras numbers through a session."""
    if isinstance(config, dict):
        return {key: without_names(value) for key, value in config.items() if key not in ("name", "shared_object_id")}
    return [without_names(value) for value in config] if isinstance(config, list) else config


def test_training_repeats_as_by_hand_and_compiled_by_xla_agrees():
    """Keras compiles with XLA on a GPU only; here it is switched on, so that Colab's way is run without a GPU."""
    train, validation = load_faces("lfw_subset").split(test_size=30, seed=0)
    model, history = train_network(train, validation, epochs=1, seed=5)
    again, unwatched = train_network(train, None, epochs=1, seed=5)  # what is only watched changes nothing
    assert set(unwatched) == {"loss", "accuracy"}
    np.testing.assert_array_equal(model.get_weights()[0], again.get_weights()[0])

    keras.utils.set_random_seed(5)
    by_hand = article_network((25, 25, 3))
    by_hand.compile(optimizer="adam", loss="binary_crossentropy")
    by_hand.fit(Batches(train.images, train.labels, batch_size=32, seed=5), epochs=1, verbose=0)
    np.testing.assert_allclose(model.get_weights()[0], by_hand.get_weights()[0], atol=1e-6)

    plain = model.predict(validation.images, verbose=0)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"], jit_compile=True)
    np.testing.assert_allclose(model.predict(validation.images, verbose=0), plain, atol=1e-4)
    model.fit(train.images[:64], train.labels[:64], batch_size=32, verbose=0)
    assert set(history) == {"loss", "accuracy", "val_loss", "val_accuracy"}


def test_a_step_gives_the_loss_of_its_batch_alone():
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="ones")])
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mean_squared_error")
    losses = [train_on_batch(model, np.array([[x]]), np.array([[0.0]])) for x in (1.0, 3.0, 2.0)]
    assert losses == [1.0, 9.0, 4.0]  # a running mean would be 1, 5, 4.67


def test_the_embedding_network_is_small_and_looks_at_the_middle():
    model = embedding_network()
    assert model.output_shape == (None, 128)
    assert 1.0e6 < model.count_params() < 1.3e6
    random = np.random.default_rng(0)
    faces = random.integers(0, 255, (2, 64, 64, 3)).astype("uint8")
    border = faces.copy()
    border[:, :4] = 0
    border[:, :, -4:] = 255
    np.testing.assert_array_equal(model.predict(faces, verbose=0), model.predict(border, verbose=0))
    assert embedding_network((112, 112, 3), width=4).predict(np.zeros((1, 112, 112, 3)), verbose=0).shape == (1, 128)


@pytest.mark.parametrize(
    "wrong", [{"image_shape": (64, 64)}, {"image_shape": (64, 64, 1)}, {"width": 0}, {"embedding_size": 0}]
)
def test_impossible_embedding_networks_are_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        embedding_network(**wrong)


def test_gradients_are_those_of_the_loss_and_change_no_weight():
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dropout(0.5), keras.layers.Dense(1)])
    rows, labels = np.array([[1.0, 2, 3], [4, 5, 6]], "float32"), np.array([[1.0], [2.0]], "float32")
    weights, bias = before = model.get_weights()
    of_sums = 2 * (rows @ weights + bias - labels) / len(rows)
    of_weights, of_bias = gradients(model, "mean_squared_error", rows, labels)
    np.testing.assert_allclose(of_weights, rows.T @ of_sums, rtol=1e-4)
    np.testing.assert_allclose(of_bias, of_sums.sum(axis=0), rtol=1e-4)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


@pytest.mark.parametrize("nesterov", [False, True])
def test_the_path_of_a_keras_optimizer_under_given_gradients(nesterov):
    steps = np.random.default_rng(0).normal(size=(20, 3))
    start = np.array([1.0, -2.0, 3.0])
    ours, weights = SGD(0.125, 0.75, nesterov), start
    found = keras_path(keras.optimizers.SGD(0.125, 0.75, nesterov), start, steps)
    assert found.dtype == np.float64
    assert start.tolist() == [1, -2, 3]
    for gradient, after in zip(steps, found, strict=True):
        weights = ours.update(weights, gradient)
        np.testing.assert_allclose(after, weights, rtol=1e-12)


# -- batches of people -------------------------------------------------------------------------------------------------


def people_to_batch(counts=(5, 4, 6, 4, 5)):
    labels = np.random.default_rng(0).permutation(np.repeat(10 + np.arange(len(counts)), counts))
    return np.arange(len(labels))[:, np.newaxis], labels


def test_a_batch_holds_so_many_people_with_so_many_pictures():
    images, labels = people_to_batch()
    batches = PeopleBatches(images, labels, people=2, pictures=3, seed=0)
    assert len(batches) == 2
    shown = []
    for index in range(2):
        pictures, people = batches[index]
        np.testing.assert_array_equal(people, labels[pictures.ravel()])
        assert np.unique(people, return_counts=True)[1].tolist() == [3, 3]
        assert len(np.unique(pictures)) == 6
        shown += np.unique(people).tolist()
    assert len(set(shown)) == 4  # nobody twice in an epoch


def test_each_epoch_of_people_has_another_order_and_the_seed_decides_it():
    images, labels = people_to_batch()
    one, other = (PeopleBatches(images, labels, people=2, pictures=3, seed=4) for _ in range(2))
    first = one[0][0].ravel()
    np.testing.assert_array_equal(first, other[0][0].ravel())
    one.on_epoch_end()
    other.on_epoch_end()
    np.testing.assert_array_equal(one[0][0], other[0][0])
    assert first.tolist() != one[0][0].ravel().tolist()


def test_in_the_long_run_every_picture_comes():
    images, labels = people_to_batch()
    batches, seen = PeopleBatches(images, labels, people=5, pictures=4), set()
    for _ in range(40):
        seen |= set(batches[0][0].ravel().tolist())
        batches.on_epoch_end()
    assert seen == set(range(len(labels)))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"people": 6, "pictures": 3}, "needs 6 people, and there are 5"),
        ({"people": 2, "pictures": 5}, "shows 5 pictures of each person, and somebody has only 4"),
        ({"people": 1, "pictures": 3}, "at least 2 people with 2 pictures, not 1 with 3"),
    ],
)
def test_batches_of_people_that_cannot_be_made_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        PeopleBatches(*people_to_batch(), **options)
