"""The window explorer of lesson 01: stride, padding and dilation, with the sliding window drawn."""

from __future__ import annotations

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
    check_number,
    choice,
    labelled,
    side_by_side,
)

LARGEST_SIZE, LARGEST_KERNEL, LARGEST_STRIDE, LARGEST_DILATION = 8, 5, 4, 3
SIZE_AT_FIRST = 6
# The first 64 digits of pi: numbers that look like chance and are the same everywhere.
DIGITS = np.array(list("3141592653589793238462643383279502884197169399375105820974944592"), np.int64).reshape(8, 8)
FORMULA = "(size + padding before + after - dilation * (kernel size - 1) - 1) // stride + 1"

# The drawing, in pixels on the screen.
SIDE, TOP, GAP = 284, 28, 62  # of the space for the input; between input and output
LARGEST_CELL = 44
HEIGHT = TOP + SIDE + 4


def window_explorer(
    image: np.ndarray | None = None, kernel_size: int = 3, stride: int = 1, padding: str = "valid", dilation: int = 1
) -> WindowExplorer:
    """Return a widget that slides a window over a small picture, position by position (lesson 01).

    The kernel is all ones, so each number of the output is the sum of those under the window: easy to check.

    Parameters
    ----------
    image
        Square array of whole numbers from 0 to 9, 1 to 8 along each side; a slider makes it smaller.  Without it,
        digits of pi, of which 6 x 6 are shown at first.
    kernel_size
        Of the window, 1 to 5.
    stride
        From one position to the next, 1 to 4.
    padding
        "valid" or "same".
    dilation
        Distance of neighbouring numbers under the window, 1 to 3.

    Returns
    -------
    WindowExplorer
        A notebook shows it when it is a cell's last value.

    Raises
    ------
    ValueError
        If an argument is not as described, or the window is larger than the picture.
    """
    size = SIZE_AT_FIRST if image is None else len(np.atleast_1d(image))
    digits = DIGITS if image is None else _checked(image)
    check_number("kernel_size", kernel_size, 1, LARGEST_KERNEL, whole=True)
    check_number("stride", stride, 1, LARGEST_STRIDE, whole=True)
    check_choice("padding", padding, layers.PADDINGS)
    check_number("dilation", dilation, 1, LARGEST_DILATION, whole=True)
    return WindowExplorer(digits, size, kernel_size, stride, padding, dilation)


def _checked(image: np.ndarray) -> np.ndarray:
    digits = np.asarray(image)
    fits = digits.ndim == 2 and len(set(digits.shape)) == 1 and 1 <= len(digits) <= LARGEST_SIZE
    if fits and np.issubdtype(digits.dtype, np.integer) and not 0 <= digits.min() <= digits.max() <= 9:
        raise ValueError(
            f"image: expected whole numbers from 0 to 9, got numbers from {digits.min()} to {digits.max()}"
        )
    if not fits or not np.issubdtype(digits.dtype, np.integer):
        raise ValueError(
            f"image: expected a square array of whole numbers from 0 to 9, 1 to {LARGEST_SIZE} along each side, "
            f"got {digits.dtype} of the shape {digits.shape}"
        )
    return digits


