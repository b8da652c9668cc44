"""Resolve requirements.txt and requirements-test.txt into lock files with hashes, for all Pythons at once.

Run it with ``make lock``.  An existing lock is kept as far as it satisfies the ranges; ``--upgrade`` takes the newest.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from course_utils import whole_files

ROOT = Path(__file__).resolve().parent.parent
COMPILE = [
    sys.executable,
    "-m",
    "uv",
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
]
HEADER = "# Generated from {source} by `make lock`; do not edit by hand.\n"


def compile_lock(source: str, target: str, *options: str) -> None:
    """Write the lock file ``target`` for the requirements file ``source``."""
    with whole_files.replacing(ROOT / target) as part:
        shutil.copy(ROOT / target, part)  # uv keeps of it what still fits
        subprocess.run([*COMPILE, "--no-header", *options, source, "--output-file", str(part)], cwd=ROOT, check=True)
        part.write_text(HEADER.format(source=source) + part.read_text(encoding="utf-8"), encoding="utf-8")


def main(options: list[str]) -> None:
    """Compile both locks; the test lock agrees with the user's lock wherever they share a package."""
    compile_lock("requirements.txt", "requirements.lock", *options)
    compile_lock("requirements-test.txt", "requirements-test.lock", "--constraint", "requirements.lock", *options)


if __name__ == "__main__":
    main(sys.argv[1:])
