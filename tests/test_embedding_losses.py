"""Lesson 08's protocol and its benchmark, on made-up people."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from course_utils import environment

environment.setup()

import keras

from benchmarks import embedding_losses as benchmark
from course_utils import metrics, results
from course_utils.datasets import FaceDataset
from course_utils.datasets.faces import Pairs, PairSets
from course_utils.protocols import embedding_losses as shared
from course_utils.protocols.embedding_losses import Setting
from course_utils.training import VerificationError

SIZE = shared.SIDE


def made_up_people(people: int = 4, looks: int = 5, name: str = "dev", seed: int = 0) -> FaceDataset:
    """Return two noisy pictures of each look of each person, each person of another pattern, with a list of pairs."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(people), 2 * looks)
    patterns = random.integers(0, 200, (people, 8, 8, 3)).repeat(SIZE // 8, axis=1).repeat(SIZE // 8, axis=2)
    images = (patterns[labels] + random.integers(0, 56, (len(labels), SIZE, SIZE, 3))).astype(np.uint8)
    first, second, mated = metrics.all_pairs(labels)
    return FaceDataset(
        images,
        labels,
        [f"person {number}" for number in range(people)],
        attributes=pd.DataFrame({"look": np.tile(np.repeat(np.arange(looks), 2), people)}),
        name="made up",
        pairs=PairSets({name: Pairs(first, second, mated, np.zeros(len(first), int))}),
    )


# -- the protocol ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pixels", [0, 1, 3])
def test_a_shift_moves_and_repeats_the_edge_and_lets_nothing_come_round(pixels):
    images = np.random.default_rng(0).integers(0, 255, (40, 12, 12, 3), np.uint8)
    result = shared.shifted(images, pixels, seed=1)
    assert result.shape == images.shape
    middle = slice(3, 9)
    seen = set()
    for before, after in zip(images, result, strict=True):
        for way in ((0, pixels), (0, -pixels), (pixels, 0), (-pixels, 0)):
            if (after[middle, middle] == np.roll(before, way, axis=(0, 1))[middle, middle]).all():
                seen.add(way)
                edges = {(0, 1): after[:, 0], (0, -1): after[:, -1], (1, 0): after[0], (-1, 0): after[-1]}
                sources = {(0, 1): before[:, 0], (0, -1): before[:, -1], (1, 0): before[0], (-1, 0): before[-1]}
                for side, edge in edges.items():
                    if pixels and tuple(np.sign(way)) == side:
                        np.testing.assert_array_equal(edge, sources[side])
                break
        else:
            pytest.fail("a picture was not moved in one of the four directions")
    assert len(seen) == (4 if pixels else 1)


def test_the_nearest_mean_is_that_of_directions():
    known = np.array([[1.0, 0.1], [30.0, -3.0], [0.0, 1.0]])  # the second counts no more for its length
    asked = np.array([[5.0, 1.0], [0.1, 0.2], [0.2, 0.1]])
    assert shared.nearest_right(known, np.array([7, 7, 9]), asked, np.array([7, 9, 9])) == pytest.approx(2 / 3)


def test_the_last_look_is_kept_from_training():
    faces = made_up_people()
    learned, known = shared.known_parts(faces)
    assert set(learned.attributes["look"]) == {0, 1, 2, 3}
    assert set(known.attributes["look"]) == {4}
    assert len(learned) + len(known) == len(faces)


def random_embeddings(people: int = 30, pictures: int = 4, seed: int = 0):
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(people), pictures)
    return random.normal(size=(people, 16))[labels] + random.normal(size=(len(labels), 16)), labels


def test_a_threshold_chosen_on_few_people_promises_more_than_it_holds():
    embeddings, labels = random_embeddings()
    choose = partial(metrics.threshold_at, false_match_rate=0.05)
    rates = shared.chosen_and_paid(embeddings, labels, people=5, others=20, draws=60, choose=choose)
    again = shared.chosen_and_paid(embeddings, labels, people=5, others=20, draws=60, choose=choose)
    np.testing.assert_array_equal(rates["fmr_paid"], again["fmr_paid"])
    assert (rates["fmr_quoted"] <= 0.05).all()
    assert rates["fmr_paid"].mean() > rates["fmr_quoted"].mean()
    more = shared.chosen_and_paid(embeddings, labels, people=10, others=20, draws=60, choose=choose)
    assert more["fmr_paid"].std() < rates["fmr_paid"].std()


def test_more_people_than_there_are_are_refused():
    with pytest.raises(ValueError, match="20 and 11 people are asked for, and there are 30"):
        shared.chosen_and_paid(*random_embeddings(), people=20, others=11, draws=1, choose=metrics.best_threshold)


@pytest.mark.parametrize("loss", shared.LOSSES)
def test_every_loss_trains_the_backbone(loss, monkeypatch, not_compiled):
    monkeypatch.setattr(shared, "WIDTH", 1)
    faces = made_up_people()
    setting = Setting(loss, 1e-3, margin=0.2)
    backbone, trained = shared.networks(setting, people=4, steps=10, seed=0)
    before = backbone.get_weights()
    value = trained.train_on_batch(faces.images[::5], faces.labels[::5])
    assert np.isfinite(np.ravel(value)).all()
    assert any((old != new).any() for old, new in zip(before, backbone.get_weights(), strict=True))
    assert trained.output_shape[-1] == (4 if loss in shared.HEADS else 128)


