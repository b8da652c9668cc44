"""What all explorers share: controls, a picture with its alternative text, the numbers behind it, what went wrong."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ipywidgets
import numpy as np
from IPython.display import display
from PIL import Image, ImageDraw, ImageFont

from course_utils import theme
from course_utils.environment import on_colab
from course_utils.markup import numbers_html, picture_html

PICTURE_WIDTH = 760  # pixels on the screen; a narrower window shrinks the picture
SHARPNESS = 1.5  # pixels of the picture for one on the screen: less than a figure's, which is drawn only once
LABEL_WIDTH, CONTROL_WIDTH = "8em", "27em"

# Whatever a notebook sets for its own figures, an explorer looks the same.  A layout that adapts would cost 50 ms for
# each picture.
STYLE = theme.STYLE | {"figure.constrained_layout.use": False}


@dataclass(frozen=True)
class Shown:
    """What an explorer shows for one setting of its controls.

    Attributes
    ----------
    png
        The picture, PNG.
    alt
        One sentence that says what is to be seen, for readers who do not see it.
    numbers
        The numbers behind the picture, as text, by what they are called.
    """

    png: bytes
    alt: str
    numbers: Mapping[str, str]

    @property
    def text(self) -> str:
        """The sentence and the numbers, a line for each."""
        return "\n".join([self.alt, *(f"{name}: {value}" for name, value in self.numbers.items())])


class Explorer(ipywidgets.VBox):
    """A widget that draws again when a control changes; a subclass says what to draw.

    Parameters
    ----------
    controls
        By name, the controls that the picture depends on; each has a ``value``.
    rows
        What stands above the picture: controls, or boxes of them.

    Attributes
    ----------
    shown : Shown
        What stands there now.
    number_columns : int
        In how many columns the numbers below the picture are written.
    """

    number_columns = 1

    def __init__(self, controls: Mapping[str, ipywidgets.Widget], rows: Sequence[ipywidgets.Widget]):
        super().__init__()
        self.controls = dict(controls)
        self.picture, self.table, self.status = (ipywidgets.HTML() for _ in range(3))
        self._held = False
        self.shown = self.draw()  # an error here is the caller's: a bad argument
        self._write()
        for control in self.controls.values():
            control.observe(lambda _change: self._changed(), names="value")
        self.children = [*rows, self.status, self.picture, self.table]

    def draw(self) -> Shown:
        """Return what the present values of the controls show; raise ValueError for a setting that is impossible."""
        raise NotImplementedError

    @property
    def values(self) -> dict:
        """The value of each control."""
        return {name: control.value for name, control in self.controls.items()}

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Draw once, at the end of the block, however many controls it sets."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        self._changed()

    def _changed(self) -> None:
        """Draw what the controls say now, or say why not; picture and numbers then stay."""
        if self._held:
            return
        try:
            self.shown = self.draw()
        except Exception as error:  # an explorer has no other place to show it: the front end drops a traceback
            self.status.value = problem_html(error)
        else:
            self.status.value = ""
            self._write()

    def _write(self) -> None:
        self.picture.value = picture_html(self.shown.png, self.shown.alt, PICTURE_WIDTH)
        self.table.value = numbers_html(self.shown.numbers, self.number_columns)

    def _ipython_display_(self, **_options) -> None:
        display_with_picture(self, self.shown.png, self.shown.alt, self.shown.text)


def display_with_picture(
    widget: ipywidgets.Widget, png: bytes, alt: str, text: str, width: int = PICTURE_WIDTH
) -> None:
    """Display a widget and, for a stored notebook, in which no widget lives, its picture.

    Both are one output: a notebook that is running shows the first kind that it can.  Colab would show the picture, and
    keeps the widgets' state in the notebook itself, so it gets the widget alone.

    Parameters
    ----------
    widget
        What a running notebook shows.
    png, alt
        What a stored one shows, and its alternative text.
    text
        What a program sees that shows text only, and what the notebook's test compares.
    width
        Of the picture on the screen, in pixels.
    """
    bundle = {"text/plain": text}
    if not on_colab():
        bundle["text/html"] = picture_html(png, alt, width)
    bundle["application/vnd.jupyter.widget-view+json"] = {
        "version_major": 2,
        "version_minor": 0,
        "model_id": widget.model_id,
    }
    display(bundle, raw=True)


def problem_html(error: Exception) -> str:
    """Return what went wrong as HTML; a message of ours speaks for itself, another gets its kind in front."""
    words = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
    # Not the text in a colour: that would fail in a dark theme.
    style = f"border-left: 6px solid {theme.MARK}; padding-left: 0.6em"
    return f'<div role="alert" style="{style}">{html.escape(words.rstrip("."))}. The picture stays as it was.</div>'


def png_of(image: Image.Image) -> bytes:
    """Return a picture as PNG, with little compression: speed counts."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


