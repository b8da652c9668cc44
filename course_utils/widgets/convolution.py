"""The kernel explorer of lesson 01: design nine numbers and see what they find in a face."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import ipywidgets
import numpy as np

from course_utils import theme
from course_utils.from_scratch import layers
from course_utils.widgets.frame import (
    PICTURE_WIDTH,
    Board,
    Explorer,
    Shown,
    check_choice,
    labelled,
    plain,
    side_by_side,
)

# Where each comes from is told in lesson 01; a blur of sixteenths has short decimals.
KERNELS = {
    "identity": ((0, 0, 0), (0, 1, 0), (0, 0, 0)),
    "edge": ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    "blur": ((0.0625, 0.125, 0.0625), (0.125, 0.25, 0.125), (0.0625, 0.125, 0.0625)),
    "sharpen": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "emboss": ((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),
}
RANDOM = "random"
LARGEST_WEIGHT = 100
LARGEST_IMAGE = 256  # pixels along a side; more would take too long
PLACES = [(row, column) for row in range(3) for column in range(3)]

# The drawing, in pixels on the screen.
SIDE, TOP = 270, 28  # of the picture and the feature map
SQUARE = 42  # of a number of the kernel
SCALE_WIDTH = 64
HEIGHT = TOP + SIDE + 2


def kernel_explorer(
    image: np.ndarray | None = None, kernel: str | Sequence[Sequence[float]] = "edge", seed: int = 0
) -> KernelExplorer:
    """Return a widget in which a reader changes the nine numbers of a kernel and sees the feature map (lesson 01).

    Parameters
    ----------
    image
        Grey picture (h, w), 3 to 256 pixels along each side: uint8, or float from 0 to 1.  Without it, the face of
        scikit-image's portrait, 96 x 96.
    kernel
        At the start: one of `KERNELS`, or 3 x 3 numbers from -100 to 100.
    seed
        Of the kernels that the button "random" draws.

    Returns
    -------
    KernelExplorer
        A notebook shows it when it is a cell's last value.

    Raises
    ------
    ValueError
        If the picture or the kernel is not as described.
    """
    subject = "face" if image is None else "picture"
    return KernelExplorer(_checked_image(image), _checked_kernel(kernel), seed, subject)


def _checked_image(image: np.ndarray | None) -> np.ndarray:
    """Return the picture as float64, 0 to 1."""
    if image is None:
        return _portrait()
    image = np.asarray(image)
    if image.ndim != 2 or min(image.shape) < 3 or max(image.shape) > LARGEST_IMAGE:
        raise ValueError(
            f"image: expected a grey picture (h, w) of 3 to {LARGEST_IMAGE} pixels along each side, got {image.shape}"
        )
    if image.dtype == np.uint8:
        return image / 255
    if not np.issubdtype(image.dtype, np.floating) or not (image.min() >= 0 and image.max() <= 1):
        raise ValueError(
            f"image: expected uint8, or float from 0 to 1, got {image.dtype} from {image.min()} to {image.max()}"
        )
    return image.astype(np.float64)


@cache
def _portrait() -> np.ndarray:
    """Return the face of scikit-image's portrait, grey, 0 to 1."""
    import skimage

    from course_utils import detection

    return detection.crop_face(skimage.data.astronaut(), size=96).mean(axis=2) / 255


def _checked_kernel(kernel: str | Sequence[Sequence[float]]) -> np.ndarray:
    if isinstance(kernel, str):
        check_choice("kernel", kernel, list(KERNELS))
        kernel = KERNELS[kernel]
    try:
        weights = np.array(kernel, np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"kernel: expected 3 x 3 numbers, got {kernel!r}") from None
    if weights.shape != (3, 3) or not (np.abs(weights) <= LARGEST_WEIGHT).all():
        raise ValueError(f"kernel: expected 3 x 3 numbers from -{LARGEST_WEIGHT} to {LARGEST_WEIGHT}, got {kernel!r}")
    return weights


