"""Time limits grow with the slowness of the machine, which is measured once."""

import pytest

from tools import machine_speed
from tools.machine_speed import RESULT, Slowness, allowed, allowed_cpu, slowness
from tools.notebooks import kernel


@pytest.fixture
def not_measured(monkeypatch):
    """Forget what was measured, and again at the end."""
    monkeypatch.delenv(RESULT, raising=False)
    slowness.cache_clear()
    yield
    slowness.cache_clear()


def test_the_machine_is_measured_once_and_tells_the_processes_that_it_starts(not_measured, monkeypatch):
    measured = []
    monkeypatch.setattr(machine_speed, "work", lambda: measured.append(1))
    assert slowness() == slowness() == Slowness(1, 1)  # faster than the reference is no reason to be stricter
    slowness.cache_clear()  # as in a process that this one starts
    assert slowness() == Slowness(1, 1)
    assert measured == [1]


def test_a_machine_of_half_the_speed_is_allowed_twice_the_time(not_measured, monkeypatch):
    monkeypatch.setattr(machine_speed, "REFERENCE_SECONDS", machine_speed.REFERENCE_SECONDS / 50)
    assert allowed(10) > 100
    assert allowed_cpu(10) > 100


def test_a_cell_may_take_longer_there(not_measured, monkeypatch):
    monkeypatch.setenv(RESULT, "2.5 1.5")
    assert (allowed(10), allowed_cpu(10)) == (25, 15)
    notebook = kernel.nbformat.v4.new_notebook()
    assert kernel.NotebookKernel(notebook, ".")._client.timeout == 2.5 * kernel.CELL_TIMEOUT
    assert kernel.NotebookKernel(notebook, ".", timeout=3)._client.timeout == 3


def test_the_limit_of_a_test_is_that_of_the_settings_on_this_machine(pytestconfig):
    limit = allowed(float(pytestconfig.getini("timeout")))
    assert pytestconfig.option.timeout == pytest.approx(limit, rel=0.01)
