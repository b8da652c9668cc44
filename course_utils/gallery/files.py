"""Keep a gallery in one file, which is replaced as a whole or not at all, and which only its owner may read.

The file is a NumPy archive (``.npz``, without pickle) of three arrays: the references, whose each of them is, and a
text in JSON with everything else.  `course_utils.whole_files` writes it, so whoever opens it, and whenever the program
is killed, finds the old content or the new one.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils import whole_files
from course_utils.gallery.log import from_json
from course_utils.system_faults import system_fault

SUFFIX = ".npz"
FORMAT = 1
PART = ".part"  # how the names of left-over files end


class GalleryFileError(OSError):
    """A gallery's file cannot be read, or somebody else has changed it; the message says what helps."""


@dataclass(frozen=True, eq=False)
class Content:
    """What a file holds.

    Attributes
    ----------
    references : ndarray of float32, shape (rows, numbers)
    owners : ndarray of int64, shape (rows,)
        For each row, the position of its person in ``about["people"]``, rising.
    about : dict
        Of JSON's types: ``network``, ``strategy``, ``threshold``, ``numbers``, ``people`` (name and random reference
        of each), ``log``.
    """

    references: np.ndarray
    owners: np.ndarray
    about: dict


def checked_path(path: str | os.PathLike) -> Path:
    """Return the full path of a file that ends in ``.npz``.

    Raises
    ------
    ValueError
        If it does not.
    """
    path = Path(path).expanduser().absolute()
    if path.suffix != SUFFIX:
        raise ValueError(f"path: expected a name that ends in {SUFFIX}, got {str(path)!r}.")
    return path


def write(path: Path, content: Content) -> None:
    """Write a gallery's file.

    Raises
    ------
    OSError
        If the disk refuses; the file that was there before is then unchanged, and no part of the new one is left.
    """
    text = json.dumps({"format": FORMAT} | content.about, ensure_ascii=False).encode()
    try:
        with whole_files.replacing(path, private=True) as part, part.open("wb") as file:
            about = np.frombuffer(text, np.uint8)
            np.savez(file, references=content.references, owners=content.owners, about=about)
    except OSError as error:
        raise OSError(
            f"The gallery could not be written to {path} ({error.strerror or error}); the file is as it was before."
        ) from error
    for left in parts(path):
        delete(left)


def parts(path: Path) -> list[Path]:
    """Return what killed writers have left in the folder of a gallery's file: it holds people's data, too."""
    names = path.parent.iterdir() if path.parent.is_dir() else ()
    earlier = [file for file in names if file.name.startswith(f"{path.name}.") and file.name.endswith(PART)]
    return sorted([*earlier, *whole_files.left_behind(path)])


def delete(left: Path) -> None:
    """Delete what a killed writer has left: a folder, or a file of earlier versions of the course."""
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)


def signature(path: Path) -> tuple[int, int, int] | None:
    """Return what changes when a file is replaced; None where there is no file."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def read(path: Path) -> Content:
    """Read a gallery's file.

    Raises
    ------
    FileNotFoundError
        If there is none.
    GalleryFileError
        If it is damaged, or no gallery.
    """
    if not path.is_file():
        raise FileNotFoundError(f"path: there is no file {str(path)!r}. `Gallery.save` writes one.")
    try:
        with np.load(path, allow_pickle=False) as stored:
            references, owners = stored["references"], stored["owners"]
            about = json.loads(stored["about"].tobytes().decode())
        _check(references, owners, about)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        if fault := system_fault(error):
            raise GalleryFileError(f"{path} cannot be read: {fault}.") from error
        raise GalleryFileError(
            f"{path} is damaged, or is no gallery ({error}). Restore it from a copy, or enrol the people again."
        ) from error
    return Content(references, owners, about)


def _check(references: np.ndarray, owners: np.ndarray, about: dict) -> None:
    """Raise a ValueError for content that does not fit together."""
    if about["format"] != FORMAT:
        raise ValueError(f"its format is {about['format']!r}, and this version of the course reads {FORMAT}")
    if missing := {"network", "strategy", "threshold", "numbers", "people", "log"} - about.keys():
        raise ValueError(f"it lacks {', '.join(sorted(missing))}")
    from_json(about["log"])
    people, numbers = about["people"], about["numbers"]
    if references.dtype != np.float32 or references.ndim != 2 or owners.shape != references.shape[:1]:
        raise ValueError(f"its arrays have the shapes {references.shape} and {owners.shape}")
    if people and references.shape[1] != numbers:
        raise ValueError(f"its references have {references.shape[1]} numbers in place of {numbers}")
    if not np.array_equal(np.unique(owners), np.arange(len(people))) or (np.diff(owners) < 0).any():
        raise ValueError(f"its references do not belong to its {len(people)} people")
    if len({name for name, _reference in people}) != len(people):
        raise ValueError("a name is in it twice")
    if not np.isfinite(references).all():
        raise ValueError("a reference holds a value that is not a finite number")
