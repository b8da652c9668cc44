"""Runs of benchmarks are kept once they are measured, and a damaged one is measured again."""

import pytest
from faces_on_disk import names_in

from benchmarks import kept_runs
from benchmarks.kept_runs import kept


@pytest.mark.parametrize("damage", [b"", b'{"score": 0.', b"\xff\xfe", b"\0" * 20])
def test_a_damaged_run_is_measured_again(tmp_path, monkeypatch, damage):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    measured = iter([{"score": 0.5}, {"score": 0.75}])
    assert kept("a_benchmark", [1], lambda: next(measured)) == {"score": 0.5}
    assert kept("a_benchmark", [1], lambda: next(measured)) == {"score": 0.5}
    [name] = names_in(tmp_path / "cache" / "a_benchmark")
    (tmp_path / "cache" / "a_benchmark" / name).write_bytes(damage)
    with pytest.warns(UserWarning, match="is damaged: the run is measured again"):
        assert kept("a_benchmark", [1], lambda: next(measured)) == {"score": 0.75}
    assert kept("a_benchmark", [1], lambda: next(measured)) == {"score": 0.75}
    assert names_in(tmp_path / "cache" / "a_benchmark") == [name]


def test_a_run_that_another_machine_finished_is_not_measured_again(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_runs, "UNFINISHED", tmp_path / "unfinished")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "another machine"))
    assert kept("a_benchmark", [1], lambda: {"score": 0.5}) == {"score": 0.5}
    carried = kept_runs.UNFINISHED / "a_benchmark"
    carried.parent.mkdir(parents=True)
    (tmp_path / "another machine" / "cache" / "a_benchmark").rename(carried)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "this machine"))
    assert kept("a_benchmark", [1], lambda: {"score": 0.75}) == {"score": 0.5}
    assert kept("a_benchmark", [2], lambda: {"score": 0.75}) == {"score": 0.75}