class KernelExplorer(Explorer):
    """The widget that `kernel_explorer` returns; ``kernel`` and ``feature_map`` are what it shows."""

    def __init__(self, image: np.ndarray, kernel: np.ndarray, seed: int, subject: str):
        self.image, self._subject = image, subject
        self._random = np.random.default_rng(seed)
        weights = {
            f"row {row + 1}, column {column + 1}": self._weight(row, column, kernel[row, column])
            for row, column in PLACES
        }
        self.buttons = {name: self._button(name) for name in (*KERNELS, RANDOM)}
        super().__init__(weights, [side_by_side(*(_three_columns(parts) for parts in (weights, self.buttons)))])

    @staticmethod
    def _weight(row: int, column: int, value: float) -> ipywidgets.BoundedFloatText:
        name = f"row {row + 1}, column {column + 1}"
        field = labelled(
            ipywidgets.BoundedFloatText,
            name,
            f"number of the kernel in {name}",
            value=value,
            min=-LARGEST_WEIGHT,
            max=LARGEST_WEIGHT,
            step=0.5,
        )
        # The place in the grid says it to the eye; a screen reader still reads the label.
        field.style.description_width = "0"
        field.layout.width = "6em"
        return field

    def _button(self, name: str) -> ipywidgets.Button:
        button = ipywidgets.Button(description=name, tooltip=f"put in the nine numbers of: {name}")
        button.layout.width = "6em"
        button.on_click(lambda _button: self.put_in(name))
        return button

    def put_in(self, name: str) -> None:
        """Put the nine numbers of a named kernel into the fields; "random" draws others each time."""
        kernel = np.round(self._random.uniform(-2, 2, (3, 3)), 1) if name == RANDOM else np.array(KERNELS[name])
        with self.hold():
            for field, weight in zip(self.controls.values(), kernel.ravel(), strict=True):
                field.value = float(weight)

    @property
    def kernel(self) -> np.ndarray:
        """The nine numbers, (3, 3)."""
        return np.array(list(self.values.values())).reshape(3, 3)

    @property
    def feature_map(self) -> np.ndarray:
        """What the kernel makes of the picture, (h - 2, w - 2)."""
        return layers.convolve(self.image[None, ..., None], self.kernel[..., None, None])[0, ..., 0]

    def draw(self) -> Shown:
        """Slide the kernel over the picture."""
        kernel, feature_map = self.kernel, self.feature_map
        low, high = plain(feature_map.min(), 2), plain(feature_map.max(), 2)
        height, width = self.image.shape
        name = next((f'"{name}"' for name in KERNELS if np.array_equal(kernel, KERNELS[name])), "of its own")
        return Shown(
            _drawn(self.image, kernel, feature_map),
            f"A grey {self._subject}, a kernel of 3 x 3 numbers ({name}), and the feature map that it makes of the "
            f"{self._subject}, with values from {low} to {high}.",
            {
                "kernel": "; ".join(" ".join(f"{weight:g}" for weight in row) for row in kernel),
                "sum of its numbers": f"{round(kernel.sum(), 6) + 0.0:g}",
                "picture": f"{height} x {width}, from {plain(self.image.min(), 2)} to {plain(self.image.max(), 2)}",
                "feature map": f"{height - 2} x {width - 2}, from {low} to {high}, mean {plain(feature_map.mean(), 2)}",
            },
        )


def _three_columns(parts: dict[str, ipywidgets.Widget]) -> ipywidgets.GridBox:
    layout = ipywidgets.Layout(grid_template_columns="repeat(3, 6.5em)", align_content="flex-start")
    return ipywidgets.GridBox(list(parts.values()), layout=layout)


def _drawn(image: np.ndarray, kernel: np.ndarray, feature_map: np.ndarray) -> bytes:
    """Draw picture, kernel and feature map side by side."""
    board = Board(HEIGHT)
    rows, columns = image.shape
    board.text(SIDE / 2, 14, f"picture, {rows} × {columns}")
    board.paste(_grey(image, 0, 1), *_fitted(image.shape, 0))
    _draw_kernel(board, kernel)
    low, high = feature_map.min(), feature_map.max()
    left = PICTURE_WIDTH - SIDE - SCALE_WIDTH
    board.text(
        left + SIDE / 2, 14, f"feature map, {rows - 2} × {columns - 2}: from {plain(low, 2)} to {plain(high, 2)}"
    )
    board.paste(_grey(feature_map, low, high), *_fitted(feature_map.shape, left))
    _draw_scale(board, low, high)
    return board.png()


def _fitted(shape: tuple[int, int], left: float) -> tuple[float, float, float, float]:
    """Return left, top, width and height of a picture of this shape in the square that begins at ``left``."""
    height, width = (SIDE * length / max(shape) for length in shape)
    return left + (SIDE - width) / 2, TOP + (SIDE - height) / 2, width, height


def _grey(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Return values as greys, black for ``low`` and white for ``high``; one grey if they are all the same."""
    if high - low < 1e-9:
        return np.full(values.shape, 128, np.uint8)
    return np.round(255 * (values - low) / (high - low)).astype(np.uint8)


def _draw_kernel(board: Board, kernel: np.ndarray) -> None:
    """Draw the nine numbers: blue for negative, orange for positive, the stronger the larger."""
    middle = SIDE + (PICTURE_WIDTH - 2 * SIDE - SCALE_WIDTH) / 2
    left, top = middle - 1.5 * SQUARE, TOP + SIDE / 2 - 1.5 * SQUARE
    board.text(middle, top - 14, "kernel")
    largest = max(np.abs(kernel).max(), 1e-9)
    for row, column in PLACES:
        weight = kernel[row, column]
        strength = abs(weight) / largest
        full = np.array(theme.rgb(theme.NEGATIVE if weight < 0 else theme.POSITIVE))
        fill = tuple(np.round(255 + strength * (full - 255)).astype(int).tolist())
        x, y = left + column * SQUARE, top + row * SQUARE
        board.rectangle(x, y, SQUARE, SQUARE, fill, theme.EDGE)
        words = f"{weight:.4g}"
        board.text(x + SQUARE / 2, y + SQUARE / 2, words, size=16 if len(words) <= 4 else 11)


def _draw_scale(board: Board, low: float, high: float) -> None:
    """Draw which grey stands for which value of the feature map."""
    left = PICTURE_WIDTH - SCALE_WIDTH + 8
    if high - low < 1e-9:
        return
    board.paste(np.arange(255, -1, -1, dtype=np.uint8)[:, None], left, TOP, 12, SIDE)
    board.rectangle(left, TOP, 12, SIDE, edge=theme.EDGE)
    shares = {low: 0.0, high: 1.0}  # of the scale's length
    zero = -low / (high - low)
    if 0.07 < zero < 0.93:  # else it would stand on another number
        shares[0.0] = zero
    for value, share in shares.items():
        y = TOP + min(max((1 - share) * SIDE, 8), SIDE - 8)
        board.text(left + 18, y, plain(value, 2 if max(-low, high) < 10 else 0), size=13, anchor="lm")
