"""Read a picture file of any kind as upright RGB, or refuse it with a reason in plain words."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from course_utils.datasets.picture_streams import decodes_quickly, ends_early, phone_format
from course_utils.environment import ROOT

# Only plain bitmap formats: Pillow would start other programs for some of the rest (EPS).
FORMATS = ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "PPM"]
EXIF_DIRECTORY, TIME_OF_ORIGINAL, TIME_OF_FILE = 0x8769, 0x9003, 0x0132  # tags of the EXIF standard
ORIENTATION = 0x0112  # of the EXIF standard and of TIFF
BITS_PER_SAMPLE, PHOTOMETRIC, WHITE_IS_ZERO = 258, 262, 0  # of the TIFF standard
MAX_PIXELS = 50_000_000  # more than a phone's camera takes; decoded, 150 MB
ROWS_AT_ONCE = 256  # that become RGB together: a large picture takes little more memory than its pixels
MAX_BYTES = 500_000_000  # of a file
SECONDS = 20  # of the processor, that a file may take which could take minutes
REFUSED = 3  # exit status of the process that decodes such a file


class RefusedPictureError(ValueError):
    """A file is not a picture that can be used; the message says why."""


def read_picture(
    path: Path, background: tuple[int, int, int] = (255, 255, 255), max_pixels: int = MAX_PIXELS
) -> np.ndarray:
    """Read a picture file as it is meant to be seen.

    The camera's rotation (EXIF) is applied; grey, palette and CMYK become RGB; transparent parts show ``background``;
    12-bit and 16-bit values are scaled to 8 bits.  Colour profiles are not applied.  For an animation, the first frame
    is taken.  A file that could decode for minutes is decoded in a process of its own, under a time limit.  The memory
    needed is the file's size and about 12 bytes for each of its pixels.

    Damage is found where the file tells: PNG has checksums, and data that end too early are found in every format, also
    a progressive JPEG without its last scans.  A changed bit in the data of JPEG, WebP or GIF gives other pixels, and
    cannot be noticed.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)

    Raises
    ------
    RefusedPictureError
        If the file is not a picture, is damaged, has more than ``max_pixels`` pixels (found before it is decoded), or
        takes longer than `SECONDS`.
    """
    content = _content(path)
    if phone_format(content[:12]):
        raise RefusedPictureError(
            "HEIC or AVIF, the formats of phones: export it as JPEG (on an iPhone: share it by mail)"
        )
    if not decodes_quickly(content):
        return _read_elsewhere(path, background, max_pixels)
    return _decode(content, background, max_pixels)


def _content(path: Path) -> bytes:
    """Return what is in a regular file; anything else, such as a pipe, is not opened."""
    try:
        if not path.is_file():
            raise RefusedPictureError("not a regular file")
        if path.stat().st_size > MAX_BYTES:
            raise RefusedPictureError(f"too large: a file of more than {MAX_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except PermissionError:
        raise RefusedPictureError("may not be read: permission denied") from None
    except OSError as error:
        raise RefusedPictureError(f"cannot be read: {error.strerror or error}") from None


def _read_elsewhere(path: Path, background: tuple[int, int, int], max_pixels: int) -> np.ndarray:
    """Read a picture in a process of its own, which is ended when the time is over; nothing else ends a decoder."""
    module = "course_utils.datasets.image_files"
    command = [sys.executable, "-m", module, str(path), json.dumps([*map(int, background)]), str(max_pixels)]
    searched = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = os.environ | {"PYTHONPATH": searched}
    pipe = subprocess.PIPE
    try:
        started = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, env=environment)
    except OSError as error:  # too many open files, say
        raise RefusedPictureError(f"cannot be decoded: {error.strerror or error}") from None
    with started as child:
        try:
            pixels, reason = _output_in_time(child)
        finally:
            child.kill()  # which does nothing where it has ended
    if child.returncode == REFUSED:
        raise RefusedPictureError(reason.decode("utf-8"))
    if child.returncode:
        raise RefusedPictureError("truncated or damaged, or too large for the memory that is free")
    return np.load(io.BytesIO(pixels), allow_pickle=False)


def _output_in_time(child: subprocess.Popen) -> tuple[bytes, bytes]:
    """Return what a process writes to standard output and error, if it takes no longer than `SECONDS`.

    Its processor time counts: on a busy machine, a picture is not to blame for the time that others take.  A process
    that waits for something, say for a disk that is gone, is given up after ten times as long.
    """
    import psutil

    given_up = time.monotonic() + 10 * SECONDS
    while True:
        try:
            return child.communicate(timeout=0.2)
        except subprocess.TimeoutExpired:
            used = psutil.Process(child.pid).cpu_times()
            if used.user + used.system > SECONDS or time.monotonic() > given_up:
                message = f"takes longer than {SECONDS} seconds to decode: save it as PNG or JPEG"
                raise RefusedPictureError(message) from None


def _decode(content: bytes, background: tuple[int, int, int], max_pixels: int) -> np.ndarray:
    """Decode the content of a file as `read_picture` says, however long it takes."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is checked here; other oddities do not change the pixels
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                if picture.width * picture.height > max_pixels:
                    raise RefusedPictureError(_too_large(picture.width * picture.height, max_pixels))
                picture.load()
                tags = getattr(picture, "tag_v2", {})  # which a turned picture does not have
                if ends_early(content, tags, _digest_of_pixels):
                    raise RefusedPictureError("damaged: its data end before the picture does")
                return _as_rgb(_upright(picture), background, tags)
    except RefusedPictureError:
        raise
    except Image.DecompressionBombError:
        raise RefusedPictureError(f"too large: over {2 * Image.MAX_IMAGE_PIXELS:,} pixels") from None
    except Image.UnidentifiedImageError:
        raise RefusedPictureError(f"not a picture of a known format ({', '.join(FORMATS)}), or damaged") from None
    except MemoryError:
        raise RefusedPictureError("too large for the memory that is free") from None
    except Exception:  # fed a damaged file, a decoder fails in any way
        raise RefusedPictureError("truncated or damaged") from None


