"""The benchmark that trains on photographs, on made-up pictures."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from benchmarks import transfer_limits
from benchmarks.transfer import real_faces
from benchmarks.transfer.recipe import Recipe
from course_utils import results
from course_utils.datasets import FaceDataset, Pairs
from course_utils.datasets.faces import PairSets


def made_up_faces(pictures_of: list[int], tested: int = 2) -> FaceDataset:
    """A colour per person, with noise; the last people are in View 1's test pairs, the others in its training pairs."""
    random = np.random.default_rng(0)
    labels = np.repeat(np.arange(len(pictures_of)), pictures_of)
    images = random.uniform(40, 210, (len(pictures_of), 1, 1, 3))[labels] + random.normal(
        0, 25, (len(labels), 64, 64, 3)
    )
    people = range(len(pictures_of))
    return FaceDataset(
        images=np.clip(images, 0, 255).astype(np.uint8),
        labels=labels.astype(np.int64),
        names=tuple(f"person {person}" for person in people),
        attributes=pd.DataFrame({"alignment": "made up"}, index=range(len(labels))),
        pairs=PairSets(
            {"view1_train": pairs_of(labels, people[:-tested]), "view1_test": pairs_of(labels, people[-tested:])}
        ),
    )


def pairs_of(labels: np.ndarray, people) -> Pairs:
    """Each picture of these people with the next of them."""
    places = np.flatnonzero(np.isin(labels, people))
    first, second = places, np.roll(places, -1)
    return Pairs(first, second, labels[first] == labels[second], np.zeros(len(first), np.int64))


@pytest.fixture
def small_benchmark(tmp_path, monkeypatch, not_compiled):
    lfw = made_up_faces([3, 9, 5, 4, 4])
    monkeypatch.setattr(transfer_limits, "load_faces", lambda name, **options: lfw)
    monkeypatch.setattr(transfer_limits, "load_people", lambda chosen: made_up_faces([4] * chosen.people))
    monkeypatch.setattr(transfer_limits, "PEOPLE", 2)
    monkeypatch.setattr(transfer_limits, "photographed", partial(transfer_limits.photographed, people=2, most=6))
    # Width 8, no less: with 4 channels TensorFlow's convolutions (oneDNN, AVX-512) end the process on some processors.
    quick = partial(Recipe, shown=8, batch_size=8, width=8, augmented=False)
    monkeypatch.setattr(transfer_limits, "Recipe", quick)
    monkeypatch.setattr(real_faces, "REPEATS", 4)
    monkeypatch.setattr(transfer_limits.storage, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    return lfw


def test_whom_it_is_trained_on_is_not_among_whom_it_is_tested_on():
    lfw = made_up_faces([3, 9, 5, 8, 8])
    chosen = transfer_limits.photographed(lfw, people=2, most=6)
    assert chosen.names == ("person 1", "person 2")  # the ones with the most pictures, but for those of the test pairs
    assert np.bincount(chosen.labels).tolist() == [6, 5]


def test_too_few_people_are_refused():
    with pytest.raises(ValueError, match="show 3 people, fewer than 4"):
        transfer_limits.photographed(made_up_faces([3, 9, 5, 8, 8]), people=4)


def test_the_difference_is_taken_of_the_same_draws():
    lfw = made_up_faces([3, 3, *[4] * 8], tested=8)
    mated = lfw.pairs["view1_test"].same
    random = np.random.default_rng(0)
    one = mated + random.normal(0, 1.5, len(mated))
    alike = results.complete(transfer_limits.area_with_interval([one, one], lfw, lambda a, b: b - a), {})
    assert set(alike.values()) == {0.0}
    better = transfer_limits.area_with_interval([one, mated * 10.0], lfw, lambda a, b: b - a)
    assert better["view1_test_auc"] == pytest.approx(
        1 - transfer_limits.area_with_interval([one], lfw, lambda area: area)["view1_test_auc"], abs=1e-4
    )


def test_the_whole_table(small_benchmark, capsys):
    transfer_limits.main()
    printed = capsys.readouterr().out
    rows = results.load("transfer_limits")["rows"]
    assert [row["trained on"] for row in rows] == [
        "rendered people", "photographs", "photographs less rendered people"
    ]  # fmt: skip
    assert [(row["people"], row["pictures"]) for row in rows[:2]] == [(2, 8), (2, 11)]
    for row in rows:
        assert row["view1_test_auc_low"] <= row["view1_test_auc_high"]
        assert row["trained on"] in printed


def test_the_stored_table_is_whole():
    rows = results.load("transfer_limits")["rows"]
    assert [row.get("people") for row in rows] == [transfer_limits.PEOPLE, transfer_limits.PEOPLE, None]
    assert rows[2]["view1_test_auc"] == pytest.approx(rows[1]["view1_test_auc"] - rows[0]["view1_test_auc"], abs=2e-4)
