"""What pytest runs besides tests/: every notebook that is written by hand, against its stored outputs."""

import gc
import os
import sys

import pytest

from tools.machine_speed import allowed

pytest_plugins = ["tools.notebook_regression"]

# Exercises are generated, with blanks where the answers go: they have no outputs to compare.
collect_ignore_glob = ["notebooks/exercises/*.ipynb", "tests/regression/*.ipynb"]

# Files run in this order, so that short ones are left for the end, when one worker waits for the other.
LONGEST_FIRST = ("tests/colab/", "notebooks/0", "notebooks/1", "tests/regression/", "tests/", "notebooks/solutions/")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Set the time limit by the speed of the machine, which is measured here, before the workers start."""
    if config.option.timeout is None:
        config.option.timeout = allowed(float(config.getini("timeout")))


def pytest_collection_modifyitems(items):
    """Put the files that take long first."""
    items.sort(key=lambda item: [item.nodeid.startswith(start) for start in LONGEST_FIRST], reverse=True)


def pytest_terminal_summary(terminalreporter):
    """Say which notebooks ran with Colab's versions: they take turns (`tests/colab/turns.py`)."""

    def names(*outcomes):
        reports = [report.nodeid for outcome in outcomes for report in terminalreporter.getreports(outcome)]
        found = {nodeid.partition("[")[2][:-1] for nodeid in reports if "tests/colab/test_colab" in nodeid}
        return ", ".join(sorted(found - {""}))

    if ran := names("passed", "failed"):
        terminalreporter.section("Colab's versions")
        terminalreporter.write_line(f"were run: {ran}")
        terminalreporter.write_line(f"were not: {names('skipped') or 'none'}")


@pytest.fixture(autouse=True, scope="session")
def keep_progress_elsewhere(tmp_path_factory):
    """Let no test note anything in the progress of whoever runs it."""
    os.environ["COURSE_PROGRESS"] = str(tmp_path_factory.mktemp("progress"))


@pytest.fixture(autouse=True, scope="module")
def forget_networks():
    """Free the networks of a test module at its end: a worker that kept those of all modules grew to 4 GB."""
    yield
    if "keras" in sys.modules:
        sys.modules["keras"].backend.clear_session()
        gc.collect()
