"""Load Labeled Faces in the Wild: 13,233 photographs of 5,749 people from the news, and the official pairs.

G. B. Huang, M. Ramesh, T. Berg, E. Learned-Miller: Labeled Faces in the Wild, University of Massachusetts, Technical
Report 07-49, 2007.  View 1 (``view1_train``, ``view1_test``) is for choosing a method and its settings; View 2
(``view2``, ten folds) is for the final figure, once.
"""

import hashlib
import io
import itertools
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path

import numpy as np

from course_utils.datasets import storage
from course_utils.datasets.download import RemoteFile, fetch, is_downloaded
from course_utils.datasets.faces import FaceDataset, Pairs, PairSets
from course_utils.datasets.unavailable import UnusableSourceError, first_usable
from course_utils.environment import progress

N_PICTURES, N_PEOPLE, FULL_SIZE = 13_233, 5_749, 250
CROPS = {  # name -> top, left, height, width in the 250 x 250 picture
    "face": (70, 62, 125, 125),  # the square around scikit-learn's crop: from the brows' top to below the chin
    "scikit-learn": (70, 78, 125, 94),  # fetch_lfw_people's slice (70:195, 78:172): less background, not square
    None: (0, 0, FULL_SIZE, FULL_SIZE),
}

CACHE_VERSION = 1  # raise it when what is stored, or how it is decoded, changes

# First scikit-learn's mirrors, then the original hosts, which could not be checked from here.
ARCHIVE = RemoteFile(
    "lfw-funneled.tgz",
    "b47c8422c8cded889dc5a13418c4bc2abbda121092b3533a83306f90d900100a",
    ("https://ndownloader.figshare.com/files/5976015", "http://vis-www.cs.umass.edu/lfw/lfw-funneled.tgz"),
    largest=300_000_000,
)
PAIR_FILES = {
    "view1_train": RemoteFile(
        "pairsDevTrain.txt",
        "1d454dada7dfeca0e7eab6f65dc4e97a6312d44cf142207be28d688be92aabfa",
        ("https://ndownloader.figshare.com/files/5976012", "http://vis-www.cs.umass.edu/lfw/pairsDevTrain.txt"),
    ),
    "view1_test": RemoteFile(
        "pairsDevTest.txt",
        "7cb06600ea8b2814ac26e946201cdb304296262aad67d046a16a7ec85d0ff87c",
        ("https://ndownloader.figshare.com/files/5976009", "http://vis-www.cs.umass.edu/lfw/pairsDevTest.txt"),
    ),
    "view2": RemoteFile(
        "pairs.txt",
        "ea42330c62c92989f9d7c03237ed5d591365e89b3e649747777b70e692dc1592",
        ("https://ndownloader.figshare.com/files/5976006", "http://vis-www.cs.umass.edu/lfw/pairs.txt"),
    ),
}

# scikit-learn's folder name says "funneled" whatever was put there.  The list of names and sizes of the deep-funneled
# pictures tells them; any other copy in a folder is called unknown.
PICTURE_FOLDERS = ("lfw_funneled", "lfw-deepfunneled")
DEEP_FUNNELED_LISTING = "80a0a91e48a771489efd8f596179c42f7e3e74f1b7756aa7ecc4a0406eda6585"
ALIGNMENTS = {
    "funneled": "the funneled pictures (archive checked by SHA-256)",
    "deep-funneled": "the deep-funneled pictures (recognised by their names and sizes)",
    "unknown": "pictures from a folder that does not tell whether they are funneled, deep-funneled or as published",
}
REMEDY = (
    "Put {archive}, {pairs} into {downloads}, or set the environment variable SCIKIT_LEARN_DATA "
    "(or the option path=) to a scikit-learn data folder that holds lfw_home/lfw_funneled and the pair files."
)


