"""Load your own pictures: a folder per person.  They are read where they are; nothing is copied, cached or sent."""

import hashlib
import unicodedata
import warnings
from collections import defaultdict
from os import PathLike
from pathlib import Path

import numpy as np

from course_utils.datasets.faces import FaceDataset
from course_utils.environment import progress

CROPS = ("center", "detect", None)
NO_PERSON = "__MACOSX"  # what macOS adds to a zip archive


def load(
    path: str | PathLike,
    size: int = 64,
    crop: str | None = "center",
    background: tuple[int, int, int] = (255, 255, 255),
    max_pixels: int = 50_000_000,
) -> FaceDataset:
    """Return the pictures in ``path/PERSON/*``, each ``size`` x ``size``; the folder's name is the person's.

    What cannot be used is left out and listed, with the reason, in the set's ``refused``: files that are not pictures,
    truncated or huge ones, those that take long to decode, files outside a person's folder, folders inside one or that
    may not be entered, links to folders, people without a usable picture.  A picture that occurs several times is
    kept, with a warning.  Hidden files and folders (names that start with a dot) are passed over.

    ``attributes`` has, for each picture, its file, its size, and the day that the camera wrote into it ("2026-03-02",
    None where the file does not say).

    Parameters
    ----------
    path : path-like
    size : int, at least 8
        Height and width of the pictures that come back, in pixels.
    crop : {"center", "detect", None}
        ``"center"``: the largest square in the middle.  ``"detect"``: the largest, most central face
        (`course_utils.detection`); a picture without one is refused.  None: the whole picture, scaled to fit, the rest
        filled with ``background``.
    background : (red, green, blue), 0 to 255
        What transparent parts show.
    max_pixels : int
        Pictures with more are refused before they are decoded.

    Raises
    ------
    FileNotFoundError, NotADirectoryError
        If ``path`` is not a folder.
    PermissionError
        If ``path`` may not be read.
    ValueError
        If an option is impossible, or no picture in the folder can be used, with the reasons.
    """
    path = _check_folder(path)
    _check_options(size, crop, background, max_pixels)
    candidates, refused = _find_files(path)
    taken, seen = [], defaultdict(list)
    for person, file in progress(candidates, "reading pictures", delay=2):
        row, image, reason = _read(file, size, crop, background, max_pixels)
        if reason:
            refused.append((_relative(file, path), reason))
        else:
            seen[row.pop("digest")].append((person, _relative(file, path)))
            taken.append((person, image, {"file": _relative(file, path), **row}))
    people = sorted({person for person, _, _ in taken})
    refused += [
        (person, "no usable picture of this person")
        for person in sorted({person for person, _ in candidates} - set(people))
    ]
    refused.sort()
    if not taken:
        raise ValueError(_nothing_usable(path, refused))
    _warn_of_copies([copies for copies in seen.values() if len(copies) > 1])
    return _dataset(taken, people, refused, len(candidates))


def is_available(path: str | PathLike) -> bool:
    """Tell whether there is a file in a folder in ``path``."""
    path = Path(path).expanduser()
    try:
        return path.is_dir() and bool(_find_files(path)[0])
    except OSError:
        return False


def _check_folder(path: str | PathLike) -> Path:
    """Return the path if it is a folder."""
    path = Path(path).expanduser()
    try:
        if not path.exists():
            raise FileNotFoundError(f"path: there is no folder {str(path)!r}.")
        if not path.is_dir():
            raise NotADirectoryError(
                f"path: {str(path)!r} is a file; expected a folder that holds a folder per person."
            )
        next(path.iterdir(), None)
    except PermissionError:
        raise PermissionError(f"path: the folder {str(path)!r} may not be read; correct its permissions.") from None
    return path


def _check_options(size: int, crop: str | None, background: tuple[int, int, int], max_pixels: int) -> None:
    """Raise a ValueError for an option that no picture can satisfy."""
    if not isinstance(size, int | np.integer) or size < 8:
        raise ValueError(f"size: expected a whole number of pixels, at least 8, got {size!r}.")
    if crop not in CROPS:
        raise ValueError(f"crop: expected one of {', '.join(map(repr, CROPS))}, got {crop!r}.")
    is_colour = isinstance(background, tuple | list | np.ndarray) and len(background) == 3
    if not is_colour or not all(isinstance(part, int | np.integer) and 0 <= part <= 255 for part in background):
        raise ValueError(f"background: expected (red, green, blue), whole numbers from 0 to 255, got {background!r}.")
    if not isinstance(max_pixels, int | np.integer) or max_pixels < 1:
        raise ValueError(f"max_pixels: expected a positive whole number, got {max_pixels!r}.")


def _relative(file: Path, root: Path) -> str:
    """Return the file's name below the root, written the same way on every system."""
    return _readable(file.relative_to(root).as_posix())


def _readable(name: str) -> str:
    """Return a name that can be printed: é as one sign, which macOS may write as two; bytes of no text as numbers."""
    return unicodedata.normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def _visible(folder: Path) -> list[Path]:
    """Return what is in a folder, sorted by name, without hidden entries."""
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith(".") and entry.name != NO_PERSON)


