"""Slow tests take turns, but never where what they test was changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import inputs, turns

ROOT = Path(__file__).resolve().parents[1]
NOBODY = {f"GIT_{who}_{what}": "test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
FILES = {
    ".gitignore": "__pycache__/\n",
    "course_utils/__init__.py": "",
    "course_utils/plots.py": "",
    "course_utils/widgets/__init__.py": "from importlib import import_module\n\nload = import_module\n",
    "course_utils/widgets/loss.py": "def draw():\n    from course_utils import plots\n",
    "notebooks/00_a.ipynb": '{"cells": [{"cell_type": "code", "source": ["from course_utils import plots"]}]}',
    "notebooks/solutions/00_a.ipynb": '{"cells": []}',
    "tests/helper.py": "from course_utils import widgets\n",
    "tests/regression/test_one.py": "def test_it():\n    pass\n",
    "tests/regression/test_two.py": "import course_utils.widgets\n\ndef test_it():\n    pass\n",
    "tests/test_quick.py": "import helper\n\ndef test_it():\n    pass\n",
}
NAMES = [
    "notebooks/00_a.ipynb::Cell 1",
    "notebooks/00_a.ipynb::Cell 2",
    "notebooks/solutions/00_a.ipynb::Cell 1",
    "tests/regression/test_one.py::test_it",
    "tests/regression/test_two.py::test_it",
    "tests/test_quick.py::test_it",
]
# Whoever runs these tests in CI tests what happens outside it.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST")}


def commit(repository):
    for command in (["add", "--all"], ["commit", "-q", "--allow-empty", "-m", "Change"]):
        subprocess.run(["git", "-C", repository, *command], check=True, env=os.environ | NOBODY)


@pytest.fixture
def repository(tmp_path):
    """Return a checkout with a commit of small files, and an empty commit after it."""
    folder = tmp_path / "course"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q", folder], check=True)
    commit(folder)
    commit(folder)
    return folder


def running(repository):
    """Return the files whose tests do not wait."""
    waiting = turns.waiting(NAMES, repository)
    return {name.partition("::")[0] for name in NAMES if name not in waiting}


def test_commits_in_a_row_run_every_slow_test_and_quick_ones_always(repository):
    ran = []
    for _ in range(turns.TURNS):
        ran += sorted(running(repository))
        commit(repository)
    slow = {name.partition("::")[0] for name in NAMES} - {"tests/test_quick.py"}
    assert sorted(ran) == sorted([*slow, *["tests/test_quick.py"] * turns.TURNS])


@pytest.mark.parametrize(
    ("changed", "touched"),
    [
        ("tests/regression/test_one.py", {"tests/regression/test_one.py", "tests/regression/test_two.py"}),
        ("course_utils/widgets/loss.py", {"tests/regression/test_two.py"}),
        ("course_utils/plots.py", {"tests/regression/test_two.py", "notebooks/00_a.ipynb"}),
        ("course_utils/exercises/lesson_00/e01.md", {"notebooks/solutions/00_a.ipynb"}),
        ("course_utils/exercises/lesson_01/e01.md", set()),
        ("benchmarks/results/new.json", {"notebooks/00_a.ipynb", "notebooks/solutions/00_a.ipynb"}),
        ("conftest.py", {name.partition("::")[0] for name in NAMES}),
        ("README.md", set()),
    ],
)
@pytest.mark.parametrize("committed", [False, True])
def test_what_was_changed_does_not_wait(repository, monkeypatch, changed, touched, committed):
    monkeypatch.setattr(turns, "number_of_commit", lambda folder: 0)
    usual = running(repository)
    (repository / changed).parent.mkdir(parents=True, exist_ok=True)
    with (repository / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    if committed:
        commit(repository)
    inputs.imported_by.cache_clear()
    assert running(repository) == usual | touched


def test_code_that_is_no_python_does_not_wait(repository):
    (repository / "course_utils/plots.py").write_text("def (", encoding="utf-8")
    inputs.imported_by.cache_clear()
    assert {"notebooks/00_a.ipynb", "tests/regression/test_two.py"} <= running(repository)


def test_without_git_nothing_waits(tmp_path):
    assert turns.changed_files(tmp_path) is None
    assert turns.waiting(NAMES, tmp_path) == set()


def test_commits_are_counted_and_where_they_cannot_be_the_hash_decides(repository, tmp_path):
    shallow = tmp_path / "shallow"
    commit(repository)
    assert turns.number_of_commit(repository) == 3
    subprocess.run(["git", "clone", "-q", "--depth=1", repository.as_uri(), shallow], check=True)
    assert turns.number_of_commit(shallow) == int(turns.git(repository, "rev-parse", "HEAD"), 16)
    assert turns.changed_files(shallow) == set()
    assert turns.number_of_commit(tmp_path) == 0


def test_all_slow_tests_exist():
    """A test that is renamed would wait no more, and its run would take long again."""
    for beginning in turns.SLOW:
        file, _, test = beginning.partition("::")
        assert (ROOT / file).exists(), beginning
        assert not test or f"def {test}" in (ROOT / file).read_text(encoding="utf-8"), beginning


def test_what_decides_a_slow_test_exists():
    """What is moved would decide nothing any more, and its change would wait for its turn."""
    for further in {*turns.FOR_ALL, *(file for files in turns.SLOW.values() for file in files)}:
        folder, _, start = further.format(number="05").rpartition("/")
        assert any(path.name.startswith(start) for path in (ROOT / folder).iterdir()), further


@pytest.mark.parametrize(
    ("arguments", "variables", "waits"),
    [
        (["--numprocesses=1"], {}, True),
        ([], {"CI": "true"}, False),
        (["--numprocesses=1"], {"CI": "true"}, False),
        (["--every-test"], {}, False),
        (["tests"], {}, False),
    ],
)
def test_pytest_leaves_out_what_waits_and_says_so(repository, arguments, variables, waits):
    shutil.copy(ROOT / "conftest.py", repository)
    (repository / "pyproject.toml").write_text('[tool.pytest.ini_options]\ntestpaths = ["tests"]\ntimeout = 60\n')
    further = 2 * turns.TURNS - 2  # two slow tests are there, so that two are in each turn
    for number in range(further):
        (repository / f"tests/regression/test_{number}.py").write_text("def test_it():\n    pass\n")
    commit(repository)
    commit(repository)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    path = os.pathsep.join([str(ROOT), str(repository)])
    run = subprocess.run(
        command, cwd=repository, env=ENVIRONMENT | variables | {"PYTHONPATH": path}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("passed") >= 1
    said = f"slow tests that waited for another commit's turn: {further}, of {further} files"
    assert (f"{said}\nto run all tests: make test-all" in run.stdout) == waits
    assert (f"{further} skipped" in run.stdout) == waits