def load(
    path: str | PathLike | None = None,
    size: int = 64,
    crop: str | None = "face",
    color: bool = True,
    min_faces_per_person: int = 0,
) -> FaceDataset:
    """Return the pictures, in the order of people's names, with the official pairs.

    Decoding takes about 20 s; it is done once for each size, crop and colour, and kept in the course's cache.

    Parameters
    ----------
    path : path-like, optional
        A scikit-learn data folder (or its ``lfw_home``).  It is only read.  Without it: the course's cache, then the
        folder in the environment variable ``SCIKIT_LEARN_DATA``, then a download (230 MB).
    size : int, 8 to 250
        Height of the pictures in pixels.  All of LFW takes ``13,233 * 3 * size**2`` bytes: 163 MB at 64 pixels, 2.5 GB
        at 250.
    crop : {"face", "scikit-learn", None}
        Which part of each 250 x 250 picture is kept.  ``"face"``: the square of 125 x 125 pixels at row 70, column 62.
        ``"scikit-learn"``: rows 70 to 195, columns 78 to 172, as `sklearn.datasets.fetch_lfw_people` cuts them (the
        width is then 0.752 of the height).  None: all of it, with the background, which gives people away too.
    color : bool
        False: grey (luma) in three equal channels.
    min_faces_per_person : int
        Keep the people with at least this many pictures, renumber them, and drop the pairs.

    Raises
    ------
    DatasetUnavailableError
        If the pictures or the pair files are not available anywhere, or the copy is incomplete.
    """
    _check_options(size, crop, min_faces_per_person)
    stored = _stored(path, size, crop, bool(color))
    dataset = _dataset(stored)
    if min_faces_per_person > 1:
        dataset = _frequent_people(dataset, min_faces_per_person)
    return dataset


def is_available(
    path: str | PathLike | None = None, size: int = 64, crop: str | None = "face", color: bool = True
) -> bool:
    """Tell whether pictures and pairs are on this machine."""
    if path is not None:
        return _holds_lfw(Path(path).expanduser())
    folder, downloads = storage.scikit_learn_folder(), storage.downloads_folder()
    return (
        _cache(size, crop, color).is_file()
        or (folder is not None and _holds_lfw(folder))
        or all(is_downloaded(file, downloads) for file in (ARCHIVE, *PAIR_FILES.values()))
    )


def find_folder(path: str | PathLike) -> Path:
    """Return the folder with a folder of pictures per person, inside a scikit-learn data folder.

    Some copies hold it one folder deeper; it is found there too.

    Raises
    ------
    UnusableSourceError
        If there is none.
    """
    path = Path(path).expanduser()
    for home in (path / "lfw_home", path):
        for name in PICTURE_FOLDERS:
            if (home / name).is_dir():
                return _deeper(home / name)
    raise UnusableSourceError(f"it holds no lfw_home/{PICTURE_FOLDERS[0]}")


def _deeper(folder: Path) -> Path:
    """Return the only folder in ``folder`` where that holds folders again; otherwise ``folder``."""
    inner = [entry for entry in itertools.islice(folder.iterdir(), 10) if entry.is_dir() and entry.name != "__MACOSX"]
    is_doubled = len(inner) == 1 and any(entry.is_dir() for entry in inner[0].iterdir())
    return inner[0] if is_doubled else folder


def _home(folder: Path) -> Path:
    """Return where the pair files are, for a folder that `find_folder` returned."""
    doubled = folder.name not in PICTURE_FOLDERS or folder.parent.name in PICTURE_FOLDERS
    return folder.parent.parent if doubled else folder.parent


def list_pictures(folder: Path) -> list[str]:
    """Return ``NAME/NAME_0001.jpg`` for every picture below ``folder``, sorted.

    Endings may be in capitals.  What macOS adds (``._NAME_0001.jpg``) and what is no file is passed over.

    Raises
    ------
    UnusableSourceError
        If the number of pictures or people is not the official one.
    """
    return _check_complete(list(_find_pictures(folder)))


def _find_pictures(folder: Path) -> dict[str, Path]:
    """Return the file of each picture, by the name that the official archive gives it."""
    files = (file for file in folder.glob("*/*") if file.suffix.lower() == ".jpg" and not file.name.startswith("."))
    return {f"{file.parent.name}/{file.stem}.jpg": file for file in files if file.is_file()}


