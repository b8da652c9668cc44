"""Decide which slow tests a commit runs: all of them take too long, so consecutive commits take turns.

Outside CI, a run of all tests leaves out four fifths of those below, but none whose files the last commit or the
working tree has changed.  In CI, with ``--every-test``, and where tests are named on the command line, none waits.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from tools.inputs import files_behind

TURNS = 5
REASON = "another commit's turn; make test-all runs all tests"

# The tests that take turns, by the beginning of their names, and what decides their result beyond the code that they
# import: files, or folders, in which {number} is the lesson's.  Each file in a folder has a turn of its own.
NOTEBOOKS = ("benchmarks/results/", "data/", "tools/notebooks/", "tools/notebook_regression.py")
RENDERER = ("face_renderer/", "tools/rendered_set/")
EXERCISES = ("course_utils/exercises/", "tests/exercises/")
BLANKS = "tests/test_exercises.py::test_the_blank_notebook_runs_and_every_check_says_not_yet"
BENCHMARKS = "tests/test_benchmarks.py::"
OTHER_THEME = "tests/test_embedded_figures.py::test_another_theme_draws_figures_again_and_leaves_numbers"
PLANTED_DIGITS = "tests/test_prose_numbers.py::test_of_exchanged_digits_and_units_nearly_all_are_noticed"
RECOGNITION = ("README.md", "course_utils/gallery/", "course_utils/recognition.py", "course_utils/weights/")
REPEATED = "tests/test_training.py::test_training_repeats_as_by_hand_and_compiled_by_xla_agrees"
SLOW: dict[str, tuple[str, ...]] = {
    "notebooks/solutions/": (*NOTEBOOKS, "course_utils/exercises/lesson_{number}/"),
    "notebooks/": NOTEBOOKS,
    "tests/regression/": ("tests/regression/", "tools/notebook_regression.py"),
    "tests/test_alignment.py": (),
    "tests/test_another_backend.py": ("data/",),
    "tests/test_augmentation.py": (),
    "tests/test_benchmark_lesson.py": ("benchmarks/results/", "data/"),
    BENCHMARKS + "test_runs_that_go_astray_still_do": ("benchmarks/results/", "data/"),
    BENCHMARKS + "test_the_full_pipeline_on_real_people_gives_what_is_stored": ("benchmarks/results/",),
    "tests/test_break_in.py::test_a_row_of_the_stored_table_is_measured_again": ("benchmarks/results/", "data/"),
    "tests/test_browser.py": ("course_utils/widgets/", "course_utils/plots/"),
    "tests/test_data_size.py": ("benchmarks/results/",),
    OTHER_THEME: ("course_utils/plots/",),
    BLANKS: (*EXERCISES, "notebooks/exercises/"),
    "tests/test_embedding_losses.py": ("benchmarks/results/",),
    "tests/test_explain.py": (),
    "tests/test_face_augmentation.py": (),
    "tests/test_face_renderer.py": RENDERER,
    "tests/test_from_scratch.py": (),
    "tests/test_hostile_answers.py": EXERCISES,
    "tests/test_lab.py": (),
    "tests/test_landmarks.py": RENDERER,
    "tests/test_lfw_networks.py": (),
    "tests/test_lfw_table.py": ("benchmarks/results/",),
    "tests/test_lost_session.py": ("data/",),
    "tests/test_notebook_commands.py": (),
    "tests/test_notebook_execution.py": (),
    "tests/test_overfitting.py": ("benchmarks/results/",),
    "tests/test_pretrained.py": ("data/",),
    "tests/test_privacy_benchmarks.py": ("benchmarks/results/",),
    PLANTED_DIGITS: ("notebooks/0", "notebooks/1"),
    "tests/test_readme.py": RECOGNITION,
    "tests/test_realism.py": (),
    "tests/test_rendered_set.py": (*RENDERER, "data/"),
    "tests/test_resume.py": (),
    REPEATED: (),
    "tests/test_training_speed.py": ("benchmarks/results/",),
    "tests/test_transfer.py": ("benchmarks/results/",),
    "tests/test_transfer_comparison.py": ("benchmarks/results/",),
    "tests/test_transfer_limits.py": ("benchmarks/results/",),
    "tests/test_turns.py::test_pytest_leaves_out_what_waits_and_says_so": (),
    "tests/test_widgets.py": ("course_utils/plots/",),
}
# What decides the result of every test.
FOR_ALL = (
    *("conftest.py", "course_utils/weights/", "pyproject.toml", "requirements.lock", "requirements-test.lock"),
    "tests/conftest.py",
)


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
