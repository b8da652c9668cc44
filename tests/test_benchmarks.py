"""Slices of stored benchmarks, measured again: lessons show the tables, so the tables must still be true."""

import ast

import pytest
from faces_on_disk import REAL, needs_real_data

from benchmarks import from_scratch, full_pipeline, labels_astray, optimizer_comparison, range_test
from course_utils import results
from course_utils.datasets import load_faces, storage
from tools.notebooks.compare import compare_text
from tools.notebooks.tags import Tolerance


@needs_real_data
def test_the_full_pipeline_on_real_people_gives_what_is_stored():
    rows = results.load("full_pipeline")["rows"]
    stored = {row["measure"]: row["runs"][0] for row in rows if row["set"] == "olivetti"}
    faces = load_faces("olivetti", path=REAL)
    measured = full_pipeline.who_is_it_simply(faces, seed=0) | full_pipeline.who_is_it(faces, seed=0)
    for measure, score in measured.items():
        # Forty epochs amplify the last digits: the network's score has moved by up to 0.06 between settings of oneDNN.
        tolerance = 0.08 if "network" in measure else 0.01
        assert score == pytest.approx(stored[measure], abs=tolerance), measure


def test_the_convolution_from_scratch_is_as_fast_as_promised():
    rows = results.load("from_scratch")["rows"]
    assert len(rows) == len(from_scratch.LAYERS)
    assert all(row["times Keras"] <= from_scratch.BAR for row in rows)
    again = from_scratch.measure(*from_scratch.LAYERS[0], batch=4, repeats=3)
    assert again["layer"] == rows[0]["layer"]
    assert again["from scratch, ms"] < again["loop, ms"] / 5


def test_the_curve_of_the_range_test_is_what_the_network_does():
    """Its first half; at larger rates every run jumps elsewhere."""
    stored = results.load("range_test")["rows"][0]
    assert stored["rates"] == pytest.approx(range_test.RATES, rel=1e-3)
    again = range_test.losses_at(range_test.RATES[:25], seed=stored["seed"])
    assert again == pytest.approx(stored["losses"][:25], abs=0.01)


def test_a_run_of_the_optimizer_comparison_gives_what_is_stored(monkeypatch, tmp_path):
    """Of the first two starts of the gentlest row; at large rates, forty steps amplify the last digits."""
    monkeypatch.setattr(storage, "cache_folder", lambda: tmp_path)
    rows = results.load("optimizer_comparison")["rows"]
    stored = next(row for row in rows if row["part"] == "report" and row["optimizer"] == "SGD")
    runs = optimizer_comparison.Runs()
    for seed in optimizer_comparison.SEEDS[:2]:
        again = runs.run("SGD", stored["rate"], seed)
        assert again["loss"] == pytest.approx(stored["runs"][seed]["loss"], abs=0.01)
        assert again == runs.run("SGD", stored["rate"], seed), "the second time, it comes from the cache"


def test_the_rates_of_the_optimizer_comparison_are_chosen_by_the_search_alone():
    rows = results.load("optimizer_comparison")["rows"]
    for name, kind in optimizer_comparison.KINDS.items():
        searched = {row["rate"]: row["loss"] for row in rows if row["part"] == "search" and row["optimizer"] == name}
        assert tuple(searched) == kind.rates
        rates = [row["rate"] for row in rows if row["part"] == "report" and row["optimizer"] == name]
        assert rates == [kind.default, min(searched, key=searched.get)]
    assert not set(optimizer_comparison.SEARCH_SEEDS) & set(optimizer_comparison.SEEDS)


@pytest.mark.parametrize("run", ["forty", "four"])
def test_runs_that_go_astray_still_do(run):
    stored = next(row["printed"] for row in results.load("labels_astray")["rows"] if row["run"] == run)
    again = labels_astray.RUNS[run](load_faces("rendered", people=labels_astray.PEOPLE, size=labels_astray.SIZE))
    assert compare_text("\n".join(stored), "\n".join(again), Tolerance(rtol=0.3, int_tol=8)) == []


def private_names(path):
    """Return the private names that a file takes from other modules: `from a import _b`, or `a._b` of an import."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [
        alias for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
    ]
    modules = {alias.asname or alias.name.partition(".")[0] for alias in imports}
    used = {
        node.attr for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules
    }  # fmt: skip
    names = {alias.name for alias in imports} | used
    return {name for name in names if name.startswith("_") and not name.startswith("__")}


def test_benchmarks_use_no_private_name_of_another_module(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text("from course_utils import results\nfrom a import _b\nresults._c()\n")
    assert private_names(planted) == {"_b", "_c"}
    for path in sorted((results.ROOT / "benchmarks").rglob("*.py")):
        assert private_names(path) == set(), path
