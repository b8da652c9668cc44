"""A clone as Git for Windows makes it, with core.autocrlf=true: every file has the bytes that were committed."""

import os
import subprocess
import sys

import pytest
from published_course import ROOT, git

LOAD = """
from course_utils import datasets
from course_utils.environment import ROOT
print(ROOT, datasets.load_faces("rendered", people=2).images.shape)
"""


def clone(published, folder):
    git(folder, "clone", "--quiet", "--depth", "1", "--config", "core.autocrlf=true", published.as_uri(), "course")
    return folder / "course"


@pytest.fixture(scope="module")
def windows_clone(published, tmp_path_factory):
    return clone(published, tmp_path_factory.mktemp("windows"))


def test_no_file_is_changed_on_the_way(windows_clone):
    names = [name for name in git(windows_clone, "ls-files", "-z").split("\0") if name]
    assert {"data/rendered/SHA256SUMS", "requirements.lock", ".ci/run", "Makefile"} <= set(names)
    assert [name for name in names if (windows_clone / name).read_bytes() != (ROOT / name).read_bytes()] == []


def test_the_rendered_people_load_from_it(windows_clone):
    run = subprocess.run(
        [sys.executable, "-c", LOAD],
        capture_output=True, text=True, check=False, cwd=windows_clone, env=os.environ | {"PYTHONPATH": ""},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout == f"{windows_clone} (40, 112, 112, 3)\n"


def test_without_gitattributes_line_ends_would_be_changed(published, tmp_path):
    """So the tests above do test something: git converts where nothing forbids it."""
    course = clone(published, tmp_path)
    git(course, "rm", "--quiet", ".gitattributes")
    (course / "data" / "rendered" / "people.csv").unlink()
    git(course, "checkout", "--", "data/rendered/people.csv")
    assert b"\r\n" in (course / "data" / "rendered" / "people.csv").read_bytes()