def _digest_of_pixels(content: bytes) -> bytes:
    """Return a digest of the pixels of a JPEG file's content."""
    digest = hashlib.sha256()
    with Image.open(io.BytesIO(content), formats=["JPEG"]) as picture:
        for rows in _few_rows(picture):
            digest.update(rows.tobytes())
    return digest.digest()


def _few_rows(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the picture in parts of `ROWS_AT_ONCE` rows, the last one maybe less high."""
    for top in range(0, picture.height, ROWS_AT_ONCE):
        yield picture.crop((0, top, picture.width, min(top + ROWS_AT_ONCE, picture.height)))


def _upright(picture: Image.Image) -> Image.Image:
    """Return the picture as EXIF says that it was held.

    Programs store the number as a whole one, a fraction, a byte, a text or several; Pillow knows only some of these.
    """
    exif = picture.getexif()
    stored = exif.get(ORIENTATION)
    stored = stored[0] if isinstance(stored, tuple | bytes) and stored else stored
    stored = int(stored) if isinstance(stored, str) and stored.strip("\0 ") in {*"12345678"} else stored
    if stored in range(1, 9):
        exif[ORIENTATION] = int(stored)
    return ImageOps.exif_transpose(picture)


def day_taken(path: Path) -> str | None:
    """Return the day on which a camera took a picture, such as "2026-03-02", or None where the file does not say.

    It is the first one that EXIF holds of the original's time and the file's; messengers and editors often remove both.
    A file that could take minutes is not asked.
    """
    try:
        content = _content(path)
        if not decodes_quickly(content):
            return None
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            exif = picture.getexif()
            times = [exif.get_ifd(EXIF_DIRECTORY).get(TIME_OF_ORIGINAL), exif.get(TIME_OF_FILE)]
    except Exception:  # fed a damaged file, a decoder fails in any way
        return None
    days = (re.match(r"(\d{4}):(\d{2}):(\d{2})\b", str(time)) for time in times)
    return next(("-".join(day.groups()) for day in days if day and day[1] != "0000"), None)


def _too_large(pixels: int, max_pixels: int) -> str:
    """Return the reason for refusing a picture of so many pixels."""
    return f"too large: {pixels:,} pixels, the limit is {max_pixels:,}"


def _as_rgb(picture: Image.Image, background: tuple[int, int, int], tags: Mapping) -> np.ndarray:
    """Convert any mode to RGB without clipping, transparent parts over ``background``; with the tags of a TIFF file."""
    if picture.mode == "F":
        raise RefusedPictureError("pixels are floating-point numbers of no known range")
    convert = _from_16_bits if picture.mode.startswith("I") else _from_8_bits
    pixels = np.empty((picture.height, picture.width, 3), np.uint8)
    for number, rows in enumerate(_few_rows(picture)):
        top = number * ROWS_AT_ONCE
        pixels[top : top + rows.height] = convert(rows, background, tags)
    return pixels


def _from_8_bits(picture: Image.Image, background: tuple[int, int, int], _tags: Mapping) -> np.ndarray:
    """Convert a mode of at most 8 bits a channel."""
    if not picture.has_transparency_data:
        return np.asarray(picture.convert("RGB"))
    canvas = Image.new("RGBA", picture.size, (*background, 255))
    return np.asarray(Image.alpha_composite(canvas, picture.convert("RGBA")).convert("RGB"))


def _from_16_bits(picture: Image.Image, background: tuple[int, int, int], tags: Mapping) -> np.ndarray:
    """Scale 0..65535 to 0..255, or 0..4095 where the file says 12 bits; Pillow's own conversion clips at 255."""
    values = np.asarray(picture).astype(np.float64)
    bits = int(np.max(tags.get(BITS_PER_SAMPLE, 16)))
    largest = 2.0 ** (bits if 8 < bits < 16 else 16) - 1
    if values.min() < 0 or values.max() > largest:
        raise RefusedPictureError(f"pixels are whole numbers of more than {bits if bits < 16 else 16} bits")
    scaled = np.rint(values * (255 / largest)).astype(np.uint8)
    if tags.get(PHOTOMETRIC) == WHITE_IS_ZERO:
        scaled = 255 - scaled
    colours = np.repeat(scaled[..., np.newaxis], 3, axis=-1)
    colours[values == picture.info.get("transparency", -1)] = background
    return colours


def main(arguments: list[str]) -> int:
    """Decode a file for `_read_elsewhere`: write its pixels to standard output, or the reason to standard error."""
    path, background, max_pixels = arguments
    try:
        pixels = _decode(_content(Path(path)), tuple(json.loads(background)), int(max_pixels))
    except RefusedPictureError as error:
        sys.stderr.write(str(error))
        return REFUSED
    np.save(sys.stdout.buffer, pixels)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
