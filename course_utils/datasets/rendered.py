"""Load the rendered people who come with the course: 480, 20 pictures each, with every factor known.

`data/README.md` is the data card: how the pictures were made, from what, and what they are good for.
``python -m tools.rendered_set build`` makes the set; this module reads it, and larger sets of the same form.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from course_utils.datasets import storage
from course_utils.datasets.download import file_sha256
from course_utils.datasets.faces import FaceDataset, Pairs, PairSets
from course_utils.datasets.unavailable import UnusableSourceError, first_usable
from course_utils.environment import progress
from course_utils.system_faults import system_fault

if TYPE_CHECKING:
    import pandas as pd
    from PIL import Image

SPLITS = ("train", "dev", "test")
# By the value in a mask; brows and beard are hair.
MASK_CLASSES = ("background", "skin", "hair", "eyes and mouth", "worn", "clothes")
MASK_SCALE = 2  # masks are stored at half the pictures' size
EYES = ("right_eye_x", "right_eye_y", "left_eye_x", "left_eye_y")  # columns, pixels: of the face as much as of the shot
NOT_OF_SHOT = ("person", "number", "look", "shot_seed", *EYES)  # columns of pictures.csv
SUMS = "SHA256SUMS"  # as `sha256sum` writes it, so that `sha256sum --check` reads it
TABLES = ("people.csv", "looks.csv", "pictures.csv", "pairs.csv", "set.json")
PICTURES, MASKS = "pictures.zip", "masks.zip"
FILES = (*TABLES, PICTURES, MASKS)
THREADS = 2  # decoding runs beside Python
REMEDY = (
    "Restore {folder} from the course's repository (git checkout -- data/rendered), or render it again: make faces "
    "(about ten minutes)."
)


def load(
    split: str | None = None,
    people: int | Sequence[int] | None = None,
    pictures: int | None = None,
    size: int = 112,
    color: bool = True,
    path: str | PathLike | None = None,
) -> FaceDataset:
    """Return rendered people.

    The labels number the people that are loaded, from 0; ``names`` tells who they are in the whole set ("person 017").
    ``attributes`` has one row per picture with every factor of the person, the look and the picture; ``pairs["dev"]``
    and ``pairs["test"]`` are there if all people and pictures of that part are loaded.

    Parameters
    ----------
    split : {"train", "dev", "test"}, optional
        One of three parts that share nobody; without it, all of them.
    people : int or sequence of int, optional
        The first people of what ``split`` leaves, so many, or the people with these numbers.  The first few are about
        as balanced as all.
    pictures : int, optional
        How many pictures of each person, from the first on.  They show different looks (hair, beard, make-up) in turn.
    size : int, 8 to 112
        Height and width in pixels.  All pictures take ``9,600 * 3 * size**2`` bytes: 361 MB at 112, 118 MB at 64.
    color : bool
        False: grey (luma) in three equal channels.
    path : path-like, optional
        A folder that ``tools.rendered_set`` made; without it, the set that comes with the course.

    Raises
    ------
    ValueError
        If an option has an impossible value, or there are no such people.
    DatasetUnavailableError
        If the set is missing or damaged.
    """

    def read(folder: Path) -> FaceDataset:
        tables = _read_tables(folder)
        chosen = _choose(tables, split, people, pictures)
        _check_size(size, tables.size)
        return _dataset(tables, chosen, _decode_pictures(folder, tables, chosen, size, bool(color)))

    return _from_folder(path, read)


def load_masks(
    split: str | None = None,
    people: int | Sequence[int] | None = None,
    pictures: int | None = None,
    size: int = 112,
    path: str | PathLike | None = None,
) -> np.ndarray:
    """Return what each pixel of the pictures shows, in the order of ``load`` with the same options.

    Returns
    -------
    ndarray of uint8, shape (n, size, size)
        The position in `MASK_CLASSES`: 0 background, 1 skin, 2 hair (with brows and beard), 3 eyes and mouth, 4 worn
        (glasses, cap, headscarf, mask), 5 clothes.  Masks are stored at half size: edges are exact to about 2 pixels
        of 112.

    Raises
    ------
    ValueError, DatasetUnavailableError
        As `load` does.
    """

    def read(folder: Path) -> np.ndarray:
        tables = _read_tables(folder)
        chosen = _choose(tables, split, people, pictures)
        _check_size(size, tables.size)
        return _decode_masks(folder, tables, chosen, size)

    return _from_folder(path, read)


def load_people(split: str | None = None, path: str | PathLike | None = None) -> pd.DataFrame:
    """Return one row per person: number, part, and every trait that is the same in all pictures."""

    def read(folder: Path) -> pd.DataFrame:
        people = _read_tables(folder).people
        return people[people["split"] == split].reset_index(drop=True) if _known_split(split) else people

    return _from_folder(path, read)


def shot_factors(path: str | PathLike | None = None) -> list[str]:
    """Return the names of the attributes that vary from picture to picture: pose, light, camera, what is worn, ..."""
    return _from_folder(
        path, lambda folder: [name for name in _read_tables(folder).pictures if name not in NOT_OF_SHOT]
    )


def stored_size(path: str | PathLike | None = None) -> int:
    """Return height and width of the stored pictures, the largest ``size`` that they load with."""
    return _from_folder(path, lambda folder: _read_tables(folder).size)


def version(path: str | PathLike | None = None) -> str:
    """Return twelve digits that change when any picture changes: they say what a measurement was made on."""
    return _from_folder(path, lambda folder: _recorded_sums(folder)[PICTURES][:12])


def is_available(path: str | PathLike | None = None) -> bool:
    """Tell whether all files of the set are there."""
    folder = _folder(path)
    return all((folder / name).is_file() for name in (*FILES, SUMS))


@dataclass(frozen=True)
class Tables:
    """What is known of a set besides its pixels; ``pictures`` has one row per picture, in the order of the set."""

    people: pd.DataFrame
    looks: pd.DataFrame
    pictures: pd.DataFrame
    pairs: pd.DataFrame
    settings: dict

    @property
    def size(self) -> int:
        """Height and width of the stored pictures, pixels."""
        return self.settings["size"]


def _folder(path: str | PathLike | None) -> Path:
    """Return the folder of the set.  The one that comes with the course does not move with ``COURSE_DATA``."""
    return storage.CHECKOUT / "data" / "rendered" if path is None else Path(path).expanduser()


def _from_folder(path: str | PathLike | None, read: Callable):
    """Return what ``read`` makes of the set's folder, or raise the error that says what helps."""
    folder = _folder(path)
    label = "data/rendered" if path is None else f"path={path}"
    return first_usable("rendered", [(label, lambda: read(folder))], REMEDY.format(folder=label.removeprefix("path=")))


