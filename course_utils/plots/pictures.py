"""Put pictures on a page: faces in a grid, titled panels, and the alternative text of each figure."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np

from course_utils import fonts, theme
from course_utils.markup import picture_html


def show(figure, alt: str) -> None:
    """Display a figure with its alternative text for screen readers.

    Parameters
    ----------
    figure
        A matplotlib figure.
    alt
        One sentence that says what the figure shows.
    """
    from IPython.display import display
    from matplotlib import pyplot
    from PIL import Image

    buffer = io.BytesIO()
    dpi = theme.SHARPNESS * theme.PIXELS_PER_INCH
    figure.savefig(buffer, dpi=dpi, bbox_inches="tight", metadata={"Software": None})  # the version would make a diff
    width = round(Image.open(buffer).width / theme.SHARPNESS)
    display({"text/html": picture_html(buffer.getvalue(), alt, width), "text/plain": alt}, raw=True)
    pyplot.close(figure)  # or the notebook shows it a second time at the end of the cell


def face_grid(images: np.ndarray, titles: Sequence[str] | None = None, columns: int = 5, picture_size: float = 1.2):
    """Draw pictures in a grid.

    Parameters
    ----------
    images
        Array (n, h, w, 3) uint8, or (n, h, w) for grey.
    titles
        One short line above each picture, n of them, or None.
    columns
        Pictures in a row.
    picture_size
        Width of one picture, in inches; it is less where the row would be wider than the page.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If there are no images, or titles and images differ in number.
    """
    from matplotlib import pyplot

    if len(images) == 0:
        raise ValueError("there are no images to draw")
    if titles is not None and len(titles) != len(images):
        raise ValueError(f"{len(images)} images but {len(titles)} titles")
    fonts.prepare(() if titles is None else titles)
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    width = min(picture_size, theme.WIDEST / columns)
    height = width * images[0].shape[0] / images[0].shape[1] + (0 if titles is None else _height_of_titles(titles))
    figure, axes = pyplot.subplots(rows, columns, figsize=(columns * width, rows * height), squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for index, (axis, image) in enumerate(zip(axes.flat, images, strict=False)):
        axis.imshow(image, vmin=0, vmax=255)
        if titles is not None:
            axis.set_title(titles[index], fontsize=theme.TEXT, parse_math=False)  # a name may have a $ in it
    return figure


def _height_of_titles(titles: Sequence[str]) -> float:
    """Return the space that the highest title takes, in inches."""
    lines = max(title.count("\n") + 1 for title in titles)
    return 0.1 + lines * 1.2 * theme.TEXT / 72


def panels(
    images: dict[str, np.ndarray],
    boxes: dict[str, np.ndarray] | None = None,
    panel_size: float = 2.2,
    limits: dict[str, tuple[float, float]] | None = None,
):
    """Draw pictures of different kinds side by side, each with its name and size above it, and on its own grey scale.

    Parameters
    ----------
    images
        For each name a picture, (h, w) or (h, w, 3).
    boxes
        For some of the names a frame to draw, as (top, left, height, width) in pixels.
    panel_size
        Width of one panel, in inches; it is less where the row would be wider than the page.
    limits
        For some of the names the values that are drawn black and white; otherwise the picture's smallest and largest.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a box has no picture of its name.
    """
    from matplotlib import pyplot

    boxes, limits = boxes or {}, limits or {}
    if not set(boxes) <= set(images):
        raise ValueError(f"boxes for {sorted(set(boxes) - set(images))}, but the images are {sorted(images)}")
    width = min(panel_size, theme.WIDEST / len(images))
    size = (width * len(images), width + _height_of_titles(["\n"]))
    figure, axes = pyplot.subplots(1, len(images), figsize=size, squeeze=False)
    for axis, (name, image) in zip(axes.flat, images.items(), strict=True):
        low, high = limits.get(name, (None, None))
        axis.imshow(image, vmin=low, vmax=high)
        axis.set_title(f"{name}\n{image.shape[0]} × {image.shape[1]}", fontsize=theme.TEXT)
        axis.axis("off")
        if name in boxes:
            top, left, height, width = boxes[name]
            frame = pyplot.Rectangle((left, top), width, height, fill=False, edgecolor=theme.HIGHLIGHT, linewidth=3)
            axis.add_patch(frame)
    return figure
