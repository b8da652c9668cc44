"""Choose the notebooks that a commit runs with Colab's versions: consecutive commits take turns."""

from collections.abc import Mapping
from pathlib import Path

from tools.turns import changed_files, number_of_commit

TURNS = 12
START = "00_start_here"
DECIDE_THE_START = {f"notebooks/{START}.ipynb", "requirements.txt", "tests/colab/constraints.txt"}
ALL = "COLAB_NOTEBOOKS"  # the variable that `make test-colab` sets to "all"
OTHER_TURN = "another commit's turn; make test-colab runs all notebooks with Colab's versions"
ONLY_IN_CI = "lessons run with Colab's versions in CI only, or with CI=true make test"


def reasons_to_skip(names: list[str], repository: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the reason for each notebook that is not run.

    In CI the start always runs, and the lessons and solutions of a twelfth of the numbers.  Elsewhere the start takes
    turns too, unless what decides it was changed, and of the others only solutions run.

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
    in_ci, turn = "CI" in environment, number_of_commit(repository) % TURNS
    changed = changed_files(repository)
    start_changed = changed is None or not changed.isdisjoint(DECIDE_THE_START)
    reasons = {}
    for name in names:
        is_start, is_lesson = name == START, not name.startswith("solutions/")
        if is_start and (in_ci or start_changed):
            continue
        if int(name.removeprefix("solutions/")[:2]) % TURNS != turn:
            reasons[name] = OTHER_TURN
        elif is_lesson and not is_start and not in_ci:
            reasons[name] = ONLY_IN_CI
    return reasons
