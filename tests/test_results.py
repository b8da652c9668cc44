import pytest

from course_utils import results
from course_utils.datasets import rendered


def test_a_table_comes_back_with_the_machine_it_comes_from(tmp_path):
    rows = [{"measure": "accuracy", "mean": 0.9, "runs": [0.8, 1.0]}]
    results.store("some_benchmark", rows, folder=tmp_path)
    stored = results.load("some_benchmark", folder=tmp_path)
    assert stored["rows"] == rows
    assert set(stored["machine"]) == {"date", "processor", "cores", "python", "packages"}
    assert stored["machine"]["packages"]["numpy"]
    assert stored["rendered"] == rendered.version()


def test_a_missing_result_says_how_to_make_it(tmp_path):
    results.store("other", [], folder=tmp_path)
    with pytest.raises(FileNotFoundError, match=r"stored: other.*python -m benchmarks\.some_benchmark"):
        results.load("some_benchmark", folder=tmp_path)


def test_rows_are_replaced_by_name_and_the_others_stay(tmp_path):
    results.store("some_benchmark", [{"method": "a", "x": 1}, {"method": "b", "x": 2}], folder=tmp_path)
    results.replace_rows(
        "some_benchmark", [{"method": "c", "x": 4}, {"method": "a", "x": 3}], "method", folder=tmp_path
    )
    rows = results.load("some_benchmark", folder=tmp_path)["rows"]
    assert rows == [{"method": "a", "x": 3}, {"method": "b", "x": 2}, {"method": "c", "x": 4}]


def test_rows_measured_on_other_pictures_are_not_mixed(tmp_path, monkeypatch):
    results.store("some_benchmark", [{"method": "a"}], folder=tmp_path)
    monkeypatch.setattr(rendered, "version", lambda: "another")
    with pytest.raises(ValueError, match="another version of the rendered set: measure all of it again"):
        results.replace_rows("some_benchmark", [{"method": "a"}], "method", folder=tmp_path)


@pytest.mark.parametrize("path", sorted(results.FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_stored_results_belong_to_a_benchmark_and_name_no_machine(path):
    assert (results.ROOT / "benchmarks" / f"{path.stem}.py").exists()
    text = path.read_text(encoding="utf-8")
    assert "/home/" not in text
    assert "hostname" not in text


@pytest.mark.parametrize("name", ["augmentation_value", "full_pipeline", "labels_astray", "overfitting"])
def test_what_lessons_show_was_measured_on_the_pictures_that_come_with_the_course(name):
    assert results.load(name)["rendered"] == rendered.version(), f"python -m benchmarks.{name}"
