"""Find the figures in the outputs of a cell, and make them small for the file.

The course shows figures as HTML, for that is how their alternative text reaches a reader (`course_utils.markup`); what
else draws in a notebook shows ``image/png``.
"""

import base64
import html
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from nbformat import NotebookNode
from PIL import Image

IMAGES = frozenset({"image/png", "image/jpeg"})
HTML = "text/html"
# How much a picture that is made small may change, of 255: nobody sees it.
USUAL_CHANGE, LARGEST_CHANGE = 4, 16
SELDOM = 0.05  # of its pixels may change more than usually
WORTH_A_JPEG = 0.75  # of the bytes of a PNG: for less gain, pixels stay as they are

_PICTURE = re.compile(
    r'<img src="data:(?P<file>image/(?:png|jpeg);base64,(?P<data>[\w+/=]+))" alt="(?P<alt>[^"]*)"'
    r'(?: width="(?P<width>\d+)")?[^>]*>'
)


@dataclass(frozen=True)
class Figure:
    """A figure in an output.

    Attributes
    ----------
    format : str
        The kind of output that holds it, such as "text/html".
    data : str
        The file, in base64.
    alt : str
        Its alternative text; empty if there is none.
    width : int or None
        How wide a page shows it, in pixels; None: as wide as it is.
    """

    format: str
    data: str
    alt: str
    width: int | None = None

    def image(self) -> Image.Image:
        """Return the picture as a page shows it: what is transparent is white."""
        image = Image.open(io.BytesIO(base64.b64decode(self.data))).convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
        if self.width is None or self.width == image.width:
            return image
        size = self.width, round(image.height * self.width / image.width)
        return image.resize(size, Image.Resampling.BOX)


def figures_in(output: Mapping) -> list[Figure]:
    """Return the figures of an output."""
    data, metadata = output.get("data", {}), output.get("metadata", {})
    figures = [
        Figure(name, content, metadata.get(name, {}).get("alt", "")) for name, content in data.items() if name in IMAGES
    ]
    for found in _PICTURE.finditer(data.get(HTML, "")):
        width = int(found["width"]) if found["width"] else None
        figures.append(Figure(HTML, found["data"], html.unescape(found["alt"]), width))
    return figures


def words_of(markup: str) -> str:
    """Return HTML with the alternative text in place of each picture."""
    return _PICTURE.sub(r'<img alt="\g<alt>">', markup)


def with_smaller_figures(output: NotebookNode) -> NotebookNode:
    """Return an output whose figures in HTML take less space in the file."""
    if HTML in output.get("data", {}):
        output.data[HTML] = _PICTURE.sub(
            lambda match: match[0].replace(match["file"], smaller_file(match["data"])), output.data[HTML]
        )
    return output


def smaller_file(data: str) -> str:
    """Return a picture in fewer bytes, that looks the same, as what follows ``data:`` in the address of a picture.

    Curves and letters have few colours and fit into a palette.  Of faces in large pixels, the last two bits of each
    value go.  A photograph becomes a JPEG.

    Parameters
    ----------
    data : str
        The picture as PNG, in base64.
    """
    image = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
    palette = image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    values, kept = (np.asarray(picture.convert("RGB"), np.int16) for picture in (image, palette))
    change = np.abs(kept - values).max(axis=2)
    if change.max() <= LARGEST_CHANGE and np.mean(change > USUAL_CHANGE) <= SELDOM:
        return f"image/png;base64,{_encoded(palette, 'PNG', optimize=True)}"
    rounded = Image.fromarray(np.minimum((values + 2) // 4 * 4, 255).astype(np.uint8))
    png = _encoded(rounded, "PNG", optimize=True)
    jpeg = _encoded(image, "JPEG", quality=90, subsampling=0, optimize=True)
    return f"image/jpeg;base64,{jpeg}" if len(jpeg) < WORTH_A_JPEG * len(png) else f"image/png;base64,{png}"


def _encoded(image: Image.Image, kind: str, **options) -> str:
    """Return a picture as a file in base64."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return base64.b64encode(buffer.getvalue()).decode("ascii")
