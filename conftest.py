"""What pytest runs besides tests/: every notebook that is written by hand, against its stored outputs."""

import gc
import os
import sys
from pathlib import Path

import pytest

from tools import turns
from tools.machine_speed import allowed

pytest_plugins = ["tools.notebook_regression"]

# Exercises are generated, with blanks where the answers go: they have no outputs to compare.
collect_ignore_glob = ["notebooks/exercises/*.ipynb", "tests/regression/*.ipynb"]

# Files run in this order, so that short ones are left for the end, when one worker waits for the other.
LONGEST_FIRST = ("tests/colab/", "notebooks/0", "notebooks/1", "tests/regression/", "tests/", "notebooks/solutions/")


def pytest_addoption(parser):
    """Add the option that lets no test wait."""
    parser.addoption("--every-test", action="store_true", help="run the slow tests too whose turn it is not")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Set, before the workers start, the time limit by the speed of the machine, and whether slow tests take turns."""
    if config.option.timeout is None:
        config.option.timeout = allowed(float(config.getini("timeout")))
    if hasattr(config, "workerinput"):
        config.option.every_test = config.workerinput["every_test"]
    else:
        names_tests = config.args_source is not config.ArgsSource.TESTPATHS
        config.option.every_test = config.option.every_test or names_tests or "CI" in os.environ


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Tell a worker whether slow tests take turns; an option of a conftest.py that is set here does not reach it."""
    node.workerinput["every_test"] = node.config.option.every_test


def pytest_collection_modifyitems(config, items):
    """Put the files that take long first, and leave out the slow tests whose turn it is not."""
    items.sort(key=lambda item: [item.nodeid.startswith(start) for start in LONGEST_FIRST], reverse=True)
    if not config.option.every_test:
        waiting = turns.waiting([item.nodeid for item in items], Path(config.rootpath))
        for item in items:
            if item.nodeid in waiting:
                item.add_marker(pytest.mark.skip(reason=turns.REASON))


def pytest_terminal_summary(terminalreporter):
    """Say what waits for another commit: slow tests (`tools/turns.py`), and notebooks with Colab's versions."""
    skipped = terminalreporter.getreports("skipped")
    waiting = [report.nodeid for report in skipped if turns.REASON in str(report.longrepr)]
    if waiting:
        files = {name.partition("::")[0] for name in waiting}
        terminalreporter.section("Turns")
        terminalreporter.write_line(
            f"slow tests that waited for another commit's turn: {len(waiting):,}, of {len(files)} files\n"
            "to run all tests: make test-all"
        )

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
