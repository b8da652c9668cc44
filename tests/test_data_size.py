"""Lesson 07's protocol of people, pictures and wrong labels, and its benchmark, on made-up people."""

from dataclasses import replace

import numpy as np
import pytest

from course_utils import environment

environment.setup()

from benchmarks import data_size as benchmark
from course_utils import metrics, results
from course_utils.datasets import FaceDataset, storage
from course_utils.datasets.faces import Pairs, PairSets
from course_utils.protocols import data_size as protocol
from course_utils.protocols.data_size import Setting


def made_up_people(people: int = 6, pictures: int = 8, seed: int = 0) -> FaceDataset:
    """Return noisy pictures, each person of another pattern, with a list of pairs."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(people), pictures)
    patterns = random.integers(0, 200, (people, 4, 4, 3)).repeat(protocol.SIDE // 4, 1).repeat(protocol.SIDE // 4, 2)
    noise = random.integers(0, 56, (len(labels), protocol.SIDE, protocol.SIDE, 3))
    first, second, mated = metrics.all_pairs(labels)
    return FaceDataset(
        (patterns[labels] + noise).astype(np.uint8),
        labels,
        [f"person {number}" for number in range(people)],
        name="made up",
        pairs=PairSets({"dev": Pairs(first, second, mated, np.zeros(len(first), int))}),
    )


# -- what is learned from ----------------------------------------------------------------------------------------------


def pictures_of(lesson) -> set[bytes]:
    return {image.tobytes() for image in lesson.images}


def test_a_smaller_setting_is_a_part_of_a_larger_one():
    faces = made_up_people()
    small, large, all_of_it = (protocol.draw(faces, Setting(*each), seed=1) for each in ((3, 2), (4, 5), (6, 8)))
    assert [len(each.images) for each in (small, large, all_of_it)] == [6, 20, 48]
    assert pictures_of(small) < pictures_of(large) < pictures_of(all_of_it)


def test_each_number_stands_for_one_person_and_seeds_draw_others():
    faces = made_up_people()
    whose = {image.tobytes(): label for image, label in zip(faces.images, faces.labels, strict=True)}
    drawn = {}
    for seed in range(4):
        lesson = protocol.draw(faces, Setting(3, 4), seed)
        people = {(number, whose[image.tobytes()]) for image, number in zip(lesson.images, lesson.true, strict=True)}
        assert len(people) == 3
        drawn[seed] = frozenset(person for _, person in people)
    assert len(set(drawn.values())) > 1


def test_wrong_names_are_as_many_as_asked_and_all_wrong():
    faces = made_up_people()
    right, wrong = (protocol.draw(faces, Setting(5, 8, share), seed=0) for share in (0.0, 0.4))
    np.testing.assert_array_equal(right.told, right.true)
    np.testing.assert_array_equal(right.images, wrong.images)
    assert np.sum(wrong.told != wrong.true) == 16
    assert set(wrong.told) <= set(range(5))


def test_more_than_there_is_is_refused():
    with pytest.raises(ValueError, match="7 people are asked for, and there are 6"):
        protocol.draw(made_up_people(), Setting(7, 2), seed=0)
    with pytest.raises(ValueError, match="9 pictures of each person are asked for, and somebody has 8"):
        protocol.draw(made_up_people(), Setting(2, 9), seed=0)


# -- training and scores -----------------------------------------------------------------------------------------------


def test_as_many_pictures_are_shown_as_asked(monkeypatch, not_compiled):
    monkeypatch.setattr(protocol, "CHANNELS", (4, 4, 4))
    shown = []
    usual = protocol.keras.Model.fit
    monkeypatch.setattr(
        protocol.keras.Model, "fit", lambda self, x, y, **rest: shown.append(x) or usual(self, x, y, **rest)
    )
    lesson = protocol.draw(made_up_people(), Setting(3, 4), seed=0)
    protocol.train(lesson, seed=0, shown=30)
    (images,) = shown
    counts = np.unique([image.tobytes() for image in images], return_counts=True)[1]
    assert len(images) == 30
    assert sorted(set(counts)) == [2, 3]


@pytest.mark.parametrize("recipe", [protocol.CROSS_ENTROPY, protocol.COSFACE])
def test_it_learns_and_compares_new_people(monkeypatch, recipe):
    monkeypatch.setattr(protocol, "CHANNELS", (8, 8, 8))
    lesson, new = protocol.draw(made_up_people(), Setting(6, 8), seed=0), made_up_people(seed=1)
    embedder, classifier = protocol.train(lesson, seed=0, shown=1280, recipe=recipe)
    scores = protocol.scores(embedder, classifier, lesson, new)
    assert scores["train"] == scores["train_true"] > 0.9
    assert scores["error"] < 0.3
    turned = replace(lesson, told=(lesson.told + 1) % 6)
    assert protocol.scores(embedder, classifier, turned, new)["train"] < 0.1


def test_a_recipe_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="no recipe 'ArcFace'; the recipes are 'cross-entropy' and 'CosFace'"):
        protocol.networks(2, 10, seed=0, recipe="ArcFace")


# -- the power law -----------------------------------------------------------------------------------------------------


def test_a_power_law_is_found_again_and_predicts_its_last_point():
    numbers = np.array([10, 20, 40, 80, 160])
    errors = 0.9 * numbers**-0.4
    assert protocol.power_law(numbers, errors) == pytest.approx((0.9, -0.4))
    predicted, measured = protocol.extrapolated(numbers, errors)
    assert predicted == pytest.approx(measured) == pytest.approx(errors[-1])


def test_the_last_point_takes_no_part_in_its_own_prediction():
    numbers = np.array([10, 20, 40, 80])
    errors = 0.9 * numbers**-0.4
    predicted, measured = protocol.extrapolated(numbers, np.append(errors[:-1], 0.5))
    assert predicted == pytest.approx(errors[-1])
    assert measured == 0.5


# -- the benchmark -----------------------------------------------------------------------------------------------------


@pytest.fixture
def small_benchmark(tmp_path, monkeypatch):
    """The benchmark on made-up people, with results and cache in a folder of its own."""
    monkeypatch.setattr(protocol, "CHANNELS", (4, 4, 4))
    monkeypatch.setattr(benchmark, "SERIES", {"people": [Setting(2, 4), Setting(4, 4)], "pictures": [Setting(4, 4)]})
    monkeypatch.setattr(benchmark, "parts", lambda: {name: made_up_people(seed=len(name)) for name in ("train", "dev")})
    monkeypatch.setattr(benchmark.kept_runs, "use_one_thread", lambda: None)  # too late in a process that has computed
    monkeypatch.setattr(storage, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    return tmp_path


def test_the_benchmark_goes_on_where_it_stopped(small_benchmark, monkeypatch, capsys, not_compiled):
    arguments = ["--workers", "0", "--seeds", "2", "--shown", "64"]
    trained, usual = [], protocol.train
    monkeypatch.setattr(
        protocol, "train", lambda lesson, seed, *rest: trained.append(seed) or usual(lesson, seed, *rest)
    )
    benchmark.main(arguments)
    assert trained == [0, 0, 1, 1], "a training that two series share is done once"
    first = results.load("data_size")["rows"]
    benchmark.main(arguments)
    assert len(trained) == 4
    assert results.load("data_size")["rows"] == first
    assert [(row["series"], row["people"], len(row["runs"])) for row in first] == [
        ("people", 2, 2), ("people", 4, 2), ("pictures", 4, 2),
    ]  # fmt: skip
    assert all(row["error_low"] <= row["error"] <= row["error_high"] for row in first)
    assert "'people': 4" in capsys.readouterr().out


def test_the_stored_table_has_every_setting_once_in_each_series():
    rows = results.load("data_size")["rows"]
    stored = [(row["series"], Setting(row["people"], row["pictures"], row["wrong"], row["recipe"])) for row in rows]
    assert stored == [(series, setting) for series, settings in benchmark.SERIES.items() for setting in settings]
    assert len({len(row["runs"]) for row in rows}) == 1