def _read_tables(folder: Path) -> Tables:
    """Read the tables, if their SHA-256 are the recorded ones."""
    import pandas as pd

    _check_files(folder, TABLES)
    people, looks, pictures, pairs = (
        # The word "None" or "NA" is a word here.
        pd.read_csv(folder / name, keep_default_na=False, na_values=[""])
        for name in TABLES[:4]
    )
    settings = json.loads((folder / "set.json").read_text(encoding="utf-8"))
    return Tables(people, looks, pictures, pairs, settings)


def _check_files(folder: Path, names: Sequence[str]) -> None:
    """Raise an UnusableSourceError unless the files are there with their recorded SHA-256."""
    recorded = _recorded_sums(folder)
    for name in names:
        if not (folder / name).is_file():
            raise UnusableSourceError(f"{name} is missing")
        if file_sha256(folder / name) != recorded[name]:
            raise UnusableSourceError(f"{name} is damaged, or of another version (its SHA-256 is not the recorded one)")


def _recorded_sums(folder: Path) -> dict[str, str]:
    """Return the recorded SHA-256 of every file of a set."""
    if not folder.is_dir():
        raise UnusableSourceError("there is no such folder")
    if not (folder / SUMS).is_file():
        raise UnusableSourceError(f"{SUMS} is missing")
    lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
    recorded = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if not recorded.keys() >= set(FILES):
        raise UnusableSourceError(f"{SUMS} is damaged")
    return recorded


