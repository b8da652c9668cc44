"""`course_utils` and `face_renderer` as an installed package, away from the course's folder.

Code, hints and trained networks come along.  Data, stored results and lessons do not: they are the course itself, and
what needs them says so.
"""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("course_utils", "face_renderer")
PROGRAM = """
import sys
sys.path.insert(0, {site!r})
import course_utils
assert course_utils.__file__.startswith({site!r})
from course_utils import datasets, environment
from course_utils.exercises import judge, solution
print(judge("5.1", "bcd").passed)
print(datasets.is_available("rendered"))
try:
    datasets.load_faces()
except datasets.DatasetUnavailableError as error:
    print("data/rendered" in str(error))
print(environment._requirement_lines(environment.ROOT / "requirements.txt"))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from a copy, for setuptools leaves folders beside what it packs."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (
        *ROOT.glob("requirements*.txt"),
        *(ROOT / name for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT")),
    ):
        shutil.copy(path, folder)
    command = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", "dist", "."]
    subprocess.run([sys.executable, *command], cwd=folder, check=True, capture_output=True)
    (path,) = (folder / "dist").glob("*.whl")
    return path


def test_every_file_of_the_packages_is_in_the_wheel(wheel):
    here = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert here - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_what_is_installed_works_away_from_the_course(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    program = PROGRAM.format(site=str(tmp_path / "site"))
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    passed, available, told, requirements = run.stdout.splitlines()
    assert (passed, available, told) == ("True", "False", "True")
    assert "tensorflow" in requirements
