"""Compare two figures as a reader would: a moved pixel does not matter, another colour map or title does.

Two programs, or two versions of one, draw the same figure with text and lines shifted by a pixel and smoothed
differently.  So the figures are cut into small tiles, and each tile of one is laid over the other with every small
shift; what counts is the best fit of the worst tile.  A mean over the whole figure would not see another title.
"""

import base64
import itertools
import struct

import numpy as np
from PIL import Image, ImageFilter

from tools.notebooks.embedded import Figure

DEFAULT_LIMIT = 0.06  # another word in a title gives 0.07 to 0.1, another font renderer or half a pixel 0.04 to 0.055
LARGEST_SHIFT = 3  # pixels
LARGEST_SIZE_DIFFERENCE = 6  # pixels
TILE = 16  # pixels

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FREE_TEXT_CHUNKS = {b"tEXt", b"zTXt", b"iTXt", b"tIME"}


def compare_figures(stored: Figure, new: Figure, limit: float) -> str | None:
    """Compare two figures in the size in which a page shows them.

    Parameters
    ----------
    stored, new
        The two figures.
    limit
        Largest allowed difference of any tile: the mean over its pixels and colours, from 0 (same) to 1 (black
        against white).

    Returns
    -------
    str or None
        What differs, where and by how much; None if nothing that matters.
    """
    if (stored.data, stored.width) == (new.data, new.width):
        return None
    first, second = stored.image(), new.image()
    if max(abs(first.width - second.width), abs(first.height - second.height)) > LARGEST_SIZE_DIFFERENCE:
        return f"figure: stored {first.width} x {first.height} pixels, new {second.width} x {second.height} pixels"
    tiles = tile_differences(first, second)
    row, column = np.unravel_index(np.argmax(tiles), tiles.shape)
    if tiles[row, column] <= limit:
        return None
    return (
        f"figure differs near x = {column * TILE}, y = {row * TILE} (pixels from the top left): "
        f"difference {tiles[row, column]:.3f}, tolerance {limit:g} (check-image)"
    )


def tile_differences(first: Image.Image, second: Image.Image) -> np.ndarray:
    """Return the difference of each tile of two figures, 0 to 1, with the shift that makes it smallest.

    Where the sizes differ by a few pixels, the part that both have is compared.

    Returns
    -------
    ndarray, shape (rows, columns)
        Of float, one for each tile of `TILE` x `TILE` pixels.
    """
    height, width = min(first.height, second.height), min(first.width, second.width)
    # A slight blur, because smoothing of text differs between font libraries.
    a, b = (
        np.asarray(image.filter(ImageFilter.BoxBlur(1)), dtype=np.float32)[:height, :width] / 255
        for image in (first, second)
    )
    padded = np.pad(b, ((LARGEST_SHIFT, LARGEST_SHIFT), (LARGEST_SHIFT, LARGEST_SHIFT), (0, 0)), mode="edge")
    shifts = itertools.product(range(2 * LARGEST_SHIFT + 1), repeat=2)
    return np.min([_tile_means(np.abs(a - padded[y : y + height, x : x + width])) for y, x in shifts], axis=0)


def _tile_means(difference: np.ndarray) -> np.ndarray:
    """Average an array of shape (height, width, 3) over tiles; the last tiles may be smaller."""
    rows = np.arange(0, difference.shape[0], TILE)
    columns = np.arange(0, difference.shape[1], TILE)
    sums = np.add.reduceat(np.add.reduceat(difference.mean(axis=2), rows, axis=0), columns, axis=1)
    heights = np.diff(np.append(rows, difference.shape[0]))
    widths = np.diff(np.append(columns, difference.shape[1]))
    return sums / np.outer(heights, widths)


def without_free_text(figure: str) -> str:
    """Return a PNG without its comments: Matplotlib writes its version there, which would make a diff of its own."""
    data = base64.b64decode(figure)
    if not data.startswith(_PNG_SIGNATURE):
        return figure
    kept = [_PNG_SIGNATURE]
    position = len(_PNG_SIGNATURE)
    while position + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        end = position + length + 12  # length and kind before the content, a checksum after it
        if kind not in _FREE_TEXT_CHUNKS:
            kept.append(data[position:end])
        position = end
    return base64.b64encode(b"".join(kept)).decode("ascii")