# -- the callback ------------------------------------------------------------------------------------------------------


def test_the_error_on_other_people_is_in_the_logs_and_early_stopping_goes_back_to_the_best_epoch():
    inputs = keras.Input((3,))
    layer = keras.layers.Dense(2, use_bias=False)
    network = keras.Model(inputs, layer(inputs))
    network.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    good, bad = np.array([[1.0, 0], [0, 1], [0, 0]]), np.array([[0.0, 0], [0, 0], [1, 1]])
    images = np.array([[1.0, 0, 5], [1, 0, -5], [0, 1, 5], [0, 1, -5]])  # the last number says nothing of the person
    labels = np.array([0, 0, 1, 1])
    epochs = iter([bad, good, bad])
    set_weights = keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, logs: layer.set_weights([next(epochs)]))
    watch = VerificationError(network, images, labels)
    stop = keras.callbacks.EarlyStopping(watch.NAME, mode="min", patience=3, restore_best_weights=True)
    history = network.fit(images, np.zeros((4, 2)), epochs=3, callbacks=[set_weights, watch, stop], verbose=0).history
    assert history[watch.NAME][1] == 0
    assert min(history[watch.NAME][0], history[watch.NAME][2]) > 0
    np.testing.assert_array_equal(layer.get_weights()[0], good)


@pytest.mark.parametrize(
    ("labels", "message"),
    [([0, 0, 1], "4 images but 3 labels"), ([0, 1, 2, 3], "pairs of one person and pairs of two")],
)
def test_people_that_cannot_be_compared_are_refused(labels, message):
    with pytest.raises(ValueError, match=message):
        VerificationError(None, np.zeros((4, 2)), np.array(labels))


# -- the benchmark -----------------------------------------------------------------------------------------------------


@pytest.fixture
def small_benchmark(tmp_path, monkeypatch, not_compiled):
    """The benchmark with two losses, one epoch, few made-up people, and results in a folder of its own."""
    parts = {name: made_up_people(name=name, seed=seed) for seed, name in enumerate(("train", "dev", "test"))}
    monkeypatch.setattr(benchmark, "part", parts.__getitem__)
    monkeypatch.setattr(shared, "WIDTH", 1)
    monkeypatch.setattr(shared, "PEOPLE", 2)
    monkeypatch.setattr(shared, "RATE", 0.1)
    monkeypatch.setattr(shared, "SHIFTS", (0, 2))
    for name, value in {
        "SEEDS": range(2),
        "EPOCHS": 1,
        "CHOICE_EPOCHS": 1,
        "DRAWN_PEOPLE": (3,),
        "OTHERS": 4,
        "DRAWS": 2,
        "CANDIDATES": {
            "softmax": [Setting("softmax", 1e-3), Setting("softmax", 1e-2)],
            "CosFace": [Setting("CosFace", 1e-3, 0.1)],
        },
    }.items():
        monkeypatch.setattr(benchmark, name, value)
    monkeypatch.setattr(benchmark.alignment, "align", lambda images, places: images)
    monkeypatch.setattr(benchmark.metrics, "dyadic_interval", partial(metrics.dyadic_interval, repeats=3))
    monkeypatch.setattr(benchmark.kept_runs.storage, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    benchmark.shifted_test.cache_clear()
    yield tmp_path
    benchmark.shifted_test.cache_clear()


def test_choices_look_at_nobody_of_the_final_part(small_benchmark, monkeypatch):
    parts = {name: benchmark.part(name) for name in ("train", "dev")}
    monkeypatch.setattr(benchmark, "part", parts.__getitem__)
    benchmark.main(["--workers", "0", "--choices"])
    rows = results.load("embedding_losses")["rows"]
    assert [(row["kind"], row["loss"]) for row in rows] == 2 * [("choice", "softmax")] + [("choice", "CosFace")]
    assert sum(row["chosen"] for row in rows) == 2


def test_the_table_has_every_row_and_is_measured_once(small_benchmark, monkeypatch):
    benchmark.main(["--workers", "0"])
    table = results.load("embedding_losses")
    rows = {row["method"]: row for row in table["rows"] if row["kind"] == "table"}
    simple = ["pixels", "eigenfaces", "untrained network"]
    assert list(rows) == [*simple, "softmax", "CosFace", "the course's network"]
    assert len(rows["CosFace"]["runs"]) == 2
    assert rows["CosFace"]["eer_low"] <= rows["CosFace"]["eer_high"]
    assert rows["softmax"]["difference_low"] == rows["softmax"]["difference_high"] == 0
    assert {"head_train", "head_known"} <= set(rows["softmax"])
    kinds = {(row["method"], row["faces"]): row["errors"] for row in table["rows"] if row["kind"] == "shift"}
    assert np.shape(kinds["CosFace", "aligned"]) == (2, 2)
    monkeypatch.setattr(shared, "train", None)
    benchmark.main(["--workers", "0"])  # nothing is trained again
    assert results.load("embedding_losses")["rows"] == table["rows"]
