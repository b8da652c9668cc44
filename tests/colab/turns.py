"""Which notebooks a commit runs with Colab's versions: all of them take too long, so consecutive commits take turns."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

TURNS = 6
ALWAYS = "00_start_here"
ALL = "COLAB_NOTEBOOKS"  # the variable that `make test-colab` sets to "all"
OTHER_TURN = "another commit's turn; make test-colab runs all notebooks with Colab's versions"
ONLY_IN_CI = "lessons run with Colab's versions in CI only, or with CI=true make test"


def reasons_to_skip(names: list[str], repository: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the reason for each notebook that is not run.

    Parameters
    ----------
    names
        Lessons such as "05_full_pipeline", and solutions such as "solutions/05_full_pipeline".
    repository
        The checkout, whose commit decides.
    environment
        The variables COLAB_NOTEBOOKS and CI are looked at.
    """
    if environment.get(ALL) == "all":
        return {}
    turn = number_of_commit(repository) % TURNS
    reasons = {}
    for name in names:
        lesson = int(name.removeprefix("solutions/")[:2])
        if name == ALWAYS:
            continue
        if lesson % TURNS != turn:
            reasons[name] = OTHER_TURN
        elif not name.startswith("solutions/") and "CI" not in environment:
            reasons[name] = ONLY_IN_CI
    return reasons


def number_of_commit(repository: Path) -> int:
    """Return the number of commits up to this one; in a shallow clone, which cannot count, one drawn from its hash."""
    try:
        if git(repository, "rev-parse", "--is-shallow-repository") == "true":
            return int(git(repository, "rev-parse", "HEAD"), 16)
        return int(git(repository, "rev-list", "--count", "HEAD"))
    except (OSError, subprocess.CalledProcessError):  # no git, or no checkout
        return 0


def git(repository: Path, *arguments: str) -> str:
    """Return what git prints."""
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
