"""A git repository of the test's own that holds the working tree, as if it had been published."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def git(folder: Path, *arguments: str | Path) -> str:
    """Run git in a folder and return what it prints; commits get a name, because a fresh machine has none."""
    command = ["git", "-C", folder, "-c", "user.name=test", "-c", "user.email=test@example.org", *arguments]
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def publish(folder: Path, tag: str) -> Path:
    """Make the repository in an empty folder, with one commit and its tag; without git, skip the test."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("the course is not a git checkout, or git is not installed: there is nothing to fetch it from")
    git(folder, "init", "--quiet")
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message", "The course")
    git(folder, "tag", tag)
    return folder
