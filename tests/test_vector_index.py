"""The approximate index finds nearly what an exact search finds, and forgets who was withdrawn.

It needs faiss, which the course does not install but its tests do (requirements-test.txt).
"""

import functools
import importlib.util
import sys

import numpy as np
import pytest

from course_utils.gallery import ApproximateIndex, ExactIndex, Gallery, IndexUnavailableError, vector_index
from course_utils.gallery import people as people_of_gallery

needs_faiss = pytest.mark.skipif(
    importlib.util.find_spec("faiss") is None, reason="faiss is not here: pip install faiss-cpu"
)
NUMBERS = 32


def people(number: int, seed: int = 0) -> np.ndarray:
    """Return directions, (number, NUMBERS)."""
    drawn = np.random.default_rng(seed).normal(size=(number, NUMBERS)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def probes_of(rows: np.ndarray, noise: float = 0.05) -> np.ndarray:
    """Return other pictures of the same people."""
    varied = rows + np.random.default_rng(1).normal(0, noise, rows.shape).astype(np.float32)
    return varied / np.linalg.norm(varied, axis=1, keepdims=True)


def exact(number: int = 6000) -> ExactIndex:
    index = ExactIndex()
    index.add(np.arange(number), people(number))
    return index


@pytest.fixture
def gallery(monkeypatch):
    """A gallery of 600 people, two templates each, with an index."""
    monkeypatch.setattr(people_of_gallery, "ApproximateIndex", functools.partial(ApproximateIndex, fewest=500))
    made = Gallery("a network", "best", index="approximate")
    rows = people(600)
    labels = np.repeat(np.arange(600), 2)
    made.enrol_labelled(probes_of(rows[labels], 0.02), labels, [f"person {number}" for number in range(600)])
    return made


# -- without the library -----------------------------------------------------------------------------------------------


def test_without_the_library_the_error_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "faiss", None)
    gallery = Gallery("a network", index="approximate")
    gallery.enrol("Ada", np.ones((1, 2)))
    with pytest.raises(IndexUnavailableError, match=r"%pip install faiss-cpu.*index='exact'"):
        gallery.search(np.ones((1, 2)))
    assert gallery.names == ("Ada",)
    gallery.withdraw("Ada")


# -- search ------------------------------------------------------------------------------------------------------------


@needs_faiss
@pytest.mark.parametrize("count", [1, 5])
def test_nearly_everybody_is_found_with_the_exact_score(count):
    templates = exact()
    probes = probes_of(templates.rows[::20])
    scores, ids = ApproximateIndex(templates, probed=0.5, fewest=0).search(probes, count)
    expected, right = templates.search(probes, count)
    assert (ids[:, 0] == right[:, 0]).mean() >= 0.99
    same = ids == right
    np.testing.assert_allclose(scores[same], expected[same], atol=1e-6)
    assert (np.diff(scores, axis=1) <= 0).all()


@needs_faiss
def test_more_cells_miss_fewer():
    templates = exact()
    probes = probes_of(templates.rows[::20], noise=0.15)
    right = templates.search(probes, 1)[1]
    indexes = [ApproximateIndex(templates, probed, fewest=0) for probed in (0.02, 0.2, 1.0)]
    recall = [(index.search(probes, 1)[1] == right).mean() for index in indexes]
    assert recall[0] < recall[1] < recall[2]
    assert recall[2] >= 0.95


@needs_faiss
def test_a_small_gallery_is_searched_exactly():
    templates = exact()
    assert len(templates) < vector_index.FEWEST
    index = ApproximateIndex(templates, probed=0.001)
    probes = probes_of(templates.rows[:50], noise=0.3)
    np.testing.assert_array_equal(index.search(probes, 3)[1], templates.search(probes, 3)[1])
    assert len(index.ids()) == 0


@needs_faiss
def test_codes_cannot_be_made_of_an_odd_number_of_numbers():
    templates = ExactIndex()
    templates.add(np.arange(3), np.eye(3, dtype=np.float32))
    with pytest.raises(ValueError, match="even number of numbers in a template, got 3"):
        ApproximateIndex(templates, fewest=2).search(templates.rows, 1)


@needs_faiss
def test_who_comes_after_the_index_was_made_is_found(gallery):
    new = people(3, seed=9)
    gallery.search(new)
    gallery.enrol("new person", new)
    assert [answer.name for answer in gallery.identify(new, 0.99)] == ["new person"] * 3


# -- withdrawal --------------------------------------------------------------------------------------------------------


@needs_faiss
def test_who_is_withdrawn_is_gone_from_the_index(gallery):
    probes = probes_of(people(600))
    assert gallery.identify(probes, 0.5)[7].name == "person 7"
    ids = gallery._roster.people["person 7"].ids
    assert np.isin(ids, gallery._approximate.ids()).all()
    report = gallery.withdraw("person 7")
    assert report.complete
    assert gallery.identify(probes, 0.5)[7].name != "person 7"
    assert len(gallery._approximate.ids()) == 1198
    assert not np.isin(ids, gallery._approximate.ids()).any()
    assert {each.name for found in gallery.search(probes[7:8], 10) for each in found} <= set(gallery.names)


@needs_faiss
def test_an_index_that_keeps_the_person_is_reported(gallery, monkeypatch):
    monkeypatch.setattr(ApproximateIndex, "remove", lambda self, ids: None)
    gallery.search(people(1))
    report = gallery.withdraw("person 7")
    assert [(finding.where, finding.found) for finding in report.findings if finding.found] == [("index", 2)]


@needs_faiss
def test_when_everybody_near_was_withdrawn_somebody_is_found_all_the_same(gallery):
    gallery.search(people(1))
    for number in range(90):
        gallery.withdraw(f"person {number}")
    found = gallery.search(probes_of(people(600)), 1)
    assert len(found) == 600
    assert all(len(candidates) == 1 for candidates in found)
