import pytest

from course_utils import environment
from tools import check_python
from tools.check_python import problem


def test_the_lessons_ask_for_the_same_pythons():
    """check_python stands alone, because it runs before anything is installed, also on a Python that is too old."""
    assert (check_python.OLDEST, check_python.NEWEST) == (environment.OLDEST_PYTHON, environment.NEWEST_PYTHON)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_the_courses_pythons_are_accepted(version):
    assert problem(version, has_ensurepip=True) is None


@pytest.mark.parametrize("version", [(3, 10), (3, 14)])
def test_others_are_refused_with_a_way_out(version):
    message = problem(version, has_ensurepip=True)
    assert "3.11, 3.12 or 3.13" in message
    assert "make lab PYTHON=python3.12" in message


@pytest.mark.parametrize("machine", ["Darwin x86_64", "Windows ARM64", "Linux musl", "32 bits"])
def test_machines_without_tensorflow_are_sent_to_colab(machine):
    message = problem((3, 12), has_ensurepip=True, machine=machine)
    assert "has no build for" in message
    assert "Open the lessons on Colab instead" in message


@pytest.mark.parametrize("machine", ["Darwin arm64", "Windows AMD64", "Linux x86_64", "Linux aarch64"])
def test_machines_with_tensorflow_are_accepted(machine):
    assert problem((3, 12), has_ensurepip=True, machine=machine) is None


def test_this_machine_is_named(monkeypatch):
    monkeypatch.setattr(check_python.platform, "system", lambda: "Darwin")
    monkeypatch.setattr(check_python.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(check_python.sysconfig, "get_config_var", lambda _: None)
    assert check_python.this_machine() == "Darwin x86_64"
    monkeypatch.setattr(check_python.sysconfig, "get_config_var", lambda _: "x86_64-alpine-linux-musl")
    assert check_python.this_machine() == "Linux musl"


def test_debians_missing_package_is_named():
    assert "apt-get install python3.11-venv" in problem((3, 11), has_ensurepip=False)