class Board:
    """A white picture to draw on with Pillow: for grids and pictures, several times as fast as Matplotlib.

    All lengths are pixels on the screen, from the top left.

    Parameters
    ----------
    height
        The width is `PICTURE_WIDTH`.
    """

    def __init__(self, height: int):
        self._image = Image.new("RGB", (round(PICTURE_WIDTH * SHARPNESS), round(height * SHARPNESS)), theme.PAPER)
        self._pen = ImageDraw.Draw(self._image)

    def rectangle(
        self, left: float, top: float, width: float, height: float, fill: str | None = None,
        edge: str | None = None, thickness: float = 1,
    ) -> None:  # fmt: skip
        """Fill a rectangle, or draw its edge, or both."""
        corners = [round(value * SHARPNESS) for value in (left, top, left + width, top + height)]
        self._pen.rectangle(corners, fill, edge, round(thickness * SHARPNESS))

    def text(self, x: float, y: float, words: str, size: float = 14, anchor: str = "mm") -> None:
        """Write words; the anchor is Pillow's: "mm" has its middle at (x, y), "lm" begins there."""
        self._pen.text((x * SHARPNESS, y * SHARPNESS), words, theme.INK, _font(round(size * SHARPNESS)), anchor)

    def paste(self, pixels: np.ndarray, left: float, top: float, width: float, height: float) -> None:
        """Put a picture (h, w) or (h, w, 3) uint8 in a rectangle, its pixels as squares."""
        size = round(width * SHARPNESS), round(height * SHARPNESS)
        enlarged = Image.fromarray(pixels).resize(size, Image.Resampling.NEAREST)
        self._image.paste(enlarged, (round(left * SHARPNESS), round(top * SHARPNESS)))

    def png(self) -> bytes:
        """Return the picture."""
        return png_of(self._image)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Return the font that Matplotlib brings along, so that it is on every machine."""
    import matplotlib

    return ImageFont.truetype(Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"), size)


class Sheet:
    """A Matplotlib figure for curves; it is made once, and only what moves is drawn again.

    Parameters
    ----------
    height
        On the screen, pixels; the width is `PICTURE_WIDTH`.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
    moving : list of matplotlib.artist.Artist
        What is drawn for each picture, over a copy of everything else.
    """

    def __init__(self, height: int):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        size = (PICTURE_WIDTH / theme.PIXELS_PER_INCH, height / theme.PIXELS_PER_INCH)
        self.figure = Figure(figsize=size, dpi=theme.PIXELS_PER_INCH * SHARPNESS, layout="none", facecolor=theme.PAPER)
        self.moving = []
        self._canvas = FigureCanvasAgg(self.figure)
        self._background = None

    def renew(self) -> None:
        """Draw everything again the next time, because something changed that is not in ``moving``."""
        self._background = None

    def png(self) -> bytes:
        """Draw the figure as it is now."""
        for artist in self.moving:
            artist.set_animated(True)  # left out of the background
        if self._background is None:
            with drawing_style():  # labels of an axis are made while it is drawn
                self._canvas.draw()
            self._background = self._canvas.copy_from_bbox(self.figure.bbox)
        self._canvas.restore_region(self._background)
        for artist in self.moving:
            self.figure.draw_artist(artist)
        return png_of(Image.fromarray(np.asarray(self._canvas.buffer_rgba())[..., :3]))


@contextmanager
def drawing_style() -> Iterator[None]:
    """Draw in the explorers' own style, whatever the notebook has set."""
    from matplotlib import style

    with style.context(["default", STYLE]):
        yield


def labelled(kind: type, description: str, tooltip: str, **options) -> ipywidgets.Widget:
    """Return a control with a label, and a sentence that says what it does.

    Parameters
    ----------
    kind
        Class of ipywidgets.
    description
        The label, which a screen reader reads out too.
    tooltip
        Shown by the mouse, and read out by some screen readers.
    **options
        What the class takes.
    """
    control = kind(description=description, **options)
    # ipywidgets 7, which Colab has, knows "tooltip" for buttons only.
    setattr(control, "tooltip" if control.has_trait("tooltip") else "description_tooltip", tooltip)
    control.style.description_width = LABEL_WIDTH
    control.layout.width = CONTROL_WIDTH
    return control


def choice(
    description: str, tooltip: str, options: Sequence, value, label_above: bool = False
) -> ipywidgets.ToggleButtons:
    """Return a row of buttons, one of which is pressed; with many, several rows, and the label is better above them.

    Not a list to unfold, nor radio buttons: JupyterLab takes their arrow keys, and leaves for the next cell.
    """
    control = labelled(ipywidgets.ToggleButtons, description, tooltip, options=options, value=value)
    control.style.button_width = "auto"
    control.layout = ipywidgets.Layout(display="block" if label_above else "flex", align_items="center")
    return control


def side_by_side(*parts: ipywidgets.Widget) -> ipywidgets.HBox:
    """Return parts in a row that breaks where the window is narrow."""
    return ipywidgets.HBox(parts, layout=ipywidgets.Layout(flex_flow="row wrap", grid_gap="0 1.5em"))


def check_choice(name: str, value, choices: Sequence) -> None:
    """Raise ValueError if a value is none of the choices."""
    if value not in choices:
        raise ValueError(f"{name}: expected one of {', '.join(map(repr, choices))}, got {value!r}")


def check_number(name: str, value, least: float, greatest: float, whole: bool = False) -> None:
    """Raise ValueError if a value is no number in a range, or no whole one where one is wanted."""
    kinds = (int, np.integer) if whole else (int, float, np.integer, np.floating)
    fits = isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= greatest
    if not fits:
        kind = "a whole number" if whole else "a number"
        raise ValueError(f"{name}: expected {kind} from {least:g} to {greatest:g}, got {value!r}")


def plain(value: float, digits: int = 3) -> str:
    """Write a number with a fixed number of decimals, and never as ``-0.00``."""
    return f"{round(float(value), digits) + 0.0:.{digits}f}"
