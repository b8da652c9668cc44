"""Write a folder of "photographs" of rendered people: what `load_faces("folder")` reads, without anybody's face.

Each person has a folder of JPEG files.  A *day* is one of a person's looks (hair, beard, make-up), and every file holds
the day on which it was taken, as a camera writes it (EXIF).
"""

from __future__ import annotations

import atexit
import datetime
import io
import shutil
import tempfile
from os import PathLike
from pathlib import Path

import numpy as np

from course_utils import whole_files
from course_utils.datasets import rendered

FIRST_DAY = datetime.datetime(2026, 3, 2, 9, 30)
MARGINS = ((48, 64), (72, 72))  # pixels above and below, left and right of a rendered picture of 112 x 112
ORIENTATION = 0x0112  # a tag of the EXIF standard; `image_files` has the others
ON_ITS_SIDE = 6  # its value: turn the picture by 90 degrees before it is shown


def write_photographs(
    split: str,
    people: int,
    pictures: int | None = None,
    with_faults: bool = False,
    folder: str | PathLike | None = None,
) -> Path:
    """Write ``FOLDER/PERSON/IMG_0001.jpg`` and so on, and return the folder.

    Parameters
    ----------
    split, people, pictures
        Whose pictures, and how many of each person: as `rendered.load` takes them.
    with_faults : bool
        Whether the first person's folder also holds what real folders hold: a picture without a face, a file that
        is called a picture but is not one, and a photograph that the camera stored on its side.
    folder : path-like, optional
        Where to write; made if it is missing.  Without it, a temporary one, deleted when Python ends.
    """
    folder = _temporary_folder() if folder is None else Path(folder)
    faces = rendered.load(split, people, pictures)
    for label, name in enumerate(faces.names):
        home = folder / name
        home.mkdir(parents=True)
        for number, position in enumerate(np.flatnonzero(faces.labels == label), start=1):
            look = int(faces.attributes["look"][position])
            on_its_side = with_faults and label == 0 and number == 1
            _write(home / f"IMG_{number:04d}.jpg", _photograph(faces.images[position]), look, on_its_side)
    if with_faults:
        home = folder / faces.names[0]
        _write(home / "IMG_9001.jpg", _picture_without_a_face(), day=0)
        (home / "shopping list.jpg").write_text("bread, milk", encoding="utf-8")
    return folder


def _temporary_folder() -> Path:
    """Make a folder that is deleted when Python ends."""
    folder = tempfile.mkdtemp(prefix="photographs_")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _photograph(face: np.ndarray):
    """Put a rendered face, which is cut as closely as the detector cuts, into a larger picture."""
    from PIL import Image, ImageFilter

    around = Image.fromarray(np.pad(face, (*MARGINS, (0, 0)), mode="edge")).filter(ImageFilter.GaussianBlur(8))
    around.paste(Image.fromarray(face), (MARGINS[1][0], MARGINS[0][0]))
    return around


def _picture_without_a_face():
    """Return a landscape: sky above, grass below."""
    from PIL import Image

    landscape = np.empty((224, 256, 3), np.uint8)
    landscape[:120], landscape[120:] = (150, 190, 230), (90, 140, 60)
    return Image.fromarray(landscape)


def _write(path: Path, picture, day: int, on_its_side: bool = False) -> None:
    """Write a JPEG with the day, one week after another, and the orientation."""
    from PIL import Image

    from course_utils.datasets.image_files import EXIF_DIRECTORY, TIME_OF_ORIGINAL

    exif = Image.Exif()
    exif[ORIENTATION] = ON_ITS_SIDE if on_its_side else 1
    taken = FIRST_DAY + datetime.timedelta(weeks=day)
    exif.get_ifd(EXIF_DIRECTORY)[TIME_OF_ORIGINAL] = f"{taken:%Y:%m:%d %H:%M:%S}"
    stored = picture.rotate(90, expand=True) if on_its_side else picture
    content = io.BytesIO()
    stored.save(content, "JPEG", exif=exif, quality=92)
    whole_files.write_bytes(path, content.getvalue())
