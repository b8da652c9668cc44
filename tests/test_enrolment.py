"""People enrolled by their mean embedding: whom a new one is taken for, and what is kept in a file."""

import numpy as np
import pytest

from course_utils import enrolment

EMBEDDINGS = [[2.0, 0.0], [0.0, 3.0], [0.0, 1.0], [4.0, 0.1]]
PEOPLE = enrolment.enrol(EMBEDDINGS, [0, 2, 2, 0], ("Ada", "Ben", "Cleo"), threshold=0.8)


def test_a_person_without_a_picture_is_not_enrolled():
    assert PEOPLE.names == ("Ada", "Cleo")


def test_every_picture_counts_the_same_and_the_mean_has_length_1():
    two = enrolment.enrol([[9.0, 0.0], [0.0, 1.0]], [0, 0], ("Ada",), threshold=0)
    np.testing.assert_allclose(two.embeddings, [[0.5**0.5, 0.5**0.5]], atol=1e-6)


def test_the_most_similar_person_is_named_and_below_the_threshold_nobody():
    assert PEOPLE.names_of([[5, 0.1], [0.1, 0.2], [1, 1], [-1, 0], [0, 0]]) == ["Ada", "Cleo", *["nobody"] * 3]


def test_a_similarity_at_the_threshold_is_enough():
    exact = enrolment.enrol([[1, 0]], [0], ("Ada",), threshold=0.6)
    assert exact.names_of([[3, 4], [2.99, 4]]) == ["Ada", "nobody"]


def test_who_is_deleted_is_never_named_again():
    rest = PEOPLE.without("Ada")
    assert rest.names == ("Cleo",)
    assert rest.names_of([[5, 0.1]]) == ["nobody"]
    with pytest.raises(ValueError, match="nobody is enrolled as 'Ada'; the names are Cleo"):
        rest.without("Ada")


def test_a_file_holds_names_embeddings_and_threshold(tmp_path):
    PEOPLE.save(tmp_path / "people.npz")
    read = enrolment.load(tmp_path / "people.npz")
    assert (read.names, read.threshold) == (PEOPLE.names, PEOPLE.threshold)
    np.testing.assert_array_equal(read.embeddings, PEOPLE.embeddings)
    assert read.embeddings.dtype == np.float32


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: enrolment.enrol([[1, 0]], [0, 0], ("Ada",), 0.5), "expected one for each of the 1 embeddings"),
        (lambda: enrolment.enrol([1, 0], [0], ("Ada",), 0.5), "expected the shape"),
        (lambda: enrolment.Enrolment(("Ada", "Ada"), np.eye(2), 0.5), "none of them twice"),
        (lambda: enrolment.Enrolment((), np.empty((0, 2)), 0.5), "at least one"),
        (lambda: PEOPLE.save("people.txt"), "ends in .npz"),
    ],
)
def test_what_cannot_be_enrolled_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