def read_pairs(path: Path, files: list[str]) -> Pairs:
    """Read one of the three official pair files.

    The first line holds the number of folds (where there are folds) and of pairs of each kind; then each fold lists
    ``name number number`` for two pictures of one person, and ``name number name number`` for two people.

    Parameters
    ----------
    path : Path
    files : list of str
        ``NAME/NAME_0001.jpg`` for every picture; the pairs become indices into this list.

    Raises
    ------
    UnusableSourceError
        If a pair names a picture that is not in the list.
    """
    index = {file: position for position, file in enumerate(files)}
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    per_fold = 2 * int(header.split()[-1])
    first, second, same = [], [], []
    for line in lines:
        words = line.split()
        person, number, other, other_number = words if len(words) == 4 else (words[0], words[1], words[0], words[2])
        pair = _picture(person, number), _picture(other, other_number)
        if missing := [file for file in pair if file not in index]:
            raise UnusableSourceError(f"{missing[0]} is missing, which {path.name} names: files were renamed")
        first.append(index[pair[0]])
        second.append(index[pair[1]])
        same.append(len(words) == 3)
    return Pairs(first, second, same, np.arange(len(lines)) // per_fold)


def _picture(person: str, number: str) -> str:
    """Return the file of a person's picture."""
    return f"{person}/{person}_{int(number):04d}.jpg"


def _check_options(size: int, crop: str | None, min_faces_per_person: int) -> None:
    """Raise a ValueError for an option that no picture can satisfy."""
    if not isinstance(size, int | np.integer) or not 8 <= size <= FULL_SIZE:
        raise ValueError(f"size: expected a whole number of pixels from 8 to {FULL_SIZE}, got {size!r}.")
    if crop not in CROPS:
        raise ValueError(f"crop: expected one of {', '.join(map(repr, CROPS))}, got {crop!r}.")
    if not isinstance(min_faces_per_person, int | np.integer) or min_faces_per_person < 0:
        raise ValueError(f"min_faces_per_person: expected a whole number from 0, got {min_faces_per_person!r}.")


def _check_complete(files: list[str]) -> list[str]:
    """Return the files sorted, if they are all there."""
    people = {file.split("/")[0] for file in files}
    if len(files) != N_PICTURES or len(people) != N_PEOPLE:
        raise UnusableSourceError(
            f"the copy is not complete: {len(files):,} pictures of {len(people):,} people "
            f"instead of {N_PICTURES:,} of {N_PEOPLE:,}"
        )
    if strange := sorted(file for file in files if not re.fullmatch(r".+_\d{4}\.jpg", file)):
        raise UnusableSourceError(f"{strange[0]} is not named as LFW names its pictures, PERSON_0001.jpg")
    return sorted(files)


def _dataset(stored: dict[str, np.ndarray]) -> FaceDataset:
    """Turn what the cache holds into a FaceDataset."""
    import pandas as pd

    files = stored["files"].tolist()
    folders, labels = np.unique([file.split("/")[0] for file in files], return_inverse=True)
    alignment = str(stored["alignment"])
    images = stored["images"]
    number = [int(file[-8:-4]) for file in files]  # NAME_0001.jpg
    return FaceDataset(
        images=images if images.ndim == 4 else np.repeat(images[..., np.newaxis], 3, axis=-1),
        labels=labels.astype(np.int64),
        names=tuple(folder.replace("_", " ") for folder in folders),
        attributes=pd.DataFrame({"file": files, "number": number, "alignment": alignment}),
        name="lfw",
        description="Labeled Faces in the Wild: real people, photographs from the news",
        licence="research use; the people were not asked, and their photographers keep the copyright: do not publish",
        provenance=f"University of Massachusetts; {ALIGNMENTS[alignment]}",
        pairs=PairSets({view: Pairs(*stored[view]) for view in PAIR_FILES}),
    )


def _frequent_people(dataset: FaceDataset, at_least: int) -> FaceDataset:
    """Keep the people with at least so many pictures."""
    per_person = np.bincount(dataset.labels)
    keep = per_person[dataset.labels] >= at_least
    if not keep.any():
        raise ValueError(
            f"min_faces_per_person: nobody has {at_least} pictures; the most that anybody has is {per_person.max()}."
        )
    reason = "min_faces_per_person left pictures out that the pairs use; load the set without it"
    return replace(dataset.subset(keep).renumber(), pairs=PairSets(reason=reason))


def _cache(size: int, crop: str | None, color: bool, fingerprint: str = "") -> Path:
    """Return the cache's file for these options; pictures from a folder that was named have one of their own."""
    words = [f"lfw{CACHE_VERSION}", str(size), crop or "whole", "color" if color else "grey", fingerprint[:12]]
    return storage.cache_folder() / ("-".join(filter(None, words)) + ".npz")


def _stored(path: str | PathLike | None, size: int, crop: str | None, color: bool) -> dict[str, np.ndarray]:
    """Return images, files, alignment and pairs, from the cache or from the first place that has them."""
    decode = {"size": size, "crop": crop, "color": color}
    remedy = REMEDY.format(
        archive=ARCHIVE.filename,
        pairs=", ".join(file.filename for file in PAIR_FILES.values()),
        downloads=storage.downloads_folder(),
    )
    fingerprint = "" if path is None else first_usable("lfw", [(f"path={path}", partial(_fingerprint, path))], remedy)
    cache = _cache(size, crop, color, fingerprint)
    stored = storage.load_cache(cache)
    if stored is None:
        stored = first_usable("lfw", _sources(path, decode), remedy)
        storage.save_cache(cache, **stored)
    return stored


def _sources(path: str | PathLike | None, decode: dict) -> Iterator[tuple[str, Callable[[], dict]]]:
    """Yield where the pictures may be, in the order to try."""
    if path is not None:
        yield f"path={path}", partial(_read_folder, Path(path).expanduser(), decode)
        return
    folder = storage.scikit_learn_folder()
    if folder is not None:
        yield f"SCIKIT_LEARN_DATA={folder}", partial(_read_folder, folder, decode)
    yield "download", partial(_read_download, decode)


def _holds_lfw(path: Path) -> bool:
    """Tell whether a folder of pictures and the pair files are below ``path``."""
    try:
        home = _home(find_folder(path))
    except UnusableSourceError:
        return False
    return all((home / file.filename).is_file() for file in PAIR_FILES.values())


def _fingerprint(path: str | PathLike) -> str:
    """Return a SHA-256 over the names and sizes of the pictures."""
    pictures = _find_pictures(find_folder(path))
    lines = [f"{file} {pictures[file].stat().st_size}" for file in _check_complete(list(pictures))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _read_folder(path: Path, decode: dict) -> dict[str, np.ndarray]:
    """Read pictures and pairs from a scikit-learn data folder."""
    folder = find_folder(path)
    found = _find_pictures(folder)
    files = _check_complete(list(found))
    pairs = {view: _pair_file_in(_home(folder), file) for view, file in PAIR_FILES.items()}
    alignment = "deep-funneled" if _fingerprint(path) == DEEP_FUNNELED_LISTING else "unknown"
    pictures = ((file, found[file].read_bytes()) for file in files)
    return _decode_all(files, pictures, pairs, alignment, **decode)


def _pair_file_in(home: Path, file: RemoteFile) -> Path:
    """Return a pair file of a folder, if its content is the official one; its lines may end as on Windows."""
    path = home / file.filename
    if not path.is_file():
        raise UnusableSourceError(f"{file.filename} is missing beside the pictures")
    if hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest() != file.sha256:
        raise UnusableSourceError(f"{file.filename} is not the official one (its SHA-256 differs)")
    return path


def _read_download(decode: dict) -> dict[str, np.ndarray]:
    """Read pictures and pairs from the downloads; the archive is read as it is, nothing is unpacked."""
    downloads = storage.downloads_folder()
    pairs = {view: fetch(file, downloads) for view, file in PAIR_FILES.items()}
    path = fetch(ARCHIVE, downloads)
    if not tarfile.is_tarfile(path):
        raise UnusableSourceError(f"{path.name} is no archive that can be read")
    with tarfile.open(path) as archive:
        members = {
            "/".join(Path(member.name).parts[-2:]): member
            for member in archive.getmembers()
            if member.isfile() and member.name.endswith(".jpg")
        }
        files = _check_complete(list(members))
        # In the archive's order: going back in a compressed file means reading it again from its start.
        pictures = ((file, archive.extractfile(member).read()) for file, member in members.items())
        return _decode_all(files, pictures, pairs, "funneled", **decode)


def _decode_all(
    files: list[str],
    pictures: Iterator[tuple[str, bytes]],
    pair_files: dict[str, Path],
    alignment: str,
    size: int,
    crop: str | None,
    color: bool,
) -> dict[str, np.ndarray]:
    """Decode every picture at the size that was asked for, and find the pairs."""
    pairs = {view: read_pairs(path, files) for view, path in pair_files.items()}
    width = round(size * CROPS[crop][3] / CROPS[crop][2])
    images = np.empty((len(files), size, width, *((3,) if color else ())), np.uint8)
    position = {file: index for index, file in enumerate(files)}
    for file, content in progress(pictures, "decoding LFW", total=len(files), delay=2):
        images[position[file]] = _decode(file, content, (width, size), CROPS[crop], "RGB" if color else "L")
    tables = {view: np.stack([p.first, p.second, p.same, p.fold]) for view, p in pairs.items()}
    return {"images": images, "files": np.array(files), "alignment": np.array(alignment), **tables}


def _decode(file: str, content: bytes, size: tuple[int, int], crop: tuple[int, ...], mode: str) -> np.ndarray:
    """Decode one picture, cut it and scale it, averaging over the pixels that become one."""
    from PIL import Image

    top, left, height, width = crop
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG"]) as picture:
            if picture.size != (FULL_SIZE, FULL_SIZE):
                raise UnusableSourceError(f"{file} is not {FULL_SIZE} x {FULL_SIZE} pixels")
            box = (left, top, left + width, top + height)
            return np.asarray(picture.convert(mode).resize(size, Image.Resampling.BICUBIC, box=box))
    except (MemoryError, UnusableSourceError):
        raise
    except Exception:  # a damaged file makes the decoder fail in any way
        raise UnusableSourceError(f"{file} is damaged") from None