class WindowExplorer(Explorer):
    """The widget that `window_explorer` returns; ``output`` is what the window makes of the input."""

    def __init__(self, digits: np.ndarray, size: int, kernel_size: int, stride: int, padding: str, dilation: int):
        self._digits = digits
        slider = ipywidgets.IntSlider
        controls = {
            "size": labelled(slider, "input size", "rows and columns of the input", value=size, min=1, max=len(digits)),
            "kernel_size": labelled(
                slider, "kernel size", "rows and columns of the window", value=kernel_size, min=1, max=LARGEST_KERNEL
            ),
            "stride": labelled(
                slider, "stride", "how far the window moves to its next place", value=stride, min=1, max=LARGEST_STRIDE
            ),
            "dilation": labelled(
                slider,
                "dilation",
                "distance of neighbouring numbers under the window; 1: no gaps",
                value=dilation,
                min=1,
                max=LARGEST_DILATION,
            ),
            "padding": choice(
                "padding",
                "valid: the window stays inside; same: zeros around the input",
                list(layers.PADDINGS),
                padding,
            ),
            "position": labelled(
                slider, "position", "moves the window, row by row; arrow keys: by one", value=1, min=1, max=1
            ),
        }
        super().__init__(controls, [side_by_side(*controls.values())])

    @property
    def _window(self) -> tuple[int, str, int]:
        """Stride, padding and dilation, as `course_utils.from_scratch.layers` takes them."""
        return self.values["stride"], self.values["padding"], self.values["dilation"]

    @property
    def input(self) -> np.ndarray:
        """The numbers that the window slides over, (size, size)."""
        return self._digits[: self.values["size"], : self.values["size"]]

    @property
    def output(self) -> np.ndarray:
        """What a kernel of ones makes of the input."""
        kernel = np.ones((self.values["kernel_size"],) * 2, np.int64)
        return layers.convolve(self.input[None, ..., None], kernel[..., None, None], None, *self._window)[0, ..., 0]

    def draw(self) -> Shown:
        """Put the window at its position."""
        values, output = self.values, self._output()
        place = self._place(output.size)
        row, column = divmod(place - 1, output.shape[1])
        before, after = layers.padding_sizes(values["size"], values["kernel_size"], *self._window)
        padded = np.pad(self.input, (before, after))
        start = np.array([row, column]) * values["stride"]
        taps = padded[tuple(slice(first, first + self._reach, values["dilation"]) for first in start)]
        rows, columns = (f"{first} to {first + self._reach - 1}" for first in start - before)
        numbers = {
            "output size, counted": f"{output.shape[0]} x {output.shape[1]}",
            "output size, formula": FORMULA,
            "with these numbers": self._formula(before, after),
            "position": f"{place} of {output.size}: row {row}, column {column} of the output",
            "window": f"rows {rows}, columns {columns} of the input",
            "sum under the window": f"{' + '.join(map(str, taps.ravel()))} = {output[row, column]}",
        }
        if min(values["stride"], values["dilation"]) > 1:
            numbers["in Keras"] = "Conv2D refuses stride and dilation above 1 together; NumPy does not mind"
        return Shown(
            _drawn(
                padded, (before, values["size"]), taps.shape[0], values["dilation"], tuple(start), output, (row, column)
            ),
            f"A window of {values['kernel_size']} x {values['kernel_size']} on an input of {values['size']} x "
            f"{values['size']}, stride {values['stride']}, padding {values['padding']}, dilation {values['dilation']}; "
            f"at position {place} of {output.size} it gives {output[row, column]}.",
            numbers,
        )

    @property
    def _reach(self) -> int:
        """Rows that the window covers, with its gaps."""
        return self.values["dilation"] * (self.values["kernel_size"] - 1) + 1

    def _output(self) -> np.ndarray:
        size = self.values["size"]
        if layers.output_size(size, self.values["kernel_size"], *self._window) == 0:
            raise ValueError(
                f'the window reaches over {self._reach} rows, the input has {size}: with padding "valid" it has no '
                "place; make the input larger or the window smaller"
            )
        return self.output

    def _place(self, count: int) -> int:
        """Return the present position, from 1, after the slider was told how many there are."""
        slider = self.controls["position"]
        held, self._held = self._held, True  # a slider that must give way is no wish for another picture
        slider.max = count
        self._held = held
        return slider.value

    def _formula(self, before: int, after: int) -> str:
        """Return `FORMULA` with its numbers, and its value."""
        size, kernel_size, stride, dilation = (
            self.values[name] for name in ("size", "kernel_size", "stride", "dilation")
        )
        value = (size + before + after - dilation * (kernel_size - 1) - 1) // stride + 1
        return f"({size} + {before} + {after} - {dilation} * ({kernel_size} - 1) - 1) // {stride} + 1 = {value}"


def _drawn(
    padded: np.ndarray, inside: tuple[int, int], kernel_size: int, dilation: int, start: tuple[int, int],
    output: np.ndarray, place: tuple[int, int],
) -> bytes:  # fmt: skip
    """Draw input and output.

    Parameters
    ----------
    padded
        The input with its padding.
    inside
        Where in ``padded`` the input begins, and how many rows it has.
    kernel_size, dilation
        Of the window.
    start
        Row and column of ``padded`` at which the window begins.
    output
        All sums.
    place
        Row and column of ``output`` that the window gives.
    """
    board = Board(HEIGHT)
    first, size = inside
    under = {
        (start[0] + row * dilation, start[1] + column * dilation)
        for row, column in np.ndindex(kernel_size, kernel_size)
    }
    fills = np.full(padded.shape, theme.FILL)
    fills[first : first + size, first : first + size] = theme.PAPER
    for tap in under:
        fills[tap] = theme.TOUCHED
    reach = dilation * (kernel_size - 1) + 1
    around = "" if len(padded) == size else ", padding in grey"
    _draw_grid(board, f"input, {size} × {size}{around}", padded, fills, (0, SIDE), (*start, reach))
    board.text(SIDE + GAP / 2, TOP + SIDE / 2, "→", size=28)
    fills = np.full(output.shape, theme.PAPER)
    fills[place] = theme.TOUCHED
    _draw_grid(
        board, f"output, {len(output)} × {len(output)}", output, fills, (SIDE + GAP, PICTURE_WIDTH - 2), (*place, 1)
    )
    return board.png()


def _draw_grid(
    board: Board, title: str, numbers: np.ndarray, fills: np.ndarray, space: tuple[float, float],
    frame: tuple[int, int, int],
) -> None:  # fmt: skip
    """Draw a square grid in the middle of its space (from, to), with a frame at a row and column, some cells wide."""
    left, right = space
    cell = min(LARGEST_CELL, (right - left) / len(numbers))
    left, top = (left + right - len(numbers) * cell) / 2, TOP + (SIDE - len(numbers) * cell) / 2
    board.text((space[0] + right) / 2, top - 14, title)
    for row, column in np.ndindex(*numbers.shape):
        x, y = left + column * cell, top + row * cell
        board.rectangle(x, y, cell, cell, str(fills[row, column]), theme.EDGE)
        board.text(x + cell / 2, y + cell / 2, str(numbers[row, column]), size=min(16, 0.55 * cell))
    first, second, cells = frame
    x, y, length = left + second * cell - 1, top + first * cell - 1, cells * cell + 2
    board.rectangle(x, y, length, length, edge=theme.FRAME, thickness=3)
