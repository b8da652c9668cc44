"""Count the positions of a window that slides over pictures, and find the pixels under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

PADDINGS = ("valid", "same")


def output_size(size: int, kernel_size: int, stride: int = 1, padding: str = "valid", dilation: int = 1) -> int:
    """Return how many positions a window has along one side of a picture (lesson 01, section 2).

    Parameters
    ----------
    size
        Of the picture along this side, pixels.
    kernel_size
        Of the window, pixels.
    stride
        Pixels from one position to the next.
    padding
        "valid": the window stays inside the picture.  "same": zeros around it, so that with stride 1 the size stays.
    dilation
        Distance of neighbouring pixels under the window; 1: no gaps.

    Raises
    ------
    ValueError
        If a number is below 1, or the padding has another name.
    """
    _check_window(size, kernel_size, stride, padding, dilation)
    if padding == "same":
        return -(-size // stride)  # rounded up
    reach = dilation * (kernel_size - 1) + 1
    return max(0, (size - reach) // stride + 1)


def padding_sizes(
    size: int, kernel_size: int, stride: int = 1, padding: str = "valid", dilation: int = 1
) -> tuple[int, int]:
    """Return how many zeros are put before and after a side, (before, after) (lesson 01, section 2).

    Where the number is odd, the additional zero comes after, as in TensorFlow.

    Raises
    ------
    ValueError
        As `output_size`.
    """
    positions = output_size(size, kernel_size, stride, padding, dilation)
    if padding == "valid":
        return 0, 0
    reach = dilation * (kernel_size - 1) + 1
    missing = max(0, (positions - 1) * stride + reach - size)
    return missing // 2, missing - missing // 2


def _check_window(size: int, kernel_size: int, stride: int, padding: str, dilation: int) -> None:
    numbers = {"size": size, "kernel_size": kernel_size, "stride": stride, "dilation": dilation}
    for name, value in numbers.items():
        if value < 1:
            raise ValueError(f"{name} must be at least 1, not {value}")
    if padding not in PADDINGS:
        raise ValueError(f"padding must be one of {', '.join(PADDINGS)}, not {padding!r}")


def receptive_field(layers: Sequence[tuple[int, int]]) -> int:
    """Return how many pixels of the input, along one side, one number of the output sees (lesson 01, section 5).

    Parameters
    ----------
    layers
        (kernel size, stride) of each layer with a window, in order; a pooling layer is one too.
    """
    field, step = 1, 1  # pixels; distance in the input of neighbours in the present map
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * step
        step *= stride
    return field


def pad(
    images: np.ndarray, window: tuple[int, int], stride: int, padding: str, dilation: int = 1, around: float = 0
) -> tuple[np.ndarray, int, int, tuple[slice, slice, slice]]:
    """Return pictures with a value around them, the window's positions (rows, columns), where the pictures lie."""
    sides = [(images.shape[axis], window[axis - 1], stride, padding, dilation) for axis in (1, 2)]
    rows, columns = (output_size(*side) for side in sides)
    if rows == 0 or columns == 0:
        raise ValueError(
            f"pictures of {images.shape[1]} x {images.shape[2]} are too small for a window of {window[0]} x {window[1]}"
        )
    zeros = [padding_sizes(*side) for side in sides]
    padded = np.pad(images, ((0, 0), *zeros, (0, 0)), constant_values=around)
    down, across = (slice(before, before + side[0]) for (before, _), side in zip(zeros, sides, strict=True))
    return padded, rows, columns, (slice(None), down, across)


def shifts(
    kernel_shape: tuple[int, int], rows: int, columns: int, stride: int, dilation: int = 1
) -> Iterator[tuple[tuple[int, int], tuple[slice, slice, slice]]]:
    """For each place in a window: the pixels that lie under it, over all positions of the window."""
    for row, column in np.ndindex(*kernel_shape):
        top, left = row * dilation, column * dilation
        down, across = slice(top, top + rows * stride, stride), slice(left, left + columns * stride, stride)
        yield (row, column), (slice(None), down, across)
