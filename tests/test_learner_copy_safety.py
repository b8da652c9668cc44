"""The learner's copy when files are not as expected, when it is interrupted, and when a correction is pulled."""

import errno
import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tiny_course import code, edit, make_course, mine, newer, publish, run_all, snapshot, sources, text, type_into

from tools.learner_copy import FOLDER, RECORD, LearnerCopyError, lay_out

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path)


# --- files that are not as expected ---


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a notebook",
        b'{"cells": [{"cell_type": "co',
        b"[1, 2]",
        b'{"cells": 3, "metadata": {}}',
        b'{"cells": [1], "metadata": {}}',
        b'{"cells": [{"cell_type": "code", "source": [1]}], "metadata": {}}',
        b'{"cells": [], "metadata": []}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_stays_and_a_whole_one_is_next_to_it(course, content):
    lay_out(course)
    mine(course, "05_pipeline").write_bytes(content)
    [said] = lay_out(course)
    assert said.startswith("05_pipeline.ipynb cannot be read as a notebook. It stays as it is")
    assert mine(course, "05_pipeline").read_bytes() == content
    assert mine(course, newer("05_pipeline")).exists()
    assert lay_out(course) == []


def test_a_notebook_from_elsewhere_stays(course):
    """Somebody saves the tracked notebook under the lesson's name, as it is or changed."""
    (course / FOLDER).mkdir()
    shutil.copy(course / "notebooks" / "05_pipeline.ipynb", mine(course, "05_pipeline"))
    before = mine(course, "05_pipeline").read_bytes()
    assert len(lay_out(course)) == 1  # it is the newest version
    publish(course, "05_pipeline", text("# corrected"))
    [said] = lay_out(course)
    assert said.startswith("05_pipeline.ipynb was not made by the course. It stays as it is")
    assert mine(course, "05_pipeline").read_bytes() == before
    assert mine(course, newer("05_pipeline")).exists()


def test_a_write_protected_file_stays(course):
    lay_out(course)
    mine(course, "05_pipeline").chmod(stat.S_IRUSR)
    publish(course, "05_pipeline", text("# corrected"))
    before = mine(course, "05_pipeline").read_bytes()
    [said] = lay_out(course)
    assert "yours is write-protected. It stays" in said
    assert mine(course, "05_pipeline").read_bytes() == before


def test_a_link_that_a_learner_has_put_in_place_is_not_written_through(course, tmp_path):
    lay_out(course)
    elsewhere = tmp_path / "elsewhere.ipynb"
    mine(course, "05_pipeline").rename(elsewhere)
    mine(course, "05_pipeline").symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    publish(course, "05_pipeline", text("# corrected"))
    lay_out(course)
    assert elsewhere.read_bytes() == before
    elsewhere.unlink()
    mine(course, "00_start").unlink()
    mine(course, "00_start").symlink_to(elsewhere)
    [said] = lay_out(course)
    assert said.startswith("00_start.ipynb could not be brought up to date")


def test_a_file_that_cannot_be_replaced_is_named_and_the_others_go_on(course, monkeypatch):
    """As on Windows, where a file that a program holds open cannot be replaced."""
    lay_out(course)
    replace = Path.replace

    def locked(self, target):
        if target.name == "00_start.ipynb":
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    for name in ("00_start", "05_pipeline"):
        publish(course, name, text("# corrected"))
    said = lay_out(course)
    assert said[0] == (
        "00_start.ipynb could not be brought up to date (Permission denied). It is as it was; `make lab` tries again."
    )
    assert sources(mine(course, "00_start")) == ["# 00_start", "1 + 1"]
    assert sources(mine(course, "05_pipeline")) == ["# corrected"]
    assert not list((course / FOLDER).glob(".laying*"))


