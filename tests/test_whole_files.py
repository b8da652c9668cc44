"""Files are there whole or not at all, whatever happens while they are written; nothing of the course does without."""

import ast
import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from faces_on_disk import names_in

from course_utils import whole_files

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def path(tmp_path):
    (tmp_path / "table.json").write_text("old", encoding="utf-8")
    return tmp_path / "table.json"


def refuse(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_is_written_and_replaced(path):
    assert whole_files.write_text(path, "één\r\nline\n") == path
    assert path.read_bytes() == "één\r\nline\n".encode()
    assert whole_files.write_text(path.with_name("new.txt"), "new").read_text(encoding="utf-8") == "new"
    assert names_in(path.parent) == ["new.txt", "table.json"]


@pytest.mark.parametrize("fails", ["mkdir", "write_bytes", "fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(path, monkeypatch, fails):
    where = {"mkdir": (whole_files.tempfile, "mkdtemp"), "fsync": (os, "fsync")}.get(fails, (Path, fails))
    with monkeypatch.context() as patch:
        patch.setattr(*where, refuse)
        with pytest.raises(OSError, match=r"table\.json could not be written \(No space left on device\); it is as it"):
            whole_files.write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert names_in(path.parent) == ["table.json"]


def test_an_interruption_leaves_the_old_file_and_nothing_else(path):
    with pytest.raises(KeyboardInterrupt), whole_files.replacing(path) as part:
        part.write_bytes(b"half of it")
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "old"
    assert names_in(path.parent) == ["table.json"]


def test_what_a_killed_program_left_goes_with_the_next_writing(path):
    code = """
import os, sys
from course_utils import whole_files
with whole_files.replacing(sys.argv[1]) as part:
    part.write_bytes(b"half of it")
    os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT).returncode == 9
    assert path.read_text(encoding="utf-8") == "old"
    assert len(names_in(path.parent)) == len(whole_files.left_behind(path)) + 1 == 2
    whole_files.write_text(path, "new")
    assert names_in(path.parent) == ["table.json"]


def test_two_who_write_at_the_same_time_do_not_disturb_each_other(path):
    with whole_files.replacing(path) as mine:
        mine.write_bytes(b"mine")
        with whole_files.replacing(path) as other:
            other.write_bytes(b"other")
        assert path.read_bytes() == b"other"
    assert path.read_bytes() == b"mine"
    assert names_in(path.parent) == ["table.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions, and links only for some")
def test_permissions_and_links_stay(path):
    path.chmod(0o640)
    path.with_name("link").symlink_to(path.name)
    whole_files.write_text(path.with_name("link"), "new")
    assert path.with_name("link").is_symlink()
    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


# --- nobody writes in place ---

WRITERS = {"write_text", "write_bytes", "to_csv", "save", "savez", "savez_compressed", "save_weights", "savefig"}
# Written into a folder of their own that goes, into memory, to standard output, or to a name that nobody reads.
MAY = {
    "benchmarks/door.py": "photographs of a temporary folder",
    "benchmarks/mediapipe_landmarks.py": "a file of its caller, in a temporary folder",
    "benchmarks/proportions.py": "a file of a temporary folder, and pictures to look at",
    "benchmarks/realism.py": "pictures to look at",
    "course_utils/datasets/example_folder.py": "pictures of an example, made at every call",
    "course_utils/whole_files.py": "the one place",
    "tools/learner_copy.py": "its own way, which also notices what another program has changed meanwhile",
    "tools/renderer_assets.py": "a file of a temporary folder",
    "tools/rendered_set/assemble.py": "tables of a temporary folder, moved when they are complete",
}
INTO_MEMORY_OR_PARTS = {
    "buffer",
    "file",
    "part",
    "output",
    "opened",
    "whole_files",
    "gallery",
    "self.gallery",
    "sys.stdout.buffer",
}


def writes_in_place(path: Path) -> list[str]:
    """Return the calls of a Python file that write to a place directly."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            names = {ast.unparse(part) for part in (node.func.value, *node.args[:1])}
            mode = [*node.args, *(option.value for option in node.keywords if option.arg == "mode")]
            opens = node.func.attr == "open" and any(
                isinstance(value, ast.Constant) and str(value.value)[:1] in {"w", "a", "x"} for value in mode
            )
            if (node.func.attr in WRITERS or opens) and not names & INTO_MEMORY_OR_PARTS:
                found.append(f"{path.relative_to(ROOT).as_posix()}:{node.lineno}: {ast.unparse(node)[:80]}")
    return found


def test_no_file_of_the_course_is_written_in_place():
    files = (path for folder in ("benchmarks", "course_utils", "tools") for path in (ROOT / folder).rglob("*.py"))
    said = [line for path in files if path.relative_to(ROOT).as_posix() not in MAY for line in writes_in_place(path)]
    assert not said, "use course_utils.whole_files:\n" + "\n".join(said)


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("path.write_text(text)", True),
        ("(folder / name).write_bytes(data)", True),
        ("open(path, 'w')", False),  # ruff asks for Path.open
        ("path.open('wb')", True),
        ("path.open(mode='a')", True),
        ("np.save(path, array)", True),
        ("path.open('rb')", False),
        ("np.savez(file, a=1)", False),
        ("part.write_bytes(b'')", False),
    ],
)
def test_writing_in_place_is_noticed(tmp_path, monkeypatch, code, is_found):
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    assert bool(writes_in_place(tmp_path / "a.py")) is is_found
