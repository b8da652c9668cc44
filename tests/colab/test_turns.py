import os
import subprocess

import pytest
import turns

NAMES = ["00_start_here", *(f"{folder}{number:02}_a" for folder in ("", "solutions/") for number in range(1, 12))]


@pytest.fixture
def commits(monkeypatch):
    """Return a function that sets how many commits there are."""
    return lambda number: monkeypatch.setattr(turns, "number_of_commit", lambda repository: number)


def test_commits_in_a_row_run_every_notebook_once_and_the_start_always(commits, tmp_path):
    ran = []
    for number in range(700, 700 + turns.TURNS):
        commits(number)
        ran += [name for name in NAMES if name not in turns.reasons_to_skip(NAMES, tmp_path, {"CI": "true"})]
    assert sorted(ran) == sorted(NAMES + ["00_start_here"] * (turns.TURNS - 1))


def test_a_lesson_and_its_solutions_have_the_same_turn_and_lessons_run_in_ci_only(commits, tmp_path):
    commits(turns.TURNS + 3)
    reasons = turns.reasons_to_skip(NAMES, tmp_path, {})
    assert [name for name in NAMES if name not in reasons] == ["00_start_here", "solutions/03_a", "solutions/09_a"]
    assert {name for name, reason in reasons.items() if reason == turns.ONLY_IN_CI} == {"03_a", "09_a"}


def test_everything_runs_on_demand(tmp_path):
    assert turns.reasons_to_skip(NAMES, tmp_path, {"COLAB_NOTEBOOKS": "all"}) == {}


def test_commits_are_counted_and_where_they_cannot_be_the_hash_decides(tmp_path):
    repository, shallow = tmp_path / "whole", tmp_path / "shallow"
    name = {f"GIT_{who}_{what}": "test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", "init", "-q", repository], check=True)
    for _ in range(3):
        command = ["git", "-C", repository, "commit", "-q", "--allow-empty", "-m", "Change"]
        subprocess.run(command, check=True, env=os.environ | name)
    assert turns.number_of_commit(repository) == 3
    subprocess.run(["git", "clone", "-q", "--depth=1", repository.as_uri(), shallow], check=True)
    assert turns.number_of_commit(shallow) == int(turns.git(repository, "rev-parse", "HEAD"), 16)
    assert turns.number_of_commit(tmp_path) == 0
