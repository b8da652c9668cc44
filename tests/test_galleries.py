import numpy as np
import pytest

from benchmarks import gallery_size
from course_utils import metrics, results
from course_utils.protocols import galleries


def test_normalised_embeddings_have_length_1_and_their_direction():
    found = galleries.normalised([[[3, 4], [0, 2]]])
    np.testing.assert_allclose(found, [[[0.6, 0.8], [0, 1]]], rtol=1e-6)


@pytest.mark.parametrize("embedding", [[0, 0], [np.nan, 1], [np.inf, 1]])
def test_an_embedding_without_a_direction_is_refused(embedding):
    with pytest.raises(ValueError, match="no direction"):
        galleries.normalised([[1, 0], embedding])


def test_the_formula():
    assert galleries.expected_fpir(1e-4, 1000) == pytest.approx(0.0952, abs=1e-4)
    np.testing.assert_allclose(galleries.expected_fpir(np.array([0, 0.5]), 2), [0, 0.75])


def test_a_growing_gallery_by_hand():
    """One probe matches nobody, one everybody, one a single person of four."""
    matches = np.array([[0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 1, 0]])
    found = galleries.growing_gallery(matches, [1, 2, 4], galleries=4000, seed=0)
    np.testing.assert_allclose(found[:, 0], 0)
    np.testing.assert_allclose(found[:, 1], 1)
    np.testing.assert_allclose(found[:, 2], [1 / 4, 1 / 2, 1], atol=0.03)


def test_independent_comparisons_follow_the_formula_and_equal_strangers_do_not():
    random = np.random.default_rng(0)
    independent = random.random((2000, 200)) < 0.01
    (measured,) = galleries.growing_gallery(independent, [100], galleries=20, seed=0)
    assert measured.mean() == pytest.approx(galleries.expected_fpir(0.01, 100), abs=0.02)
    wolves = np.zeros((2000, 200), bool)
    wolves[:1000] = random.random((1000, 200)) < 0.02
    (measured,) = galleries.growing_gallery(wolves, [100], galleries=20, seed=0)
    assert measured.mean() == pytest.approx(galleries.expected_fpir(0.02, 100) / 2, abs=0.02)


@pytest.mark.parametrize("sizes", [[0, 1], [1, 5]])
def test_a_gallery_cannot_be_larger_than_its_people(sizes):
    with pytest.raises(ValueError, match="from 1 to 4"):
        galleries.growing_gallery(np.zeros((2, 4), bool), sizes, galleries=1, seed=0)


def test_values_by_person():
    np.testing.assert_allclose(galleries.by_person([1, 0, 1, 1], [1, 1, 0, 0]), [1, 0.5])


def test_a_threshold_lets_the_wanted_fraction_pass():
    scores = np.random.default_rng(0).random((100, 50))
    threshold = galleries.threshold_for(scores, 0.01)
    assert (scores >= threshold).sum() == pytest.approx(50, abs=1)


def test_a_threshold_needs_enough_comparisons():
    with pytest.raises(metrics.TooFewComparisonsError, match="at least 3,000"):
        galleries.threshold_for(np.zeros((10, 10)), 0.001)


def test_the_stored_table_holds_every_rate_and_size_and_all_strangers():
    rows = results.load("gallery_size")["rows"]
    assert [(row["wanted_fmr"], row["enrolled"]) for row in rows] == [
        (rate, size) for rate in gallery_size.RATES for size in gallery_size.SIZES
    ]
    assert {len(row["runs"]) for row in rows} == {80}


def test_both_halves_are_strangers_once_and_more_people_are_taken_for_somebody_in_larger_galleries():
    random = np.random.default_rng(0)
    people, others = (galleries.normalised(random.normal(size=(count, 4, 8))) for count in (320, 80))
    rows = [row for row in gallery_size.table(people, others) if row["wanted_fmr"] == 0.01]
    means = [np.mean(row["runs"]) for row in rows]
    assert means[0] == pytest.approx(0.01, abs=0.004)
    assert means == sorted(means)
    (first, second) = np.mean(rows[0]["runs"][:40]), np.mean(rows[0]["runs"][40:])
    assert min(first, second) <= 0.01 <= max(first, second)