def _find_files(root: Path) -> tuple[list[tuple[str, Path]], list[tuple[str, str]]]:
    """Return (person, file) for what may be a picture, and (name, reason) for what cannot be one.

    Only one level is searched, and links to folders are not followed: a link may lead back to where it lies.
    """
    candidates, refused = [], []
    for folder in _visible(root):
        try:
            if folder.is_symlink() and not folder.is_file():
                refused.append((_relative(folder, root), "a link; links to folders are not followed"))
            elif not folder.is_dir():
                refused.append((_relative(folder, root), "lies beside the people's folders, not in one"))
            else:
                _find_files_of_person(root, folder, candidates, refused)
        except OSError as error:  # a link into a folder that is locked, or whose name is too long
            refused.append((_relative(folder, root), f"may not be read: {error.strerror}"))
    return candidates, refused


def _find_files_of_person(root: Path, folder: Path, candidates: list, refused: list) -> None:
    """Add what is in a person's folder to the lists."""
    person = _readable(folder.name)
    try:
        entries = _visible(folder)
    except OSError as error:
        refused.append((_relative(folder, root), f"the folder may not be read: {error.strerror}"))
        return
    if not entries:
        refused.append((_relative(folder, root), "an empty folder"))
    for file in entries:
        try:
            if file.is_file():
                candidates.append((person, file))
                continue
            reason = "a folder inside a person's folder" if file.is_dir() else "a broken link, or not a file"
        except OSError as error:  # the folder may be listed, but not entered
            reason = f"may not be read: {error.strerror}"
        refused.append((_relative(file, root), reason))


def _read(file: Path, size: int, crop: str | None, background: tuple, max_pixels: int) -> tuple:
    """Return (attributes, picture, None), or (None, None, the reason why the file is refused)."""
    from course_utils.datasets.image_files import RefusedPictureError, day_taken, read_picture
    from course_utils.detection import FaceNotFoundError

    try:
        picture = read_picture(file, background, max_pixels)
        image = _cut(picture, size, crop, background)
    except RefusedPictureError as error:
        return None, None, str(error)
    except FaceNotFoundError:
        return None, None, 'no face was found in it (crop="center" takes it as it is)'
    digest = hashlib.sha256(repr(picture.shape).encode() + picture.tobytes()).digest()
    row = {"width": picture.shape[1], "height": picture.shape[0], "day": day_taken(file), "digest": digest}
    return row, image, None


def _cut(picture: np.ndarray, size: int, crop: str | None, background: tuple) -> np.ndarray:
    """Bring a picture to ``size`` x ``size``."""
    from PIL import Image, ImageOps

    from course_utils.datasets.image_files import RefusedPictureError
    from course_utils.detection import crop_face

    height, width = picture.shape[:2]
    if crop is None and size * min(height, width) < max(height, width):
        raise RefusedPictureError(f"too narrow for crop=None: of {width} x {height} pixels, no whole one is left")
    if crop == "detect":
        return crop_face(picture, size)
    fit = ImageOps.fit if crop == "center" else ImageOps.pad
    options = {} if crop == "center" else {"color": tuple(background)}
    return np.asarray(fit(Image.fromarray(picture), (size, size), Image.Resampling.BICUBIC, **options))


def _warn_of_copies(copies: list[list[tuple[str, str]]]) -> None:
    """Warn of pictures that come several times, first of those in the folders of two people."""
    if not copies:
        return
    shared = [group for group in copies if len({person for person, _ in group}) > 1]
    files = " and ".join(file for _, file in (shared or copies)[0][:3])
    if shared:
        message = f"{len(shared)} pictures lie in the folders of several people, such as {files}: whose are they?"
    else:
        message = f"{len(copies)} pictures come several times, such as {files}."
    warnings.warn(f"{message} A copy in training makes the test's score too high: delete all but one.", stacklevel=5)


def _nothing_usable(path: Path, refused: list[tuple[str, str]]) -> str:
    """Return the message for a folder without a single usable picture."""
    shown = [f"  - {name}: {reason}" for name, reason in refused[:10]]
    more = [f"  ... and {len(refused) - 10} more"] if len(refused) > 10 else []
    advice = "Expected a folder per person, with pictures in it: PERSON/picture.jpg."
    return "\n".join([f"There is no usable picture in {str(path)!r}. {advice}", *shown, *more])


def _dataset(taken: list, people: list[str], refused: list, n_candidates: int) -> FaceDataset:
    """Put the pictures together."""
    import pandas as pd

    label = {person: number for number, person in enumerate(people)}
    return FaceDataset(
        images=np.stack([image for _, image, _ in taken]),
        labels=np.array([label[person] for person, _, _ in taken], np.int64),
        names=tuple(people),
        attributes=pd.DataFrame([row for _, _, row in taken]),
        name="folder",
        description=f"your own pictures, {len(taken)} of {n_candidates} files taken",
        licence="yours; ask the people in the pictures before you show them to anybody",
        provenance="a folder on this machine",
        refused=tuple(refused),
    )