def test_a_file_that_is_saved_at_this_very_moment_stays(course, monkeypatch):
    """The learner saves between our look at the file and its replacement."""
    lay_out(course)
    publish(course, "05_pipeline", text("# corrected"))
    fsync = os.fsync

    def saved_meanwhile(descriptor):
        type_into(mine(course, "05_pipeline"))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", saved_meanwhile)
    assert "another program has just changed it" in lay_out(course)[0]
    assert "my words" in sources(mine(course, "05_pipeline"))


def test_a_folder_of_the_lessons_name_is_named(course):
    (course / FOLDER / "05_pipeline.ipynb").mkdir(parents=True)
    assert any(said.startswith("05_pipeline.ipynb could not be brought up to date") for said in lay_out(course))
    assert mine(course, "00_start").exists()


def test_a_file_in_the_copys_place_is_an_error(course):
    (course / FOLDER).write_text("mine")
    with pytest.raises(LearnerCopyError, match=re.escape(f"The folder {course / FOLDER} for your copy")):
        lay_out(course)
    assert (course / FOLDER).read_text() == "mine"


def test_a_course_without_lessons_is_an_error(tmp_path):
    with pytest.raises(LearnerCopyError, match=r"There are no lessons in .*notebooks"):
        lay_out(tmp_path)


@pytest.mark.parametrize("content", [b"<<<<<<< HEAD", b'{"cells": [{"cell_type": "code"}], "metadata": {}}'])
def test_a_lesson_that_is_broken_in_the_course_is_named(course, content):
    lay_out(course)
    (course / "notebooks" / "05_pipeline.ipynb").write_bytes(content)
    before = mine(course, "05_pipeline").read_bytes()
    [said] = lay_out(course)
    assert said.startswith("notebooks/05_pipeline.ipynb cannot be read as a notebook")
    assert mine(course, "05_pipeline").read_bytes() == before


@pytest.mark.parametrize("record", [b"", b'{"laid": {"05', b"[]", b'{"laid": [], "offered": {"a": [1]}}', None])
def test_nothing_depends_on_the_record(course, record):
    lay_out(course)
    type_into(mine(course, "05_pipeline"))
    publish(course, "00_start", text("# corrected"))
    publish(course, "05_pipeline", text("# corrected"))
    lay_out(course)
    place = course / FOLDER / RECORD
    place.unlink() if record is None else place.write_bytes(record)
    before = {path: data for path, (data, _) in snapshot(course / FOLDER).items() if path != place}
    lay_out(course)
    assert {path: data for path, (data, _) in snapshot(course / FOLDER).items() if path != place} == before
    assert lay_out(course) == []


# --- interruptions ---


NAMES = [f"{number:02}_lesson" for number in range(10, 22)]
WRITTEN_IN = NAMES[::4]


def publish_large(course, number):
    """Publish a version of lessons that take a while to write."""
    for name in NAMES:
        publish(course, name, text(f"# version {number}"), code(f"{number}" + " " * 200_000))


def start_laying_out(course, before=""):
    """Start to lay out in another process, after some code; return the process as soon as it has begun."""
    program = f"import sys\nfrom pathlib import Path\nfrom tools import learner_copy\n{before}\n"
    program += "print('begun', flush=True)\nprint(learner_copy.lay_out(Path(sys.argv[1])))"
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(course)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "begun\n"
    return process


# The system stops a process, as kill -9 does, or lets it go on, as where a disk is full, once a file has 100 kB.
TOO_LARGE = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
KILLED_THEN = TOO_LARGE + "\nimport signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)"


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="Windows has no limit for the size of a file")
def test_killed_in_the_middle_of_a_file_the_old_one_is_whole(course):
    publish_large(course, 0)
    lay_out(course)
    before = {name: mine(course, name).read_bytes() for name in NAMES}
    publish_large(course, 1)
    assert start_laying_out(course, KILLED_THEN).wait() == -signal.SIGXFSZ
    assert list((course / FOLDER).glob(".laying*"))
    assert {name: mine(course, name).read_bytes() for name in NAMES} == before


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="Windows has no limit for the size of a file")
def test_where_the_disk_is_full_the_old_files_are_whole_and_it_says_so(course):
    publish_large(course, 0)
    lay_out(course)
    before = {name: mine(course, name).read_bytes() for name in NAMES}
    publish_large(course, 1)
    said, _ = start_laying_out(course, TOO_LARGE).communicate()
    assert said.count("could not be brought up to date (File too large)") == len(NAMES)
    assert not list((course / FOLDER).glob(".laying*"))
    assert {name: mine(course, name).read_bytes() for name in NAMES} == before


