"""The table of LFW on made-up people; and what is stored of the real one, computed again."""

from dataclasses import replace

import numpy as np
import pytest
from made_up_lfw import FOLDS, PEOPLE, PICTURES, made_up_lfw, made_up_olivetti
from PIL import Image

from benchmarks import transfer_comparison
from benchmarks.lfw_table import __main__ as command
from benchmarks.lfw_table import (
    descriptors,
    discriminants,
    olivetti,
    photographs,
    professional,
    rules,
    systems,
    table,
)
from benchmarks.transfer import real_faces
from course_utils import dlib_network, metrics, results
from course_utils.datasets import FaceDataset
from course_utils.protocols import lfw_columns, lfw_folds, lfw_scores

DISCRIMINANT = "LBP, discriminant"


@pytest.fixture(scope="module")
def lfw() -> FaceDataset:
    return made_up_lfw()


# -- rules -------------------------------------------------------------------------------------------------------------


class Watched:
    """A system that writes down what it is given, and scores as it is told."""

    def __init__(self):
        self.prepared, self.learned, self.compared = [], [], []

    def prepare(self, pictures):
        self.prepared.append(pictures)
        return self.learn

    def learn(self, pictures):
        self.learned.append(pictures)

        def compare(pairs):
            self.compared.append((pictures, pairs))
            return np.linspace(0, 1, len(pairs))

        return compare


@pytest.mark.parametrize("labelled", [True, False])
@pytest.mark.parametrize("threshold", [rules.NESTED, rules.NINTH_FOLD])
def test_nothing_that_is_scored_was_learned_from(lfw, labelled, threshold):
    """Neither the fold that is scored, nor with names the pairs that choose its threshold."""
    pairs = lfw.pairs["view2"]
    for fold in range(FOLDS):
        watched = Watched()
        rules.score_fold(rules.Trained(watched.prepare, labelled, threshold), lfw, fold)
        tested = lfw_folds.people_in(pairs, lfw.labels, [fold])
        for pictures in (*watched.prepared, *watched.learned):
            assert not set(lfw.labels[pictures]) & set(tested)
        assert all(not shown.same.any() for _, shown in watched.compared), "no system sees which pairs are mated"
        if labelled:
            for pictures, shown in watched.compared:
                assert not set(lfw.labels[pictures]) & set(lfw_folds.people_in(shown, lfw.labels))


def test_a_network_learns_once_for_each_fold_and_a_discriminant_once_for_each_two(lfw):
    for threshold, times in ((rules.NINTH_FOLD, 1), (rules.NESTED, FOLDS)):
        watched = Watched()
        rules.score_fold(rules.Trained(watched.prepare, True, threshold), lfw, 0)
        assert (len(watched.prepared), len(watched.learned)) == (1, times)


def test_a_system_without_names_sees_the_pairs_of_other_folds_only(lfw):
    watched = Watched()
    rules.score_fold(rules.Trained(watched.prepare, labelled=False), lfw, 2)
    np.testing.assert_array_equal(watched.prepared[0], lfw_folds.pictures_in(lfw.pairs["view2"], [0, 1, 3]))


def test_view_1_learns_from_the_training_pairs_people_and_scores_the_others(lfw):
    watched = Watched()
    assert len(rules.score_view1(rules.Trained(watched.prepare, True), lfw)) == len(lfw.pairs["view1_test"])
    people = set(lfw.labels[watched.learned[0]])
    assert people == set(range(3 * PEOPLE)) and len(watched.learned[0]) == 3 * PEOPLE * PICTURES


def test_folds_that_were_scored_are_not_scored_again(lfw, cache):
    watched = Watched()
    system = rules.Trained(watched.prepare, True, rules.NINTH_FOLD)
    first = rules.score_view2(system, lfw, ["watched"])
    again = rules.score_view2(system, lfw, ["watched"])
    assert len(watched.prepared) == FOLDS
    np.testing.assert_array_equal(first.values, again.values)
    assert len(first.thresholds) == FOLDS
    rules.score_view2(system, lfw, ["other settings"])
    assert len(watched.prepared) == 2 * FOLDS


# -- descriptors and discriminants -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("descriptor", "cell", "numbers"), [("HOG", 8, 6_084), ("HOG", 16, 1_296), ("LBP", 16, 5_782)])
def test_descriptors_do_not_know_left_from_right_and_are_computed_once(descriptor, cell, numbers, cache, monkeypatch):
    images = np.random.default_rng(0).integers(0, 256, (2, descriptors.SIDE, descriptors.SIDE, 3)).astype(np.uint8)
    rows = descriptors.describe(images, descriptor, cell)
    assert rows.shape == (2, numbers) and rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(rows, descriptors.describe(images[:, :, ::-1], descriptor, cell), atol=1e-6)
    monkeypatch.setattr(descriptors, "progress", None)
    np.testing.assert_array_equal(rows, descriptors.describe(images, descriptor, cell))


