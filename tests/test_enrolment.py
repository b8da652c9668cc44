"""Lesson 05's words for a gallery: whom a new embedding is taken for, and what is kept in a file."""

import numpy as np
import pytest

from course_utils import enrolment

EMBEDDINGS = [[2.0, 0.0], [0.0, 3.0], [0.0, 1.0], [4.0, 0.1]]


@pytest.fixture
def people():
    return enrolment.enrol(EMBEDDINGS, [0, 2, 2, 0], ("Ada", "Ben", "Cleo"), threshold=0.8)


def test_a_person_without_a_picture_is_not_enrolled(people):
    assert people.names == ("Ada", "Cleo")


def test_every_picture_counts_the_same_and_the_mean_has_length_1():
    two = enrolment.enrol([[9.0, 0.0], [0.0, 1.0]], [0, 0], ("Ada",), threshold=0)
    np.testing.assert_allclose(two.embeddings, [[0.5**0.5, 0.5**0.5]], atol=1e-6)


def test_the_most_similar_person_is_named_and_below_the_threshold_nobody(people):
    assert people.names_of([[5, 0.1], [0.1, 0.2], [1, 1], [-1, 0]]) == ["Ada", "Cleo", "nobody", "nobody"]


def test_similarities_are_cosines():
    np.testing.assert_allclose(
        enrolment.similarities([[2, 0], [1, 1]], [[0, 3], [4, 0]]), [[0, 1], [0.5**0.5] * 2], atol=1e-6
    )


def test_a_similarity_at_the_threshold_is_enough():
    exact = enrolment.enrol([[1, 0]], [0], ("Ada",), threshold=0.6)
    assert exact.names_of([[3, 4], [2.99, 4]]) == ["Ada", "nobody"]


def test_who_is_deleted_is_never_named_again(people):
    rest = people.without("Ada")
    assert rest.names == ("Cleo",)
    assert rest.names_of([[5, 0.1]]) == ["nobody"]
    with pytest.raises(ValueError, match="nobody is enrolled as 'Ada'; enrolled are Cleo"):
        rest.without("Ada")


def test_a_file_holds_names_embeddings_and_threshold(people, tmp_path):
    people.save(tmp_path / "people.npz")
    read = enrolment.load(tmp_path / "people.npz")
    assert (read.names, read.gallery.threshold) == (people.names, 0.8)
    np.testing.assert_array_equal(read.embeddings, people.embeddings)
    assert read.embeddings.dtype == np.float32


@pytest.mark.parametrize(
    ("embeddings", "labels", "message"),
    [([[1, 0]], [0, 0], "expected one for each of the 1 templates"), ([1, 0], [0, 0], "expected the shape")],
)
def test_what_cannot_be_enrolled_is_refused(embeddings, labels, message):
    with pytest.raises(ValueError, match=message):
        enrolment.enrol(embeddings, labels, ("Ada",), 0.5)


def test_a_file_has_a_name_of_its_own_kind(people):
    with pytest.raises(ValueError, match=r"ends in \.npz"):
        people.save("people.txt")
