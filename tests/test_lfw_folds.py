"""Whom a system may be trained on when a fold of LFW's View 2 is scored, on made-up pairs and on LFW."""

import numpy as np
import pytest
from faces_on_disk import REAL, needs_real_data

from course_utils.datasets import FaceDataset, Pairs, lfw
from course_utils.datasets.faces import PairSets
from course_utils.protocols import lfw_folds

# Six people: 0 and 1 in the first fold, 2 and 3 in the second, 4 in the third with 3; nobody compares 5.
LABELS = np.array([0, 0, 0, 1, 2, 2, 3, 3, 4, 5], np.int64)
PAIRS = Pairs([0, 0, 4, 4, 8], [1, 3, 5, 6, 7], [True, False, True, False, False], [0, 0, 1, 1, 2])


def made_up_lfw() -> FaceDataset:
    images = np.zeros((len(LABELS), 8, 8, 3), np.uint8)
    return FaceDataset(images, LABELS, tuple("abcdef"), pairs=PairSets({"view2": PAIRS}))


def test_people_and_pictures_of_folds():
    assert lfw_folds.people_in(PAIRS, LABELS, [0]).tolist() == [0, 1]
    assert lfw_folds.pictures_in(PAIRS, [1, 2]).tolist() == [4, 5, 6, 7, 8]
    assert lfw_folds.people_in(PAIRS, LABELS).tolist() == [0, 1, 2, 3, 4]


def test_who_is_in_the_fold_that_is_scored_is_not_trained_on_even_if_another_fold_names_them():
    assert lfw_folds.training_people(PAIRS, LABELS, [0]).tolist() == [2, 3, 4]
    assert lfw_folds.training_people(PAIRS, LABELS, [1]).tolist() == [0, 1, 4], "3 is in the folds 1 and 2"
    assert lfw_folds.training_people(PAIRS, LABELS, [0, 1]).tolist() == [4]


def test_all_pictures_of_those_people_are_trained_on_and_none_of_who_is_in_no_pair():
    assert lfw_folds.training_pictures(PAIRS, LABELS, [1]).tolist() == [0, 1, 2, 3, 8]
    faces = lfw_folds.training_set(made_up_lfw(), [1])
    assert faces.names == ("a", "b", "e")
    assert faces.labels.tolist() == [0, 0, 0, 1, 2]


@pytest.mark.parametrize("without", [[0], [1], [2], [0, 2], [1, 2]])
def test_nobody_of_the_folds_left_out_is_trained_on(without):
    people = LABELS[lfw_folds.training_pictures(PAIRS, LABELS, without)]
    assert not set(people) & set(lfw_folds.people_in(PAIRS, LABELS, without))


def test_what_cannot_be_left_out_is_refused():
    with pytest.raises(ValueError, match=r"no fold 7; the folds are \[0, 1, 2\]"):
        lfw_folds.training_people(PAIRS, LABELS, [0, 7])
    with pytest.raises(ValueError, match="At least one fold"):
        lfw_folds.training_people(PAIRS, LABELS, [])
    with pytest.raises(ValueError, match="Nobody is left"):
        lfw_folds.training_people(PAIRS, LABELS, [0, 1, 2])


@needs_real_data
def test_nobody_of_a_fold_of_lfw_is_among_those_trained_on():
    """No picture is read: the names of the files say who is in them."""
    folder = lfw.find_folder(REAL)
    files = lfw.list_pictures(folder)
    names = np.array([file.split("/")[0] for file in files])
    _, labels = np.unique(names, return_inverse=True)
    pairs = lfw.read_pairs(REAL / "lfw_home" / lfw.PAIR_FILES["view2"].filename, files)

    first = lfw_folds.training_pictures(pairs, labels, [0])
    assert (len(first), len(np.unique(labels[first]))) == (10_503, 3_846)
    folds = np.unique(pairs.fold).tolist()
    assert len(folds) == 10
    for fold in folds:
        chosen = pairs.fold == fold
        tested = set(names[pairs.first[chosen]]) | set(names[pairs.second[chosen]])
        for other in folds:
            trained = set(names[lfw_folds.training_pictures(pairs, labels, {fold, other})])
            assert trained and not trained & tested