def _known_split(split: str | None) -> bool:
    """Tell whether a part is asked for; raise a ValueError if there is none of that name."""
    if split is not None and split not in SPLITS:
        raise ValueError(f"split: expected one of {', '.join(map(repr, SPLITS))} or None, got {split!r}.")
    return split is not None


def _is_whole(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _check_size(size: int, stored: int) -> None:
    """Raise a ValueError for a size that the stored pictures cannot give."""
    if not _is_whole(size) or not 8 <= size <= stored:
        raise ValueError(f"size: expected a whole number of pixels from 8 to {stored}, got {size!r}.")


def _choose(
    tables: Tables, split: str | None, people: int | Sequence[int] | None, pictures: int | None
) -> pd.DataFrame:
    """Return the rows of ``tables.pictures`` that are asked for; the index is the position in the whole set."""
    part = tables.people[tables.people["split"] == split] if _known_split(split) else tables.people
    numbers = _choose_people(part["person"].to_numpy(), people)
    per_person = int(tables.settings["pictures"])
    if pictures is not None and not (_is_whole(pictures) and 1 <= pictures <= per_person):
        raise ValueError(f"pictures: expected a whole number from 1 to {per_person}, got {pictures!r}.")
    rows = tables.pictures
    return rows[rows["person"].isin(numbers) & (rows["number"] <= (pictures or per_person))]


def _choose_people(available: np.ndarray, people: int | Sequence[int] | None) -> np.ndarray:
    """Return the numbers of the people asked for."""
    if people is None:
        return available
    if _is_whole(people):
        if not 1 <= people <= len(available):
            raise ValueError(f"people: expected 1 to {len(available)} of them, got {people}.")
        return available[:people]
    if isinstance(people, str | bool) or not len(people) or not all(map(_is_whole, people)):
        raise ValueError(f"people: expected how many, or a list of their numbers, got {people!r}.")
    unknown = sorted(set(people) - set(available.tolist()))
    if unknown:
        raise ValueError(f"people: there is no person {unknown[0]} in this part; its numbers are {_ranges(available)}.")
    return np.unique(list(people))  # which may be a set


def _ranges(numbers: np.ndarray) -> str:
    """Return sorted numbers as text: "1-3, 7"."""
    runs = np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1)
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def _dataset(tables: Tables, chosen: pd.DataFrame, images: np.ndarray) -> FaceDataset:
    """Put pictures, labels, factors and pairs together."""
    numbers, labels = np.unique(chosen["person"].to_numpy(), return_inverse=True)
    digits = max(3, len(str(tables.settings["people"])))
    return FaceDataset(
        images=images,
        labels=labels.astype(np.int64),
        names=tuple(f"person {number:0{digits}d}" for number in numbers),
        attributes=_attributes(tables, chosen),
        name="rendered",
        description="people who do not exist, every factor known",
        licence="CC0 1.0: free for any use",
        provenance="drawn by this course's face_renderer from CC0 assets (data/README.md)",
        pairs=_pairs(tables.pairs, chosen),
    )


