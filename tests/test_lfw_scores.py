"""The scores of View 2's pairs: kept, read back, and every number of the table computed from them."""

import json

import numpy as np
import pytest

from course_utils import metrics, results
from course_utils.protocols import lfw_columns, lfw_scores
from course_utils.protocols.lfw_scores import Comparisons, Scores

FOLDS, OF_EACH_KIND = lfw_scores.FOLDS, lfw_scores.OF_EACH_KIND


@pytest.fixture(scope="module")
def pairs() -> Comparisons:
    """View 2 with made-up people, named by large numbers: fifty in each fold."""
    random = np.random.default_rng(0)
    fold = np.repeat(np.arange(FOLDS), 2 * OF_EACH_KIND)
    mated = np.tile(np.repeat([True, False], OF_EACH_KIND), FOLDS)
    first = random.integers(0, 50, len(fold))
    second = np.where(mated, first, (first + random.integers(1, 50, len(fold))) % 50)
    return Comparisons(7_000 - 100 * fold - first, 7_000 - 100 * fold - second, fold)


@pytest.fixture(scope="module")
def values(pairs) -> np.ndarray:
    return np.random.default_rng(1).normal(0, 1, len(pairs.fold)) + 1.5 * pairs.mated


def test_the_official_numbers_follow_from_the_scores(pairs, values):
    scores = Scores(values)
    numbers = scores.numbers(pairs)
    official = metrics.ten_fold_accuracy(scores.values, pairs.mated, pairs.fold)
    assert (numbers["accuracy"], numbers["standard_error"]) == pytest.approx(official)
    assert numbers["eer"] == metrics.equal_error_rate(scores.values, pairs.mated)
    assert numbers["auc"] == metrics.roc_auc(scores.values, pairs.mated)
    assert numbers["low"] < numbers["accuracy"] < numbers["high"] < numbers["low"] + 0.05
    assert numbers["auc_low"] < numbers["auc"] < numbers["auc_high"]


def test_thresholds_that_a_system_brings_along_decide(pairs, values):
    """Fold 3 is scored on another scale, as another training might; the others' best threshold is wrong for it."""
    shifted = values + 5 * (pairs.fold == 3)
    computed = Scores(shifted).by_fold(pairs)
    brought = Scores(shifted, np.where(np.arange(FOLDS) == 3, 5.75, 0.75)).by_fold(pairs)
    assert computed[3] == pytest.approx(0.5, abs=0.02)
    assert brought[3] > 0.7
    accepted = shifted[pairs.fold == 3].round(4) >= 5.75
    assert brought[3] == np.mean(accepted == pairs.mated[pairs.fold == 3])


@pytest.mark.parametrize("thresholds", [None, np.linspace(0.1, 1, FOLDS)])
def test_what_is_kept_comes_back_to_the_last_digit(pairs, values, thresholds, tmp_path):
    scores = Scores(values, thresholds)
    path = lfw_scores.store("HOG, a discriminant", scores, tmp_path)
    assert path.name == "HOG_a_discriminant.npz"
    again = lfw_scores.load("HOG, a discriminant", tmp_path)
    np.testing.assert_array_equal(again.values, scores.values)
    np.testing.assert_array_equal(again.right(pairs), scores.right(pairs))
    assert (again.thresholds is None) == (thresholds is None)
    before = path.read_bytes()
    lfw_scores.store("HOG, a discriminant", scores, tmp_path)
    assert path.read_bytes() == before
    assert path.stat().st_size < 25_000
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_people_are_kept_without_names_and_intervals_stay(pairs, values, tmp_path):
    lfw_scores.store_pairs(pairs, tmp_path)
    again = lfw_scores.load_pairs(tmp_path)
    assert again.first_person[0] == 0
    assert set(again.first_person) | set(again.second_person) == set(range(FOLDS * 50))
    np.testing.assert_array_equal(again.mated, pairs.mated)
    np.testing.assert_array_equal(again.fold, pairs.fold)
    renamed = dict(zip(pairs.first_person.tolist(), again.first_person.tolist(), strict=True))
    assert [renamed[person] for person in pairs.second_person.tolist()] == again.second_person.tolist()
    right = Scores(values).right(again)
    assert metrics.person_interval(right, again.first_person) == metrics.person_interval(right, pairs.first_person)


def test_what_is_not_view_2_is_refused(pairs, tmp_path):
    with pytest.raises(ValueError, match="not LFW's View 2"):
        lfw_scores.store_pairs(Comparisons(pairs.second_person[::-1], pairs.first_person, pairs.fold), tmp_path)
    with pytest.raises(ValueError, match="5 scores of 6000 pairs"):
        lfw_scores.store("five", Scores(np.arange(5.0)), tmp_path)
    with pytest.raises(ValueError, match="9 thresholds for 10 folds"):
        lfw_scores.store("nine", Scores(np.zeros(6000), np.zeros(9)), tmp_path)
    with pytest.raises(ValueError, match="finite"):
        Scores([0.5, np.nan])
    assert list(tmp_path.iterdir()) == []


def test_missing_and_damaged_scores_say_what_helps(values, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"python -m benchmarks\.lfw_table"):
        lfw_scores.load("pixels", tmp_path)
    path = lfw_scores.store("pixels", Scores(values), tmp_path)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(ValueError, match=r"pixels\.npz is damaged .*git checkout"):
        lfw_scores.load("pixels", tmp_path)


def test_the_table_has_a_row_for_each_system_with_numbers_computed(pairs, values, tmp_path, monkeypatch):
    monkeypatch.setattr(lfw_scores, "REPEATS", 4)
    rows = [{"view": "View 1", "system": "pixels"}, {"view": "View 2", "system": "pixels", "column": "restricted"}]
    results.store("lfw_table", rows, folder=tmp_path)
    lfw_scores.store_pairs(pairs, tmp_path / "lfw_table")
    lfw_scores.store("pixels", Scores(values), tmp_path / "lfw_table")
    (row,) = lfw_scores.table(tmp_path)
    stored = lfw_scores.load_pairs(tmp_path / "lfw_table")
    assert row == rows[1] | Scores(values).numbers(stored)


def test_published_numbers_are_in_a_column_and_name_their_source():
    rows = lfw_columns.published()
    assert {row["column"] for row in rows} == set(lfw_columns.COLUMNS) - {"unrestricted"}
    assert all(0.5 < row["accuracy"] < 1 and row["source"] for row in rows)
    assert [row["column"] for row in lfw_columns.published("outside")] == ["outside"] * 3
    assert [row["accuracy"] for row in lfw_columns.published("label-free")] == [0.8517, 0.8950, 0.9303]
    assert json.dumps(rows)
    with pytest.raises(ValueError, match="no column 'robots'; the columns are restricted, unrestricted, label-free"):
        lfw_columns.published("robots")
