"""Intervals of comparisons on made-up people, and the stored table of how often they hold the truth."""

import numpy as np
import pytest

from benchmarks import interval_coverage
from course_utils import metrics, results


def dyadic_standard_error(scores, first, second):
    """The dyadic cluster-robust one, in closed form for an area: each comparison's influence, summed by person."""
    mated = first == second
    higher = (scores[mated][:, np.newaxis] > scores[~mated]).astype(float)
    influence = np.zeros(len(scores))
    influence[mated] = (higher.mean(axis=1) - higher.mean()) / mated.sum()
    influence[~mated] = (higher.mean(axis=0) - higher.mean()) / (~mated).sum()
    people = 1 + max(first.max(), second.max())
    of_person = np.bincount(first, influence, people) + np.bincount(second, np.where(mated, 0, influence), people)
    low, high = np.sort([first, second], axis=0)[:, ~mated]
    of_dyad = np.bincount(low * people + high, influence[~mated])
    return np.sqrt((of_person**2).sum() - (of_dyad**2).sum())  # a dyad is in the sums of two people, and counts once


@pytest.mark.parametrize(
    ("design", "people", "repeats"), [("all pairs", 30, 1500), ("list", 500, 3000), ("list", 3000, 3000)]
)
def test_a_dyadic_interval_is_as_wide_as_its_source_says(design, people, repeats):
    scores, first, second = interval_coverage.DESIGNS[design](np.random.default_rng(3), people)
    low, high = metrics.dyadic_interval(interval_coverage.area, scores, first, second, repeats)
    expected = 2 * 1.96 * dyadic_standard_error(scores, first, second)
    assert high - low == pytest.approx(expected, rel=0.06)
    assert low < metrics.roc_auc(scores, first == second) < high


def test_the_quick_area_of_the_benchmark_is_the_area():
    scores, first, second = interval_coverage.listed_pairs(np.random.default_rng(0), people=20, pairs=40)
    weights = np.random.default_rng(1).integers(1, 4, len(scores))
    expected = metrics.roc_auc(scores, first == second, weights)
    assert interval_coverage.area(scores, first == second, weights) == pytest.approx(expected)


def test_the_stored_coverage_says_what_the_docstrings_say():
    rows = {(row["design"], row["interval"]): row for row in results.load("interval_coverage")["rows"]}
    assert set(rows) == {(design, name) for design in interval_coverage.DESIGNS for name in interval_coverage.METHODS}
    assert rows["list", "pigeonhole"]["width"] > 1.15 and rows["list", "pigeonhole"]["coverage"] > 0.96
    for design in interval_coverage.DESIGNS:
        assert rows[design, "dyadic"]["width"] == pytest.approx(1, abs=0.07)
        assert rows[design, "dyadic"]["coverage"] == pytest.approx(0.94, abs=0.025)
    assert rows["all pairs", "pigeonhole"]["width"] == pytest.approx(1, abs=0.07)


def test_a_slice_of_the_stored_coverage_is_still_true():
    """Of few experiments, the widths: how often the truth is held would need hundreds."""
    measured = interval_coverage.measure(interval_coverage.listed_pairs, experiments=20, repeats=40)
    assert 1.05 < measured["pigeonhole"]["width"] / measured["dyadic"]["width"] < 1.5
