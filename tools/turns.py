"""Decide which slow tests a commit runs: all of them take too long, so consecutive commits take turns.

Outside CI, a run of all tests leaves out two thirds of those below, but none whose files the last commit or the working
tree has changed.  In CI, with ``--every-test``, and where tests are named on the command line, none waits.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from tools.inputs import files_behind

TURNS = 3
REASON = "another commit's turn; make test-all runs all tests"

# The tests that take turns, by the beginning of their names, and what decides their result beyond the code that they
# import: files, or folders, in which {number} is the lesson's.  Each file in a folder has a turn of its own.
RUNNING_NOTEBOOKS = ("benchmarks/results/", "data/", "tools/notebooks/", "tools/notebook_regression.py")
SLOW: dict[str, tuple[str, ...]] = {
    "notebooks/solutions/": (*RUNNING_NOTEBOOKS, "course_utils/exercises/lesson_{number}/"),
    "notebooks/": RUNNING_NOTEBOOKS,
    "tests/regression/": ("tests/regression/", "tools/notebook_regression.py"),
}
# What decides the result of every test.
FOR_ALL = ("conftest.py", "course_utils/weights/", "pyproject.toml", "requirements.lock", "requirements-test.lock")


def waiting(names: Iterable[str], repository: Path) -> set[str]:
    """Return the tests, of those with these names, that wait for another commit.

    Parameters
    ----------
    names
        As pytest writes them, such as "tests/test_plots.py::test_a_figure".
    repository
        The checkout, whose commit decides.
    """
    changed, turn = changed_files(repository), number_of_commit(repository) % TURNS
    if changed is None:
        return set()
    group_of = {name: group for name in names if (group := group_with(name))}
    waits = {
        group
        for place, group in enumerate(sorted(set(group_of.values())))
        if place % TURNS != turn and not is_touched(group, changed, repository)
    }
    return {name for name, group in group_of.items() if group in waits}


def group_with(name: str) -> str | None:
    """Return the beginning that a test shares with those that run when it runs; None if it always runs."""
    for beginning in SLOW:
        if name.startswith(beginning):
            return name.partition("::")[0] if beginning.endswith("/") else beginning
    return None


def is_touched(group: str, changed: set[str], repository: Path) -> bool:
    """Tell whether one of the files that decide the result of some tests is among those that were changed."""
    path = Path(group.partition("::")[0])
    further = next(files for start, files in SLOW.items() if group.startswith(start))
    looked_at = (*FOR_ALL, *(file.format(number=path.name[:2]) for file in further))
    if any(file.startswith(looked_at) for file in changed):
        return True
    return not changed.isdisjoint(files_behind(path.as_posix(), repository))


def changed_files(repository: Path) -> set[str] | None:
    """Return the files that differ between the working tree and the commit before the last; None without git.

    In a clone that holds only one commit, those that differ from that.
    """
    for before in ("HEAD^", "HEAD"):
        try:
            listed = git(repository, "diff", "--name-only", "--no-renames", "-z", before)
            listed += git(repository, "ls-files", "--others", "--exclude-standard", "-z")
        except (OSError, subprocess.CalledProcessError):  # no git, no checkout, or no such commit
            continue
        return set(listed.split("\0")) - {""}
    return None


def number_of_commit(repository: Path) -> int:
    """Return the number of commits up to this one; in a shallow clone, which cannot count, one drawn from its hash."""
    try:
        if git(repository, "rev-parse", "--is-shallow-repository").strip() == "true":
            return int(git(repository, "rev-parse", "HEAD"), 16)
        return int(git(repository, "rev-list", "--count", "HEAD"))
    except (OSError, subprocess.CalledProcessError):  # no git, or no checkout
        return 0


def git(repository: Path, *arguments: str) -> str:
    """Return what git prints."""
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
