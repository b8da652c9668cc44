"""What pytest runs besides tests/: every notebook that is written by hand, against its stored outputs."""

import os

import pytest

pytest_plugins = ["tools.notebook_regression"]

# Exercises are generated, with blanks where the answers go: they have no outputs to compare.
collect_ignore_glob = ["notebooks/exercises/*.ipynb", "tests/regression/*.ipynb"]


@pytest.fixture(autouse=True, scope="session")
def keep_progress_elsewhere(tmp_path_factory):
    """Let no test note anything in the progress of whoever runs it."""
    os.environ["COURSE_PROGRESS"] = str(tmp_path_factory.mktemp("progress"))
