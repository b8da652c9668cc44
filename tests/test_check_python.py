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


def test_debians_missing_package_is_named():
    assert "apt-get install python3.11-venv" in problem((3, 11), has_ensurepip=False)
