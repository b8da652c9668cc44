"""Write files whole or not at all: if a program is killed or a disk is full, the old file or the new one is there.

A file is written under its own name in a hidden folder next to its place, flushed to the disk, and then takes its place
in a single step.  What a killed program leaves behind is removed by the next one that writes the file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

PART = ".part"


@contextlib.contextmanager
def replacing(path: str | os.PathLike, private: bool = False) -> Iterator[Path]:
    """Yield where to write a file, which takes its place when the block ends without an error.

    Permissions stay as they were.  If the place is a link, the file that it leads to is replaced.

    Parameters
    ----------
    path : path-like
        The file; its folder is there.
    private : bool
        Let only this user read the file, whatever its permissions were.

    Yields
    ------
    Path
        Of the same name, in a folder of its own, which only this user may enter.

    Raises
    ------
    OSError
        If the disk refuses; the file is then as it was before.
    """
    path = Path(path).resolve()
    for left in left_behind(path):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.{os.getpid()}.", suffix=PART))
    try:
        part = folder / path.name
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        if private:
            part.chmod(0o600)
        elif path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    flush_folder(path.parent)


def write_bytes(path: str | os.PathLike, content: bytes) -> Path:
    """Write a file whole or not at all, and return its path.

    Raises
    ------
    OSError
        If the disk refuses; the message names the file, which is then as it was before.
    """
    path = Path(path)
    try:
        with replacing(path) as part:
            part.write_bytes(content)
    except OSError as error:
        raise OSError(f"{path} could not be written ({error.strerror or error}); it is as it was before.") from error
    return path


def write_text(path: str | os.PathLike, text: str) -> Path:
    """Write a text in UTF-8 as `write_bytes` does, with line ends as they are."""
    return write_bytes(path, text.encode("utf-8"))


def left_behind(path: Path) -> list[Path]:
    """Return the folders that programs have left which were killed while they wrote this file."""
    import psutil

    folders = path.parent.iterdir() if path.parent.is_dir() else ()
    begin = f".{path.name}."
    found = [folder for folder in folders if folder.name.startswith(begin) and folder.name.endswith(PART)]
    numbers = [folder.name.removeprefix(begin).partition(".")[0] for folder in found]
    return [
        folder
        for folder, number in zip(found, numbers, strict=True)
        if number.isdigit() and not psutil.pid_exists(int(number))
    ]


def flush_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where the system can (Windows cannot)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