def time_of_a_whole_run(course):
    process, start = start_laying_out(course), time.perf_counter()
    assert process.wait() == 0
    return time.perf_counter() - start


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")
def test_killed_at_any_moment_every_file_is_the_old_one_or_the_new_one(course):
    publish_large(course, 0)
    seconds = time_of_a_whole_run(course)
    for name in WRITTEN_IN:
        type_into(mine(course, name))
    written = {name: mine(course, name).read_bytes() for name in WRITTEN_IN}
    chance, halfway = random.Random(0), 0
    for number in range(1, 11):
        publish_large(course, number)
        process = start_laying_out(course)
        time.sleep(chance.uniform(0, seconds))
        process.kill()
        process.wait()
        versions = {sources(mine(course, name))[0] for name in NAMES if name not in written}
        assert all(re.fullmatch(r"# version \d+", version) for version in versions)
        halfway += len(versions) > 1
        assert {name: mine(course, name).read_bytes() for name in written} == written
    assert halfway, "no run was killed between two files, so nothing was tested"
    for path in (course / FOLDER).glob(".laying*"):
        os.utime(path, (0, 0))  # as if the last run had been yesterday
    lay_out(course)
    newest = [mine(course, newer(name) if name in written else name) for name in NAMES]
    assert all(sources(path)[0] == "# version 10" for path in newest)
    assert {name: mine(course, name).read_bytes() for name in written} == written
    assert not list((course / FOLDER).rglob(".laying*"))
    assert lay_out(course) == []


# --- with git ---


def git(folder, *arguments):
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def lay_out_by_command(folder):
    command = [sys.executable, "-m", "tools.learner_copy"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_a_correction_is_pulled_while_a_learner_works(tmp_path):
    """Clone, write, pull, lay out again: the real lessons and tools, as a learner meets them."""
    published, clone = tmp_path / "published", tmp_path / "course"
    for part in ("notebooks", "tools"):
        shutil.copytree(
            ROOT / part, published / part, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    shutil.copy(ROOT / ".gitignore", published)
    git(published, "init", "--quiet", "--initial-branch=main")
    git(published, "add", "--all")
    git(published, "commit", "--quiet", "--message=First")
    git(tmp_path, "clone", "--quiet", str(published), str(clone))
    first, *rest = lay_out_by_command(clone)
    assert first == f"Your copy of the lessons is in {clone / FOLDER}."
    assert rest == ["The lessons and the exercises were copied there just now."]

    written, run = mine(clone, "exercises/01_convolutional_networks"), mine(clone, "01_convolutional_networks")
    type_into(written, "positions = 9")
    run_all(run)
    assert git(clone, "status", "--porcelain") == ""
    answers = written.read_bytes()
    for name in ("notebooks/01_convolutional_networks.ipynb", "notebooks/exercises/01_convolutional_networks.ipynb"):
        edit(published / name, lambda notebook: notebook["cells"].append(text("A correction.")))
    git(published, "commit", "--quiet", "--all", "--message=Correct")

    git(clone, "pull", "--quiet")
    said = lay_out_by_command(clone)[1:]
    assert len(said) == 2
    assert written.read_bytes() == answers
    assert sources(run)[-1] == "A correction."
    assert sources(mine(clone, newer("exercises/01_convolutional_networks")))[-1] == "A correction."
    assert git(clone, "status", "--porcelain") == ""
    assert lay_out_by_command(clone)[1:] == []
