"""Say where pictures are kept on this machine, and keep caches that are checked before they are trusted."""

import hashlib
import os
import warnings
from pathlib import Path

import numpy as np

from course_utils.environment import ROOT
from course_utils.system_faults import system_fault
from course_utils.whole_files import replacing

CHECKOUT = ROOT
DIGEST = "content_sha256"


def data_folder() -> Path:
    """Return the folder that downloads and caches go to.

    It is the environment variable ``COURSE_DATA`` if set; else ``data/`` in the course's folder; else, where the course
    is installed without its folder, the user's cache.
    """
    if os.environ.get("COURSE_DATA"):
        return Path(os.environ["COURSE_DATA"]).expanduser()
    if (CHECKOUT / "pyproject.toml").is_file():  # site-packages may hold some package's data/, never this
        return CHECKOUT / "data"
    import pooch

    return Path(pooch.os_cache("face-recognition-course"))


def downloads_folder() -> Path:
    """Return the folder for downloaded files."""
    return data_folder() / "downloads"


def cache_folder() -> Path:
    """Return the folder for decoded pictures."""
    return data_folder() / "cache"


def scikit_learn_folder() -> Path | None:
    """Return the folder that ``SCIKIT_LEARN_DATA`` names, None where it is not set.  It is read, never written."""
    folder = os.environ.get("SCIKIT_LEARN_DATA")
    return Path(folder).expanduser() if folder else None


def array_sha256(array: np.ndarray) -> str:
    """Return the SHA-256 of the array's bytes in C order."""
    return hashlib.sha256(np.ascontiguousarray(array).data).hexdigest()


def save_cache(path: Path, **arrays: np.ndarray) -> None:
    """Write arrays and their digest to ``path``, or nothing: the file appears under its name only when complete.

    Where the disk refuses (full, read-only), the course goes on without a cache, with a warning.
    """
    arrays = {name: np.asarray(array) for name, array in arrays.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part, part.open("wb") as file:
            np.savez(file, **arrays, **{DIGEST: np.array(_digest(arrays))})
    except OSError as error:
        warnings.warn(f"{path.name} could not be kept for the next time: {error.strerror or error}.", stacklevel=2)


def load_cache(path: Path) -> dict[str, np.ndarray] | None:
    """Read what `save_cache` wrote; None, with a warning, where the file is damaged, None where there is none."""
    try:
        if not path.is_file():
            return None
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        intact = str(arrays.pop(DIGEST)) == _digest(arrays)
    except Exception as error:  # a damaged file makes the reader fail in any way
        fault = system_fault(error)
        return _useless(path, f"cannot be read ({fault})" if fault else "is damaged")
    return arrays if intact else _useless(path, "is damaged")


def _useless(path: Path, fault: str) -> None:
    warnings.warn(f"The cache {path.name} {fault}: the pictures are read again from their source.", stacklevel=3)


def _digest(arrays: dict[str, np.ndarray]) -> str:
    """Return a SHA-256 over names, types, shapes and contents."""
    lines = [f"{name} {array.dtype} {array.shape} {array_sha256(array)}" for name, array in sorted(arrays.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
