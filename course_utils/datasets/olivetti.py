"""Load the AT&T / Olivetti faces: 40 people, 10 grey pictures each, taken in one laboratory from 1992 to 1994."""

import zlib
from collections.abc import Callable, Iterator
from functools import partial
from os import PathLike
from pathlib import Path

import numpy as np

from course_utils.datasets import storage
from course_utils.datasets.download import RemoteFile, fetch, is_downloaded
from course_utils.datasets.faces import FaceDataset
from course_utils.datasets.unavailable import UnusableSourceError, first_usable
from course_utils.system_faults import system_fault

N_PEOPLE, PER_PERSON, SIZE = 40, 10, 64
SHAPE = (N_PEOPLE * PER_PERSON, SIZE, SIZE)
PIXELS_SHA256 = "a3f75007cc103363b61a63e06bec8ea4846407682ef6e7c9ae1eb9c1bd0e8a00"  # uint8, SHAPE, C order
PICKLE = "olivetti_py3.pkz"
FILE = RemoteFile(
    "olivettifaces.mat",
    "b612fb967f2dc77c9c62d3e1266e0c73d5fca46a4b8906c18e454d41af987794",
    (
        "https://ndownloader.figshare.com/files/5976027",  # the one that scikit-learn uses
        "https://cs.nyu.edu/~roweis/data/olivettifaces.mat",  # the original host; could not be checked from here
    ),
)
REMEDY = (
    "Put {file} into {downloads}, or set the environment variable SCIKIT_LEARN_DATA "
    "(or the option path=) to a scikit-learn data folder that holds {pickle}."
)


def load(path: str | PathLike | None = None) -> FaceDataset:
    """Return the 400 faces, 64 x 64, grey in three equal channels.

    Parameters
    ----------
    path : path-like, optional
        A scikit-learn data folder with ``olivetti_py3.pkz``, or a folder with ``olivettifaces.mat``.  Without it: the
        course's cache, then the folder in the environment variable ``SCIKIT_LEARN_DATA``, then a download (4 MB).

    Raises
    ------
    DatasetUnavailableError
        If the faces are not available anywhere.
    """
    import pandas as pd

    grey = _pixels(path)
    number = np.arange(len(grey))
    return FaceDataset(
        images=np.repeat(grey[..., np.newaxis], 3, axis=-1),
        labels=(number // PER_PERSON).astype(np.int64),
        names=tuple(f"person_{person:02d}" for person in range(N_PEOPLE)),
        attributes=pd.DataFrame({"number": number % PER_PERSON}),
        name="olivetti",
        description="real people in one laboratory, 1992 to 1994",
        licence="research use; credit AT&T Laboratories Cambridge",
        provenance="AT&T Laboratories Cambridge, the 64 x 64 version by S. Roweis; content checked by SHA-256",
    )


def is_available(path: str | PathLike | None = None) -> bool:
    """Tell whether the faces are on this machine."""
    if path is not None:
        return _holds_faces(Path(path).expanduser())
    folder = storage.scikit_learn_folder()
    return (
        _cache().is_file()
        or (folder is not None and _holds_faces(folder))
        or is_downloaded(FILE, storage.downloads_folder())
    )


def _cache() -> Path:
    """Return the name of the course's own copy."""
    return storage.cache_folder() / "olivetti.npz"


def _holds_faces(folder: Path) -> bool:
    """Tell whether one of the two files is in the folder."""
    return (folder / PICKLE).is_file() or (folder / FILE.filename).is_file()


def _pixels(path: str | PathLike | None) -> np.ndarray:
    """Return the checked pixels, uint8 of shape (400, 64, 64), from the first place that has them."""
    if path is None:
        stored = storage.load_cache(_cache())
        if stored is not None and storage.array_sha256(stored["images"]) == PIXELS_SHA256:
            return stored["images"]
    remedy = REMEDY.format(file=FILE.filename, downloads=storage.downloads_folder(), pickle=PICKLE)
    grey = first_usable("olivetti", _sources(path), remedy)
    if path is None:
        storage.save_cache(_cache(), images=grey)
    return grey


def _sources(path: str | PathLike | None) -> Iterator[tuple[str, Callable[[], np.ndarray]]]:
    """Yield where the faces may be, in the order to try."""
    if path is not None:
        yield f"path={path}", partial(_read_folder, Path(path).expanduser())
        return
    folder = storage.scikit_learn_folder()
    if folder is not None:
        yield f"SCIKIT_LEARN_DATA={folder}", partial(_read_folder, folder)
    yield "download", lambda: _read_mat(fetch(FILE, storage.downloads_folder()))


def _read_folder(folder: Path) -> np.ndarray:
    """Read whichever of the two files the folder holds."""
    if (folder / PICKLE).is_file():
        return _read_pickle(folder / PICKLE)
    if (folder / FILE.filename).is_file():
        return _read_mat(folder / FILE.filename)
    raise UnusableSourceError(f"neither {PICKLE} nor {FILE.filename} is in that folder")


def _read_pickle(path: Path) -> np.ndarray:
    """Take the pixels out of scikit-learn's file without unpickling it.

    Loading a pickle runs whatever code is in it.  joblib writes the pixels as they are, right before the pickle's
    closing full stop, so they can be cut out; the SHA-256 then tells whether they are the pixels.
    """
    n_pixels = int(np.prod(SHAPE))
    try:
        # The limit keeps a file made to swell from filling the memory.
        content = zlib.decompressobj().decompress(path.read_bytes(), 4 * n_pixels)
    except zlib.error:
        raise UnusableSourceError(f"{path.name} is damaged") from None
    return _check(np.frombuffer(content[-n_pixels - 1 : -1], np.uint8), path.name)


def _read_mat(path: Path) -> np.ndarray:
    """Read the original file: one column of 4,096 pixels per picture."""
    from scipy.io import loadmat

    try:
        faces = loadmat(path, variable_names=["faces"])["faces"]
    except Exception as error:  # a damaged file makes the reader fail in any way
        if system_fault(error):
            raise
        raise UnusableSourceError(f"{path.name} is damaged") from None
    return _check(faces.T, path.name)


def _check(faces: np.ndarray, filename: str) -> np.ndarray:
    """Return the pictures upright (the files hold them column by column), if they are the right ones."""
    if faces.dtype == np.uint8 and faces.size == np.prod(SHAPE):
        upright = np.ascontiguousarray(faces.reshape(SHAPE).transpose(0, 2, 1))
        if storage.array_sha256(upright) == PIXELS_SHA256:
            return upright
    raise UnusableSourceError(f"{filename} does not hold the Olivetti faces (the SHA-256 of its pixels differs)")
