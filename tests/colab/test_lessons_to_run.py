import lessons_to_run
import pytest
from lessons_to_run import START, TURNS, reasons_to_skip

NAMES = [START, *(f"{folder}{number:02}_a" for folder in ("", "solutions/") for number in range(1, 12))]
IN_CI = {"CI": "true"}


@pytest.fixture
def commits(monkeypatch):
    """Return a function that sets how many commits there are, and which files the last one changed."""

    def set_them(number, changed=()):
        monkeypatch.setattr(lessons_to_run, "number_of_commit", lambda repository: number)
        monkeypatch.setattr(lessons_to_run, "changed_files", lambda repository: set(changed))

    return set_them


def test_commits_in_a_row_run_every_notebook_once_and_the_start_always_in_ci(commits, tmp_path):
    ran = []
    for number in range(700, 700 + TURNS):
        commits(number)
        ran += [name for name in NAMES if name not in reasons_to_skip(NAMES, tmp_path, IN_CI)]
    assert sorted(ran) == sorted(NAMES + [START] * (TURNS - 1))


def test_a_lesson_and_its_solutions_have_the_same_turn_and_lessons_run_in_ci_only(commits, tmp_path):
    commits(TURNS + 3)
    reasons = reasons_to_skip(NAMES, tmp_path, {})
    assert [name for name in NAMES if name not in reasons] == ["solutions/03_a"]
    assert {name for name, reason in reasons.items() if reason == lessons_to_run.ONLY_IN_CI} == {"03_a"}


@pytest.mark.parametrize(
    ("number", "changed", "runs"),
    [
        (TURNS, [], True),
        (TURNS + 1, [], False),
        (TURNS + 1, ["README.md"], False),
        (TURNS + 1, ["tests/colab/constraints.txt"], True),
        (TURNS + 1, [f"notebooks/{START}.ipynb"], True),
    ],
)
def test_the_start_runs_at_its_turn_and_where_it_may_give_something_else(commits, tmp_path, number, changed, runs):
    commits(number, changed)
    assert (START not in reasons_to_skip(NAMES, tmp_path, {})) == runs


def test_everything_runs_on_demand(tmp_path):
    assert reasons_to_skip(NAMES, tmp_path, {"COLAB_NOTEBOOKS": "all"}) == {}