def _attributes(tables: Tables, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return all factors of each picture: of the person, of the look, of the picture itself."""
    return chosen.merge(tables.people, on="person").merge(tables.looks, on=["person", "look"])


def _pairs(pairs: pd.DataFrame, chosen: pd.DataFrame) -> PairSets:
    """Return the pairs of each part whose pictures are all there, as positions among these."""
    if pairs.empty:
        return PairSets(reason="nobody is there to be compared")
    positions = np.full(max(pairs[["first", "second"]].max().max(), chosen.index.max()) + 1, -1)
    positions[chosen.index] = np.arange(len(chosen))
    complete = {}
    for split, part in pairs.groupby("split"):
        first, second = positions[part["first"]], positions[part["second"]]
        if min(first.min(), second.min()) >= 0:
            complete[split] = Pairs(first, second, part["same"] == 1, part["fold"])
    return PairSets(complete, reason='pairs come with all people and pictures of the parts "dev" and "test"')


def _decode_pictures(folder: Path, tables: Tables, chosen: pd.DataFrame, size: int, color: bool) -> np.ndarray:
    """Decode pictures straight into one array."""
    images = np.empty((len(chosen), size, size, 3), np.uint8)

    def fill(strip: Image.Image, wanted: np.ndarray, places: slice) -> None:
        strip = strip if color else strip.convert("L")
        for image, pixels in zip(images[places], _cut(strip, wanted, tables.size, size), strict=True):
            image[:] = pixels if color else pixels[..., np.newaxis]

    _for_each_person(folder / PICTURES, "JPEG", chosen, fill)
    return images


def _decode_masks(folder: Path, tables: Tables, chosen: pd.DataFrame, size: int) -> np.ndarray:
    """Decode masks; at another size than the stored one, each pixel takes the value of the nearest stored one."""
    masks = np.empty((len(chosen), size, size), np.uint8)
    stored = tables.size // MASK_SCALE
    nearest = (np.arange(size) + 0.5) * stored // size
    rows, columns = np.ix_(nearest.astype(int), nearest.astype(int))

    def fill(strip: Image.Image, wanted: np.ndarray, places: slice) -> None:
        masks[places] = np.asarray(strip).reshape(-1, stored, stored)[wanted][:, rows, columns]

    _for_each_person(folder / MASKS, "PNG", chosen, fill)
    return masks


def _for_each_person(
    path: Path, kind: str, chosen: pd.DataFrame, fill: Callable[[Image.Image, np.ndarray, slice], None]
) -> None:
    """Call ``fill(strip, wanted, places)`` for each person: the strip, the pictures wanted of it, where they go.

    Raises
    ------
    UnusableSourceError
        If the file, or a strip in it, is damaged.
    """
    from PIL import Image

    _check_files(path.parent, [path.name])
    persons, starts = np.unique(chosen["person"].to_numpy(), return_index=True)
    ends = [*starts[1:], len(chosen)]
    numbers = chosen["number"].to_numpy() - 1

    def decode(job: tuple[int, int, int]) -> None:
        person, start, end = job
        with Image.open(io.BytesIO(archive.read(member(person, kind))), formats=[kind]) as strip:
            fill(strip, numbers[start:end], slice(start, end))

    try:
        with zipfile.ZipFile(path) as archive, ThreadPoolExecutor(THREADS) as threads:
            jobs = list(zip(persons.tolist(), starts.tolist(), ends, strict=True))
            for _ in progress(threads.map(decode, jobs), "decoding", total=len(jobs), delay=2):
                pass
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        if system_fault(error):
            raise
        raise UnusableSourceError(f"{path.name} is damaged ({error})") from None


def member(person: int, kind: str) -> str:
    """Return the name of a person's strip inside `PICTURES` (``kind`` "JPEG") or `MASKS` ("PNG")."""
    return f"person_{person:04d}.{'jpg' if kind == 'JPEG' else 'png'}"


def _cut(strip: Image.Image, wanted: np.ndarray, stored: int, size: int) -> Iterator[np.ndarray]:
    """Cut pictures out of a strip, one at a time, and scale each by itself, averaging over the pixels that become one.

    Small pieces are also the fast way: for buffers of a whole strip, memory would be fetched and given back each time.
    """
    from PIL import Image

    for number in wanted.tolist():
        piece = strip.crop((0, stored * number, stored, stored * (number + 1)))
        yield np.asarray(piece if size == stored else piece.resize((size, size), Image.Resampling.BICUBIC))