def drawn(people: int, pictures: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """People and pictures as Joint Bayesian takes them to be: four axes, of which the last two say nothing."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(people), pictures)
    who = random.normal(0, [3, 1, 0, 0], (people, 4))
    return 7 + who[labels] + random.normal(0, [1, 1, 5, 1], (len(labels), 4)), labels


def test_discriminants_find_the_variances_that_were_drawn_from():
    found = discriminants.discriminants(*drawn(4000, 3), shrinkage=0)
    assert found.between[:2] == pytest.approx([9, 1], rel=0.1)
    assert (found.between[2:] < 0.1).all()
    assert np.abs(found.mean - 7).max() < 0.2


def test_the_likelihood_ratio_is_that_of_the_two_normal_distributions():
    from scipy.stats import multivariate_normal

    between, pair = np.array([9.0, 0.5]), np.array([[0.3, -1.0], [1.2, 0.4]])
    found = discriminants.Discriminants(np.zeros(2), np.eye(2), between)
    one = sum(multivariate_normal([0, 0], [[b + 1, b], [b, b + 1]]).logpdf(pair[:, k]) for k, b in enumerate(between))
    two = sum(multivariate_normal([0, 0], (b + 1) * np.eye(2)).logpdf(pair[:, k]) for k, b in enumerate(between))
    assert found.likelihood_ratios(pair, np.array([0]), np.array([1]))[0] == pytest.approx(one - two)


def test_discriminants_tell_new_people_apart_better_than_what_they_are_made_of():
    found, (rows, labels) = discriminants.discriminants(*drawn(300, 3)), drawn(60, 2, seed=1)
    first, second, mated = metrics.all_pairs(labels)
    plain = metrics.roc_auc(metrics.cosine_similarity(rows - rows.mean(axis=0), first, second), mated)
    for score in (found.cosines, found.likelihood_ratios):
        assert metrics.roc_auc(score(rows, first, second), mated) > plain + 0.1


def test_discriminants_need_two_people_and_two_pictures_of_one():
    for people in ([0, 0, 0], [0, 1, 2]):
        with pytest.raises(ValueError, match="two people are needed"):
            discriminants.discriminants(np.eye(3), np.array(people))


# -- the table ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_table(lfw, tmp_path, cache, monkeypatch):
    """Made-up people of four folds and three systems; everything is stored in ``tmp_path``."""
    large = made_up_lfw(descriptors.SIDE)
    monkeypatch.setattr(command, "use_one_thread", lambda: None)  # too late in a process that has computed
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    monkeypatch.setattr(lfw_scores, "FOLDS", FOLDS)
    monkeypatch.setattr(lfw_scores, "OF_EACH_KIND", 2 * PEOPLE)
    monkeypatch.setattr(lfw_scores, "REPEATS", 4)
    monkeypatch.setattr(real_faces, "REPEATS", 4)
    monkeypatch.setattr(photographs, "load_faces", lambda name, size, **_: large if size == descriptors.SIDE else lfw)
    monkeypatch.setattr(olivetti, "load_faces", lambda _: made_up_olivetti())
    few = systems.grid(cell=(16,), components=(3, 5), score=("cosine", "Joint Bayesian"))
    chosen = {name: systems.SYSTEMS[name] for name in ("pixels", "HOG", DISCRIMINANT)}
    chosen[DISCRIMINANT] = replace(chosen[DISCRIMINANT], candidates=few)
    for module in (table, command):
        monkeypatch.setattr(module, "SYSTEMS", chosen)
    return tmp_path


def test_the_whole_table_view_1_first_and_view_2_once(small_table, capsys, monkeypatch):
    command.main(["--view1"])
    rows = results.read("lfw_table")["rows"]
    assert [row["view"] for row in rows] == ["View 1"] * 6
    assert not (small_table / "lfw_table").exists()

    command.main([])
    assert "restricted" in capsys.readouterr().out
    rows = lfw_scores.table()
    assert [row["system"] for row in rows] == ["pixels", "HOG", DISCRIMINANT]
    assert rows[-1]["candidate"] == table.choice(DISCRIMINANT, table.stored_rows())
    assert all(0.5 < row["accuracy"] <= 1 for row in rows), "the stripes of a person are plain to see"
    assert [lfw_scores.load(row["system"]).thresholds is None for row in rows] == [True, False, False]
    assert results.load("lfw_table")["photographs"] == "LFW, made-up"

    for row in rows:
        assert row["olivetti_auc_low"] <= row["olivetti_auc"] <= row["olivetti_auc_high"]
        assert 0 <= row["olivetti_eer"] < 0.5

    monkeypatch.setattr(rules, "score_view1", None)
    monkeypatch.setattr(rules, "score_view2", None)
    command.main([])


def test_view_2_waits_until_all_candidates_are_scored_on_view_1(small_table):
    command.main(["--view1"])
    rows = table.stored_rows()
    with pytest.raises(
        ValueError, match=r"LBP, discriminant: the candidate .*'components': 5.* was not scored.*--view1"
    ):
        table.choice(DISCRIMINANT, rows[:-1])
    best = max((row for row in rows if row["system"] == DISCRIMINANT), key=lambda row: row[table.AREA])
    assert table.choice(DISCRIMINANT, rows) == best["candidate"]


def test_systems_are_in_columns_and_have_eight_candidates_at_most():
    assert {system.column for system in systems.SYSTEMS.values()} <= set(lfw_columns.COLUMNS)
    assert all(len(each.candidates) <= 8 for each in systems.SYSTEMS.values())


class SmallNetwork:
    """A stand-in for dlib's network, which finds no face in a dark picture."""

    def embed(self, images, otherwise):
        assert otherwise == professional.MIDDLE
        means = np.array([image.mean() for image in images], np.float32)
        return dlib_network.Embedded(np.repeat(means[:, np.newaxis], 128, axis=1), means > 50)


def test_photographs_without_a_detected_face_are_named_and_nothing_is_embedded_twice(cache, tmp_path, monkeypatch):
    monkeypatch.setattr(professional, "AT_ONCE", 2)
    files = []
    for value in (200, 10, 90):
        files.append(tmp_path / f"{value}.png")
        Image.fromarray(np.full((8, 8, 3), value, np.uint8)).save(files[-1])
    embedded = professional.embed_photographs(files, SmallNetwork)
    assert embedded.embeddings[:, 5].tolist() == [200, 10, 90]
    assert embedded.detected.tolist() == [True, False, True]
    again = professional.embed_photographs(files, None)
    np.testing.assert_array_equal(again.embeddings, embedded.embeddings)


def test_undetected_photographs_of_view_2_are_listed(lfw, monkeypatch):
    seen = photographs.Photographs()
    monkeypatch.setattr(photographs, "load_faces", lambda *_, **__: lfw)
    detected = ~np.isin(seen.compared, [5, 17])
    seen.__dict__["whole"] = dlib_network.Embedded(np.zeros((len(detected), 128)), detected)
    assert table.not_detected(seen) == [5, 17]


# -- what is stored ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stored() -> list[dict]:
    return results.load("lfw_table")["rows"]


def test_every_stored_choice_is_the_best_on_view_1(stored):
    scored = [row for row in stored if row["view"] == table.VIEW2]
    names = [row["system"] for row in scored]
    assert names == [name for name in systems.SYSTEMS if name in names]  # a network may still be in training
    for row in scored:
        assert row["candidate"] == table.choice(row["system"], stored)
        assert row["column"] == systems.SYSTEMS[row["system"]].column


@pytest.fixture(scope="module")
def computed() -> list[dict]:
    return lfw_scores.table()


def test_every_printed_number_follows_from_the_stored_scores(computed):
    """The accuracy is counted here once more, threshold by threshold."""
    pairs = lfw_scores.load_pairs()
    for row in computed:
        scores = lfw_scores.load(row["system"])
        counted = []
        for fold in range(10):
            here = pairs.fold == fold
            threshold = (
                metrics.best_threshold(scores.values[~here], pairs.mated[~here])
                if scores.thresholds is None
                else scores.thresholds[fold]
            )
            counted.append(int(((scores.values[here] >= threshold) == pairs.mated[here]).sum()))
        assert row["accuracy"] == pytest.approx(sum(counted) / 6000)
        assert row["standard_error"] == pytest.approx(np.std(np.array(counted) / 600, ddof=1) / 10**0.5)
        assert row["low"] < row["accuracy"] < row["high"]
        assert row["auc_low"] < row["auc"] < row["auc_high"]


def test_what_was_scored_before_has_the_score_that_it_had(computed):
    before = {row["method"]: row for row in results.load("transfer_comparison")["rows"]}
    ways = {"rendered people": "as cropped", "rendered people, discriminant": transfer_comparison.CHOSEN}
    for row in computed:
        if row["system"] in ways:
            assert row["accuracy"] == pytest.approx(before[ways[row["system"]]]["view2_accuracy"], abs=0.001)


def test_scores_are_small_and_of_listed_systems():
    folder = results.FOLDER / "lfw_table"
    names = {
        lfw_scores.file_name(name) for name in (*(row["system"] for row in lfw_scores.systems()), lfw_scores.PAIRS)
    }
    assert {file.name for file in folder.iterdir()} == names
    assert sum(file.stat().st_size for file in folder.iterdir()) < 300_000
