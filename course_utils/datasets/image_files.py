"""One picture file of any kind, read as upright RGB, or refused with a reason in plain words."""

import re
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

# Only plain bitmap formats: Pillow would start other programs for some of the rest (EPS).
FORMATS = ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "PPM"]
EXIF_DIRECTORY, TIME_OF_ORIGINAL, TIME_OF_FILE = 0x8769, 0x9003, 0x0132  # tags of the EXIF standard
MAX_PIXELS = 50_000_000  # more than a phone's camera takes; decoded, 150 MB


class RefusedPictureError(ValueError):
    """A file is no picture that can be used; the message says why."""


def read_picture(
    path: Path, background: tuple[int, int, int] = (255, 255, 255), max_pixels: int = MAX_PIXELS
) -> np.ndarray:
    """Read a picture file as it is meant to be seen.

    The camera's rotation (EXIF) is applied; grey, palette and CMYK become RGB; transparent parts show ``background``;
    16-bit values are scaled to 8 bits.  Colour profiles are not applied.  Of an animation, the first frame is taken.

    Returns
    -------
    ndarray of uint8, shape (height, width, 3)

    Raises
    ------
    RefusedPictureError
        If the file is not a picture, is damaged, or has more than ``max_pixels`` pixels (found before it is decoded).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is checked here; other oddities do not change the pixels
            with Image.open(path, formats=FORMATS) as picture:
                if picture.width * picture.height > max_pixels:
                    raise RefusedPictureError(_too_large(picture.width * picture.height, max_pixels))
                picture.load()
                return np.asarray(_as_rgb(ImageOps.exif_transpose(picture), background))
    except RefusedPictureError:
        raise
    except Image.DecompressionBombError:
        raise RefusedPictureError(f"too large: over {2 * Image.MAX_IMAGE_PIXELS:,} pixels") from None
    except Image.UnidentifiedImageError:
        raise RefusedPictureError(f"not a picture of a known format ({', '.join(FORMATS)}), or damaged") from None
    except PermissionError:
        raise RefusedPictureError("may not be read: permission denied") from None
    except Exception:  # fed a damaged file, a decoder fails in any way
        raise RefusedPictureError("truncated or damaged") from None


def day_taken(path: Path) -> str | None:
    """Return the day on which a camera took a picture, such as "2026-03-02", or None where the file does not say.

    It is the first one that EXIF holds of the original's time and the file's; messengers and editors often remove both.
    """
    try:
        with Image.open(path, formats=FORMATS) as picture:
            exif = picture.getexif()
            times = [exif.get_ifd(EXIF_DIRECTORY).get(TIME_OF_ORIGINAL), exif.get(TIME_OF_FILE)]
    except Exception:  # fed a damaged file, a decoder fails in any way
        return None
    days = (re.match(r"(\d{4}):(\d{2}):(\d{2})\b", str(time)) for time in times)
    return next(("-".join(day.groups()) for day in days if day and day[1] != "0000"), None)


def _too_large(pixels: int, max_pixels: int) -> str:
    """Return the reason for refusing a picture of so many pixels."""
    return f"too large: {pixels:,} pixels, the limit is {max_pixels:,}"


def _as_rgb(picture: Image.Image, background: tuple[int, int, int]) -> Image.Image:
    """Convert any mode to RGB without clipping, transparent parts over ``background``."""
    if picture.mode.startswith("I"):
        return _from_16_bits(picture).convert("RGB")
    if picture.mode == "F":
        raise RefusedPictureError("pixels are floating-point numbers of no known range")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    canvas = Image.new("RGBA", picture.size, (*background, 255))
    return Image.alpha_composite(canvas, picture.convert("RGBA")).convert("RGB")


def _from_16_bits(picture: Image.Image) -> Image.Image:
    """Scale 0..65535 to 0..255; Pillow's own conversion clips at 255."""
    values = np.asarray(picture).astype(np.float64)
    if values.min() < 0 or values.max() > 65535:
        raise RefusedPictureError("pixels are whole numbers of more than 16 bits, of no known range")
    return Image.fromarray(np.rint(values / 257).astype(np.uint8))
