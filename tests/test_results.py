"""Stored tables keep runs; means and intervals follow from them."""

import errno
import importlib.util
import json
from pathlib import Path

import pytest

from course_utils import metrics, results
from course_utils.datasets import rendered
from tools import results as tool

RUNS = [0.8, 0.9, 1.0]
PER_SEED = {"student_t": ["mean"]}
BY_PEOPLE = {"people": "interval as measured, runs not stored: bootstrap of people"}
STORED = sorted(results.FOLDER.glob("*.json"))


# -- from runs to numbers ----------------------------------------------------------------------------------------------


def test_runs_of_one_score_get_mean_and_interval():
    row = results.complete({"measure": "accuracy", "runs": RUNS}, PER_SEED)
    assert row == {"measure": "accuracy", "runs": RUNS} | {
        name: round(value, 4) for name, value in zip(("mean", "low", "high"), metrics.mean_interval(RUNS), strict=True)
    }


def test_runs_of_several_scores_get_an_interval_each_and_a_score_that_a_row_lacks_is_left_out():
    row = {"runs": [{"test": value, "train": 1.0} for value in RUNS]}
    completed = results.complete(row, {"student_t": ["test", "error"], "mean": ["train"]})
    assert set(completed) == {"runs", "test", "test_low", "test_high", "train"}
    assert [completed["test"], completed["test_low"], completed["test_high"]] == [
        round(value, 4) for value in metrics.mean_interval(RUNS)
    ]
    assert completed["train"] == 1.0


def test_counts_get_the_interval_by_wilson():
    row = results.complete({"successes": 29, "trials": 30}, {"wilson": ["accuracy"]})
    assert row["accuracy"] == 29 / 30
    assert (row["low"], row["high"]) == metrics.wilson_interval(29, 30)


def test_folds_get_the_standard_error_of_the_protocol():
    folds = [0.75] + [1.0] * 9
    row = results.complete({"runs": [{"view2_by_fold": folds}]}, {"folds": ["view2"]})
    assert row["view2_accuracy"] == pytest.approx(0.975)
    assert row["view2_standard_error"] == pytest.approx(0.025)  # standard deviation 0.25 / sqrt(10), over sqrt(10)


def test_what_is_kept_as_measured_is_passed_on():
    row = results.complete({"auc": 0.9, "as_measured": {"auc": {"low": 0.8, "high": 0.95, "by": "people"}}}, {})
    assert row == {"auc": 0.9, "auc_low": 0.8, "auc_high": 0.95}
    runs = [{"auc": 0.9, "as_measured": {"auc": {"low": low, "by": "people"}}} for low in (0.8, 0.7)]
    assert results.complete({"runs": runs}, {"mean": ["auc"]})["auc_low"] == pytest.approx(0.75)


# -- files -------------------------------------------------------------------------------------------------------------


def test_a_table_comes_back_with_the_machine_it_comes_from(tmp_path):
    results.store("some_benchmark", [{"measure": "accuracy", "runs": RUNS}], PER_SEED, folder=tmp_path)
    stored = results.load("some_benchmark", folder=tmp_path)
    assert stored["rows"] == [results.complete({"measure": "accuracy", "runs": RUNS}, PER_SEED)]
    assert set(stored["machine"]) == {"date", "processor", "cores", "python", "packages"}
    assert stored["machine"]["packages"]["numpy"]
    assert stored["rendered"] == rendered.version()
    assert '"low"' not in (tmp_path / "some_benchmark.json").read_text()


def test_a_missing_result_says_how_to_make_it(tmp_path):
    results.store("other", [], folder=tmp_path)
    with pytest.raises(FileNotFoundError, match=r"stored: other.*python -m benchmarks\.some_benchmark"):
        results.load("some_benchmark", folder=tmp_path)


def test_a_damaged_file_says_how_to_get_it_back(tmp_path):
    (tmp_path / "some_benchmark.json").write_text('{"rows": [')
    with pytest.raises(ValueError, match=r"is damaged \(.*git checkout"):
        results.load("some_benchmark", folder=tmp_path)


