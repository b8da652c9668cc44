"""Lesson 06's protocol on made-up pictures, and the stored table."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from course_utils import environment

environment.setup()

import keras
from matplotlib import pyplot as plt

from benchmarks import fingerprints, overfitting
from course_utils import metrics, models, plots, results
from course_utils.datasets import FaceDataset, load_faces
from course_utils.protocols import overfitting as protocol
from course_utils.protocols.overfitting import Remedies
from course_utils.training import Batches

SMALL = protocol.Protocol(start=2, validation=1, test=2, epochs=1, known=3)
OWN = replace(SMALL, people=5)  # every seed has people of its own


def made_up_faces(labels: int = 5, pictures: int = 8, size: int = 16) -> FaceDataset:
    """Return grey pictures, each label of another brightness."""
    random = np.random.default_rng(0)
    numbers = np.repeat(np.arange(labels), pictures)
    grey = 30 + 180 * numbers[:, None, None, None] / labels + random.integers(0, 20, (len(numbers), size, size, 1))
    names = [f"person {number}" for number in range(labels)]
    return FaceDataset(np.repeat(grey.astype(np.uint8), 3, axis=3), numbers, names, name="made up")


@pytest.fixture
def small_benchmark(tmp_path, monkeypatch, not_compiled):
    """The benchmark on made-up people, with one case for each kind of training, and results in a folder of its own."""
    monkeypatch.setattr(overfitting, "PROTOCOLS", {"rendered": OWN, "olivetti": SMALL})
    monkeypatch.setattr(overfitting, "CANDIDATES", {"l2": (0.001, 0.01)})
    monkeypatch.setattr(overfitting, "SEEDS", {"rendered": range(2), "olivetti": range(2)})
    monkeypatch.setattr(overfitting, "SERIES_SEEDS", range(2))
    monkeypatch.setattr(overfitting, "CHOICE_SEEDS", range(1))
    monkeypatch.setattr(overfitting, "PRETRAINING_SHOWN", 8)
    some = {overfitting.START: protocol.Case(), "transfer": protocol.Case(transfer=True)}
    monkeypatch.setattr(overfitting, "cases", lambda chosen: some)
    monkeypatch.setattr(overfitting, "series", lambda chosen: {"again": protocol.Case()})
    monkeypatch.setattr(overfitting, "load_faces", lambda name, **options: replace(made_up_faces(10), name=name))
    monkeypatch.setattr(overfitting, "use_one_thread", lambda: None)  # too late in a process that has computed
    monkeypatch.setattr(overfitting, "is_available", lambda name: name == "rendered")
    monkeypatch.setattr(overfitting.storage, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    overfitting.loaded.cache_clear()
    yield tmp_path
    overfitting.loaded.cache_clear()


# -- pictures ----------------------------------------------------------------------------------------------------------


def test_pictures_are_dealt_evenly_and_to_one_part_only():
    faces = made_up_faces()
    parts = protocol.deal(faces, (3, 1, 2), seed=0)
    assert [np.bincount(part.labels).tolist() for part in parts] == [[3] * 5, [1] * 5, [2] * 5]
    pictures = [image.tobytes() for part in parts for image in part.images]
    assert len(set(pictures)) == len(pictures) == 30


def test_a_label_with_too_few_pictures_is_refused():
    with pytest.raises(ValueError, match="need 9 pictures of each label, and one label has only 8"):
        protocol.deal(made_up_faces(), (6, 3), seed=0)


def test_more_data_leaves_test_pictures_and_people_as_they_are():
    faces = made_up_faces()
    few, start, more = (protocol.parts_of(faces, SMALL, data, seed=1) for data in (0.5, 1.0, 2.0))
    assert [len(parts[0]) for parts in (few, start, more)] == [3, 6, 12]
    for part in (1, 2, 3):
        np.testing.assert_array_equal(few[part].images, more[part].images)
    assert {image.tobytes() for image in start[0].images} < {image.tobytes() for image in more[0].images}


def test_every_seed_has_people_of_its_own():
    faces = made_up_faces(10)
    dealt = [protocol.parts_of(faces, OWN, 1.0, seed) for seed in range(2)]
    first, second = ({part.names[label] for part in parts for label in part.labels} for parts in dealt)
    assert (len(first), len(second)) == (5, 5)
    assert first.isdisjoint(second)
    with pytest.raises(ValueError, match="Seed 2 needs the people 10 to 14; there are 10"):
        protocol.people_of(faces, OWN, 2)


def test_new_people_are_nobody_who_is_trained_on():
    train, validation, test, new = protocol.parts_of(made_up_faces(), SMALL, 1.0, seed=0)
    known = {train.names[label] for part in (train, validation, test) for label in part.labels}
    assert len(known) == 3
    assert known.isdisjoint(new.names[label] for label in new.labels)


# -- networks ----------------------------------------------------------------------------------------------------------


def test_with_dropout_alone_it_is_the_network_of_the_article():
    ours, article = protocol.remedied_network((64, 64, 3), 20, Remedies(dropout=0.5), 0), models.article_network(
        (64, 64, 3), 20
    )  # fmt: skip
    article.set_weights(ours.get_weights())
    images = made_up_faces(size=64).images[:4]
    np.testing.assert_allclose(protocol.probabilities(ours, images), article.predict(images, verbose=0), atol=1e-5)
    rates = [
        [layer.rate for layer in network.layers if isinstance(layer, keras.layers.Dropout)]
        for network in (ours, article)
    ]
    assert rates == [[0.5], [0.5]]


@pytest.mark.parametrize(
    ("changed", "weights"),
    [
        ({}, 2_453_569),
        ({"units": 32}, 93_248 + 4608 * 32 + 32 + 33),
        ({"units": 0}, 93_248 + 4608 + 1),
        ({"convolutions": 2}, 896 + 18_496 + 14 * 14 * 64 * 512 + 512 + 513),
        ({"average_pooling": True}, 93_248 + 128 * 512 + 512 + 513),
        ({"batch_normalisation": True}, 2_453_569 + 4 * (32 + 64 + 128 + 512)),
    ],
)
def test_each_change_of_the_network_leaves_as_many_weights_as_counted_by_hand(changed, weights):
    assert protocol.remedied_network((25, 25, 3), 1, Remedies(**changed), 0).count_params() == weights


def test_impossible_networks_are_refused():
    with pytest.raises(ValueError, match="convolutions must be 1, 2 or 3, not 4"):
        protocol.remedied_network((16, 16, 3), 1, Remedies(convolutions=4), 0)
    with pytest.raises(ValueError, match="got 'wild'"):
        protocol.remedied_network((16, 16, 3), 1, Remedies(augmentation="wild"), 0)


@pytest.mark.parametrize(("changed", "power"), [({"l1": 1e-3}, 1), ({"l2": 1e-3}, 2)])
def test_a_penalty_is_the_sum_over_all_kernels(changed, power):
    network = protocol.remedied_network((16, 16, 3), 3, Remedies(units=8, **changed), 0)
    by_hand = 1e-3 * np.sum(np.abs(protocol.kernels(network)).astype(float) ** power)
    assert float(sum(network.losses)) == pytest.approx(by_hand, rel=1e-4)


def test_augmentation_works_in_training_only():
    images = made_up_faces(size=32).images[:6].astype("float32")
    network = keras.Sequential([keras.Input((32, 32, 3)), *protocol.augmentation_layers("light", seed=0)])
    np.testing.assert_array_equal(network(images, training=False), images)
    assert np.abs(network(images, training=True) - images).mean() > 1


# -- training ----------------------------------------------------------------------------------------------------------


class Shown(keras.callbacks.Callback):
    """Count the pictures by the steps of the optimizer and the epochs."""

    def on_epoch_end(self, epoch, logs=None):
        self.epochs = epoch + 1
        self.steps = int(self.model.optimizer.iterations)


@pytest.mark.parametrize(("data", "epochs"), [(1.0, 4), (2.0, 2)])
def test_more_pictures_mean_fewer_epochs(data, epochs):
    train, validation, *_ = protocol.parts_of(made_up_faces(), SMALL, data, seed=0)
    shown = Shown()
    _, trained = protocol.train_remedied(train, validation, Remedies(units=4), 24, callbacks=[shown])
    assert trained == shown.epochs == shown.steps == epochs  # six or twelve pictures are one batch


def test_the_convolutions_begin_with_those_of_another_network_and_may_stay_so():
    train, validation, *_ = protocol.parts_of(made_up_faces(), SMALL, 1.0, seed=0)
    other = protocol.remedied_network((16, 16, 3), 7, Remedies(), 9)
    frozen, _ = protocol.train_remedied(train, validation, Remedies(units=0, frozen=True), 12, start_from=other)
    moved, _ = protocol.train_remedied(train, validation, Remedies(units=0), 12, start_from=other)
    fresh, _ = protocol.train_remedied(train, validation, Remedies(units=0), 12)
    first = [network.layers[2].get_weights()[0] for network in (other, frozen, moved, fresh)]
    np.testing.assert_array_equal(first[1], first[0])
    assert 0 < np.abs(first[2] - first[0]).max() < 0.01 < np.abs(first[3] - first[0]).max()


def test_smoothed_labels_have_the_loss_that_is_counted_by_hand():
    """Of three labels, smoothed by .1: the truth .9 + .1 / 3, the others .1 / 3."""
    faces = made_up_faces(labels=3)
    network, _ = protocol.train_remedied(faces, faces, Remedies(units=16, label_smoothing=0.1), 24)
    logs = -np.log(protocol.probabilities(network, faces.images))
    by_hand = np.mean(0.9 * logs[np.arange(24), faces.labels] + 0.1 * logs.mean(axis=1))
    measured = network.evaluate(faces.images, protocol.targets(faces, 3), verbose=0)[0]
    assert measured == pytest.approx(by_hand, rel=1e-3)


def test_adamw_spares_the_biases():
    faces = made_up_faces(labels=2)
    network, _ = protocol.train_remedied(faces, faces, Remedies(units=4, weight_decay=1.0), 16)
    use = network.optimizer._use_weight_decay
    assert [use(weight) for weight in network.layers[-1].trainable_variables] == [True, False]


def test_early_stopping_stops_and_puts_the_best_weights_back():
    faces = made_up_faces(labels=2)
    wrong = FaceDataset(faces.images, 1 - faces.labels, faces.names)  # what is learned makes validation worse
    network, epochs = protocol.train_remedied(faces, wrong, Remedies(units=0, patience=2), 16 * 50)
    assert epochs < 50
    values = network.evaluate(wrong.images, protocol.targets(wrong, 1), verbose=0)
    assert values[0] < 1.0  # at the end it would be sure of the opposite


class ValidationLosses(keras.callbacks.Callback):
    """Note the loss on the validation pictures after each epoch."""

    def __init__(self):
        super().__init__()
        self.values = []

    def on_epoch_end(self, epoch, logs=None):
        self.values.append(logs["val_loss"])


@pytest.mark.parametrize("patience", [1, 3])
def test_training_goes_on_for_as_many_epochs_after_the_best_as_the_patience_says(patience):
    faces = made_up_faces(labels=2)
    wrong = FaceDataset(faces.images, 1 - faces.labels, faces.names)  # what is learned makes validation worse
    losses = ValidationLosses()
    _, epochs = protocol.train_remedied(faces, wrong, Remedies(units=0, patience=patience), 16 * 50, callbacks=[losses])
    assert epochs == len(losses.values) == np.argmin(losses.values) + 1 + patience


def test_the_seed_decides_the_order_of_the_batches_too():
    """The same network, fitted by hand on batches of that seed, ends at the same weights."""
    faces = made_up_faces(labels=2, pictures=24)
    trained, _ = protocol.train_remedied(faces, faces, Remedies(units=0), 48 * 2, seed=3)
    by_hand = protocol.remedied_network((16, 16, 3), 1, Remedies(units=0), 3)
    by_hand.compile(optimizer="adam", loss="binary_crossentropy")
    batches = Batches(faces.images, protocol.targets(faces, 1), batch_size=32, seed=3)
    by_hand.fit(batches, epochs=2, shuffle=False, verbose=0)
    np.testing.assert_allclose(protocol.kernels(trained), protocol.kernels(by_hand), atol=1e-6)


def test_the_same_seed_gives_the_same_network():
    faces = made_up_faces(labels=2)
    every = Remedies(units=16, dropout=0.5, augmentation="strong")
    one, other = (protocol.train_remedied(faces, faces, every, 32, seed=3)[0] for _ in range(2))
    np.testing.assert_allclose(protocol.kernels(one), protocol.kernels(other), atol=1e-6)


def test_probabilities_of_two_labels_sum_to_one():
    faces = made_up_faces(labels=2)
    network = protocol.remedied_network((16, 16, 3), 1, Remedies(units=4), 0)
    probabilities = protocol.probabilities(network, faces.images)
    assert probabilities.shape == (16, 2)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-6)
    assert protocol.features(network, faces.images).shape == (16, 4)


# -- the benchmark -----------------------------------------------------------------------------------------------------


def test_the_whole_table(small_benchmark, monkeypatch, capsys):
    kept = {"kind": "table", "set": "olivetti"}  # a set that is not on this machine keeps its rows, but no choice does
    results.store("overfitting", [kept, {"kind": "choice", "set": "rendered"}])
    overfitting.main(["--workers", "0"])
    rows = results.load("overfitting")["rows"]
    assert rows.pop() == kept
    assert [row["kind"] for row in rows] == ["choice", "choice", "table", "table", "series"]
    assert sum(row["chosen"] for row in rows[:2]) == 1
    table = rows[2]
    assert len(table["runs"]) == 2
    assert table["difference"] == table["difference_low"] == 0
    assert table["gap"] == pytest.approx(table["train"] - table["test"], abs=1e-3)
    assert 0 <= table["new_people_eer"] <= 1
    assert rows[4]["runs"] == table["runs"]
    assert "olivetti is not on this machine" in capsys.readouterr().out

    monkeypatch.setattr(overfitting, "measure", None)  # everything is in the cache
    overfitting.main(["--workers", "0"])
    assert results.load("overfitting")["rows"] == [*rows, kept]


@pytest.mark.parametrize("workers", [0, 2])
def test_workers_do_every_job(tmp_path, workers):
    places = [tmp_path / str(number) for number in range(5)]
    overfitting.train_ahead(places, workers, Path.touch)
    assert all(place.exists() for place in places)


def test_choices_are_made_between_settings_that_exist():
    assert set(overfitting.CANDIDATES) <= set(asdict(Remedies()))


@pytest.mark.parametrize("kind", ["table", "choice"])
def test_transfer_comes_from_a_network_that_knows_nobody_of_the_measurement(small_benchmark, monkeypatch, kind):
    trained = []
    parts = {"train": made_up_faces(10), "dev": made_up_faces(12)}
    monkeypatch.setattr(overfitting, "load_faces", lambda name, split, **options: parts[split])
    monkeypatch.setattr(overfitting, "PRETRAINED_ON", 4)
    monkeypatch.setattr(protocol, "train_remedied", lambda faces, *_: (_ for _ in ()).throw(SeenError(faces)))
    with pytest.raises(SeenError) as caught:
        overfitting.pretrained_network(0, kind)
    trained = caught.value.args[0].names
    assert trained == {"table": parts["dev"], "choice": parts["train"]}[kind].names[-4:]


class SeenError(Exception):
    """Holds the pictures that were to be trained on."""


def test_each_remedy_alone_differs_from_the_start_in_one_thing():
    chosen = {name: values[-1] for name, values in overfitting.CANDIDATES.items()}
    start = asdict(protocol.Case())
    for name, case in overfitting.cases(chosen).items():
        settings = asdict(case)
        changed = [key for key in ("data", "transfer") if settings[key] != start[key]]
        changed += [key for key, value in settings["remedies"].items() if value != start["remedies"][key]]
        combined = " + " in name
        with_it = name in ("transfer", "early stopping by accuracy")  # "frozen"; "monitor"
        assert len(changed) == (0 if name == overfitting.START else 1) + with_it or combined, name


def test_comments_and_descriptions_do_not_change_the_code():
    described = 'def f(x):\n    "Say."\n    return x  # why\n'
    bare = "def f(x):\n    return x\n"
    assert fingerprints.without_words(described) == fingerprints.without_words(bare)
    assert fingerprints.without_words(described.replace("return x", "return -x")) != fingerprints.without_words(bare)


def test_a_row_is_what_one_computes_by_hand():
    runs = [{"train": 1.0, "test": test, "weights": 7} for test in (0.5, 0.7)]
    stored = overfitting.summary("table", "made up", "dropout", protocol.Case(), runs, [{"test": 0.4}, {"test": 0.4}])
    row = results.complete(stored, overfitting.INTERVALS)
    assert (row["test"], row["gap"], row["difference"]) == (0.6, 0.4, 0.2)
    assert row["difference_low"] == round(metrics.mean_interval([0.1, 0.3])[1], 4)


def test_log_loss_is_that_of_the_truth():
    assert protocol.log_loss(np.array([[0.5, 0.5], [0.9, 0.1]]), np.array([0, 1])) == pytest.approx(
        -(np.log(0.5) + np.log(0.1)) / 2
    )


def test_intervals_are_drawn_where_they_are():
    figure = plots.interval_panels({"one": {"a": (0, -1, 2), "b": (1, 1, 1)}, "two": {"b": (3, 2, 4)}}, "score")
    one, two = figure.axes
    assert [label.get_text() for label in one.get_yticklabels()] == ["a", "b"]
    assert two.lines[1].get_xydata().tolist() == [[3, 1]]
    assert one.get_xlim() != two.get_xlim()
    assert one.get_ylim() == pytest.approx((1.25, -0.25))  # the frame cuts no marker
    same = plots.interval_panels({"one": {"a": (0, -1, 2)}, "two": {"a": (9, 8, 9)}}, "score", one_scale=True)
    assert same.axes[0].get_xlim() == same.axes[1].get_xlim()
    with pytest.raises(ValueError, match=r"\['c'\]"):
        plots.interval_panels({"one": {"a": (0, 0, 0)}, "two": {"c": (0, 0, 0)}}, "score")
    plt.close("all")


# -- what is stored ----------------------------------------------------------------------------------------------------


@pytest.fixture
def stored():
    path = results.FOLDER / "overfitting.json"
    if not path.exists():
        pytest.skip("there is no stored table: make it with python -m benchmarks.overfitting")
    return json.loads(path.read_text(encoding="utf-8"))["rows"]


def test_the_stored_table_is_whole(stored):
    chosen = {row["setting"]: row["value"] for row in stored if row["kind"] == "choice" and row["chosen"]}
    assert set(chosen) == set(overfitting.CANDIDATES)
    for name in {row["set"] for row in stored if row["kind"] == "table"}:
        rows = {row["remedy"]: row for row in stored if (row["kind"], row["set"]) == ("table", name)}
        assert {remedy: row["settings"] for remedy, row in rows.items()} == {
            remedy: asdict(case) for remedy, case in overfitting.cases(chosen).items()
        }
        assert all(len(row["runs"]) == len(overfitting.SEEDS[name]) for row in rows.values())


def test_gaps_and_differences_of_the_stored_table_are_those_of_its_runs(stored):
    rows = [row for row in stored if row["kind"] != "choice"]
    starts = {row["set"]: row["runs"] for row in rows if row["remedy"] == overfitting.START}
    for row in rows:  # each is rounded to four digits
        for run, start in zip(row["runs"], starts[row["set"]], strict=row["kind"] == "table"):
            assert run["gap"] == pytest.approx(run["train"] - run["test"], abs=1.1e-4), row["remedy"]
            assert run["difference"] == pytest.approx(run["test"] - start["test"], abs=1.1e-4), row["remedy"]


def test_a_slice_of_the_stored_table_is_still_true(stored):
    row = next(row for row in stored if (row.get("remedy"), row["set"]) == (overfitting.START, "rendered"))
    faces = load_faces("rendered", split="train", people=20, size=protocol.SIDE)
    again = protocol.measure(faces, protocol.PROTOCOLS["rendered"], protocol.Case(), 0, None)
    assert again["weights"] == row["runs"][0]["weights"]
    for score, tolerance in (("train", 0.02), ("test", 0.1), ("new_people_eer", 0.04)):
        assert again[score] == pytest.approx(row["runs"][0][score], abs=tolerance), score
