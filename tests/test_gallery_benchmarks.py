"""The benchmarks of galleries measure what they say, on made-up templates; their tables are what lessons load."""

import importlib.util

import numpy as np
import pytest

from course_utils import environment

environment.setup()

from benchmarks import door as door_benchmark
from benchmarks import gallery_search, people_like_ours, templates_per_person
from course_utils import results
from course_utils.gallery import vector_index


def made_up(people: int, pictures: int, numbers: int = 16) -> tuple[np.ndarray, np.ndarray]:
    """Return templates of people who differ more in some directions than in others."""
    random = np.random.default_rng(0)
    widths = np.linspace(0.1, 2, numbers)
    labels = np.repeat(np.arange(people), pictures)
    own = random.normal(1, widths, (people, numbers))[labels]
    return own + random.normal(0, 0.5, own.shape), labels


def test_made_up_templates_have_the_statistics_of_those_they_are_made_after():
    templates, labels = made_up(2000, 5)
    spread = people_like_ours.statistics_of(templates, labels)
    np.testing.assert_allclose(spread.mean, 1, atol=0.2)
    np.testing.assert_allclose(spread.within.T @ spread.within, 0.25 * np.eye(16), atol=0.03)
    between = spread.between.T @ spread.between
    np.testing.assert_allclose(np.diag(between), np.linspace(0.1, 2, 16) ** 2, atol=0.35)
    drawn = people_like_ours.draw(spread, 300, 5, seed=1)
    assert drawn.shape == (300, 5, 16)
    np.testing.assert_allclose(np.linalg.norm(drawn, axis=2), 1, atol=1e-5)
    real = people_like_ours.comparison(templates[:1500], labels[:1500])
    same = people_like_ours.comparison(drawn.reshape(-1, 16), np.repeat(np.arange(300), 5))
    for name, value in real.items():
        assert same[name] == pytest.approx(value, abs=0.05), name


def test_a_draw_does_not_depend_on_the_size_of_its_blocks_within_one():
    spread = people_like_ours.statistics_of(*made_up(50, 4))
    small, large = (people_like_ours.draw(spread, people, 2, seed=3, block=40) for people in (40, 80))
    np.testing.assert_array_equal(small, large[:40])


def test_both_strategies_are_asked_the_same():
    templates, labels = made_up(80, 8)
    row = templates_per_person.measure(templates, labels, pictures=1, draws=3)
    assert row["mean"] == row["best"], "of one picture, the mean is the best"
    assert row["best less mean"] == 0
    row = templates_per_person.measure(templates, labels, pictures=3, draws=3)
    assert row["searches"] == 3 * 40 * 5
    assert row["best less mean"] == pytest.approx(row["best"] - row["mean"], abs=1e-4)
    bounds = row[results.AS_MEASURED]["best less mean"]
    assert bounds["low"] < row["best less mean"] < bounds["high"]


@pytest.mark.skipif(importlib.util.find_spec("faiss") is None, reason="faiss is not here: pip install faiss-cpu")
def test_a_row_of_the_search_table():
    spread = people_like_ours.statistics_of(*made_up(200, 5, numbers=32))
    row = gallery_search.measure(spread, 3000, probes=200, timed=5)
    assert (row["templates"], row["trials"]) == (3000, 200)
    assert row["successes"] >= 190
    assert row["right person, exact"] == pytest.approx(row["right person, index"], abs=0.05)
    assert all(value > 0 for value in row.values())
    rows = gallery_search.compare_fractions(spread, 3000, probes=200, timed=5)
    assert [row["cells searched"] for row in rows] == list(gallery_search.FRACTIONS)
    assert rows[0]["successes"] < rows[-1]["successes"], "more cells, fewer misses"


def test_the_index_searches_the_cells_that_the_stored_choice_names():
    stored = results.load("gallery_search")["rows"]
    fractions = [row for row in stored if "cells searched" in row]
    largest = [[row for row in fractions if row["templates"] == size] for size in gallery_search.SIZES[-2:]]
    enough = [{row["cells searched"] for row in some if row["recall"] >= 0.99} for some in largest]
    assert min(set.intersection(*enough)) == vector_index.PROBED
    slow = [row["templates"] for row in stored if row.get("exact, ms", 0) > 1 and row["recall"] >= 0.99]
    assert min(slow) == vector_index.FEWEST


def test_rates_of_the_door_are_rows_with_their_intervals():
    rate = door_benchmark.door.rate_of(
        "strangers let in (FPIR)", np.array([True, False, False, False]), np.array(list("aabb"))
    )
    (row,) = door_benchmark.rows_of("LFW", [rate])
    loaded = results.complete(row, {})
    assert (loaded["rate"], loaded["count"], loaded["tries"], loaded["people"]) == (0.25, 1, 4, 2)
    assert 0 <= loaded["rate_low"] < 0.25 < loaded["rate_high"] <= 1