def test_a_full_disk_leaves_the_table_that_was_there(tmp_path, monkeypatch):
    path = results.store("some_benchmark", [{"x": 1}], folder=tmp_path)
    before, write_bytes = path.read_bytes(), Path.write_bytes

    def half_written(self, content):
        write_bytes(self, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half_written)
    with pytest.raises(OSError, match=r"some_benchmark\.json could not be written \(No space left on device\)"):
        results.store("some_benchmark", [{"x": 2}], folder=tmp_path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_rows_are_replaced_by_name_and_the_others_stay(tmp_path):
    results.store("some_benchmark", [{"method": "a", "x": 1}, {"method": "b", "x": 2}], folder=tmp_path)
    results.replace_rows(
        "some_benchmark", [{"method": "c", "x": 4}, {"method": "a", "x": 3}], "method", folder=tmp_path
    )
    rows = results.load("some_benchmark", folder=tmp_path)["rows"]
    assert rows == [{"method": "a", "x": 3}, {"method": "b", "x": 2}, {"method": "c", "x": 4}]


def test_a_replaced_row_may_keep_runs_where_the_others_keep_what_was_measured(tmp_path):
    old = [{"method": name, "auc": 0.9, "as_measured": {"auc": {"low": 0.8, "by": "people"}}} for name in "ab"]
    results.store("some_benchmark", old, as_measured=BY_PEOPLE, folder=tmp_path)
    new = [{"method": "b", "runs": RUNS}]
    results.replace_rows("some_benchmark", new, "method", folder=tmp_path, intervals=PER_SEED)
    stored = results.load("some_benchmark", folder=tmp_path)
    assert stored["as_measured"] == BY_PEOPLE
    assert stored["rows"] == [{"method": "a", "auc": 0.9, "auc_low": 0.8}, results.complete(new[0], PER_SEED)]


def test_a_table_names_its_photographs_and_rows_of_others_are_not_mixed(tmp_path):
    results.store("some_benchmark", [{"method": "a"}], folder=tmp_path, photographs="LFW, deep-funneled")
    results.replace_rows("some_benchmark", [{"method": "b"}], "method", folder=tmp_path)
    assert results.load("some_benchmark", folder=tmp_path)["photographs"] == "LFW, deep-funneled"
    with pytest.raises(ValueError, match=r"measured on LFW, deep-funneled, the new rows on LFW, funneled: measure all"):
        results.replace_rows(
            "some_benchmark", [{"method": "b"}], "method", folder=tmp_path, photographs="LFW, funneled"
        )


def test_rows_measured_on_other_pictures_are_not_mixed(tmp_path, monkeypatch):
    results.store("some_benchmark", [{"method": "a"}], folder=tmp_path)
    monkeypatch.setattr(rendered, "version", lambda: "another")
    with pytest.raises(ValueError, match="another version of the rendered set: measure all of it again"):
        results.replace_rows("some_benchmark", [{"method": "a"}], "method", folder=tmp_path)


# -- numbers that do not follow from runs ------------------------------------------------------------------------------

PLANTED = [
    ({"runs": RUNS}, PER_SEED, {"low": 0.1}),
    ({"runs": RUNS}, PER_SEED, {"mean": 0.9}),
    ({"runs": [{"test": value} for value in RUNS]}, {"student_t": ["test"]}, {"test_high": 2.0}),
    ({"successes": 29, "trials": 30}, {"wilson": ["accuracy"]}, {"high": 1.0}),
    ({"runs": [{"view2_by_fold": RUNS}]}, {"folds": ["view2"]}, {"view2_standard_error": 0.01}),
]


@pytest.mark.parametrize(("row", "intervals", "planted"), PLANTED)
def test_a_planted_number_is_refused_and_can_be_taken_out(row, intervals, planted, tmp_path):
    path = results.store("some_benchmark", [row], intervals, folder=tmp_path)
    table = json.loads(path.read_text())
    table["rows"][0] |= planted
    path.write_text(json.dumps(table))
    with pytest.raises(
        ValueError, match=f"'some_benchmark': A row stores {next(iter(planted))}, computed from its runs"
    ):
        results.load("some_benchmark", folder=tmp_path)
    with pytest.raises(ValueError, match="computed from its runs"):
        results.store("some_benchmark", table["rows"], intervals, folder=tmp_path)
    assert len(tool.problems(tmp_path)) == 1
    assert tool.take_out_computed(tmp_path) == ["some_benchmark"]
    assert tool.problems(tmp_path) == tool.take_out_computed(tmp_path) == []
    assert results.read("some_benchmark", tmp_path)["rows"] == [row]


@pytest.mark.parametrize(
    "row",
    [{"auc_low": 0.1}, {"low": 0.1}, {"runs": [{"auc_high": 0.1}]}, {"as_measured": {"auc": {"low": 0.1}}},
     {"runs": [{"as_measured": {"auc": {"low": 0.1, "by": "seeds"}}}]}],
)  # fmt: skip
def test_a_bound_that_follows_from_nothing_is_refused(row, tmp_path):
    with pytest.raises(ValueError, match="neither the runs that they follow from nor"):
        results.store("some_benchmark", [row], as_measured=BY_PEOPLE, folder=tmp_path)
    assert not list(tmp_path.iterdir())


# -- the tables that come with the course ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_stored_results_belong_to_a_benchmark_and_name_no_machine(path):
    benchmark = path.stem.removesuffix("_choice")  # what a benchmark chose from is a table of its own
    assert importlib.util.find_spec(f"benchmarks.{benchmark}")
    text = path.read_text(encoding="utf-8")
    assert "/home/" not in text
    assert "hostname" not in text


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_each_stored_number_with_an_interval_follows_from_runs_or_says_that_it_does_not(path):
    table = results.load(path.stem)
    scores = {score for scores in table["intervals"].values() for score in scores}
    assert all(any(name.startswith(score) for row in table["rows"] for name in row) for score in scores)
    assert all("as measured, runs not stored: " in how for how in table.get("as_measured", {}).values())


def test_the_tool_looks_at_the_tables_and_at_the_card(capsys):
    assert tool.main(["check"]) == 0
    assert capsys.readouterr().out == (
        f"{len(STORED)} tables: their means and intervals follow from their runs\nthe card is current\n"
    )


def test_the_card_shows_what_follows_from_the_runs(monkeypatch, capsys):
    """One right answer fewer in a table, and the card is no longer current."""
    table = results.read("realism")
    table["rows"][0]["successes"] -= 1
    read = results.read
    monkeypatch.setattr(results, "read", lambda name, folder=None: table if name == "realism" else read(name, folder))
    assert tool.main(["check"]) == 1
    assert "the card is out of date" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["augmentation_value", "full_pipeline", "labels_astray", "occlusion", "overfitting"])
def test_what_lessons_show_was_measured_on_the_pictures_that_come_with_the_course(name):
    assert results.load(name)["rendered"] == rendered.version(), f"python -m benchmarks.{name}"
