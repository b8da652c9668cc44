"""1.4: a kernel that sees red, to design."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import LONGEST, as_array, show

RED_KERNEL = np.zeros((3, 3, 3, 1))
RED_KERNEL[0, :, 0], RED_KERNEL[2, :, 0] = -1, 1

CHANNELS = 3


def judge_red(kernel):
    """Look at the shape, then at what the kernel gives for one kind of picture after the other."""
    kernel = as_array(kernel)
    yield from judge_shape(kernel.shape)
    if not np.isfinite(kernel).all():
        yield "not finite"
    if not kernel.any():
        yield "sees nothing"
    if not kernel[:, :, 0].any():
        yield "red left out"
    for colour, total in zip(("red", "green", "blue"), kernel.sum(axis=(0, 1, 3)), strict=True):
        if not np.isclose(total, 0, atol=1e-5):
            picture = f"a picture that is {colour} everywhere, of brightness 1"
            yield "plain colour", [picture, f"gives:   {show(total)} at each position"]
    for row, column, channel in np.argwhere(~np.isclose(kernel[..., 0], 0, atol=1e-6)):
        if channel > 0:
            weight = show(kernel[row, column, channel, 0])
            yield "other colours", [f"red_kernel[{row}, {column}, {channel}, 0] is {weight}"]
    yield from judge_changes(kernel[:, :, 0, 0])


def judge_shape(shape):
    """Look at the shape: any height from 2 on, any width."""
    shown = [f"red_kernel has the shape {shape}"]
    if len(shape) == 2 or (len(shape) == 4 and shape[2:] == (1, 1)):
        yield "no channels", shown
    if len(shape) == 3 and shape[2] == CHANNELS:
        yield "no axis of maps", shown
    if len(shape) != 4 or shape[2:] != (CHANNELS, 1) or 0 in shape:
        yield "shape", shown
    if shape[0] == 1:
        yield "one row", shown


def judge_changes(red):
    """Look at what the weights of red give for changes to the right, then for changes downwards."""
    height, width = red.shape
    columns = red.sum(axis=0)
    if not np.allclose(columns, 0, atol=1e-5):
        largest = np.argmax(np.abs(columns))
        window = np.tile(np.arange(width) == largest, (height, 1)).astype(int)
        yield "to the right", [shown_window(window), f"gives:   {show(columns[largest])}"]
    steady = np.linspace(0, 1, height)
    downwards = steady @ red.sum(axis=1)
    if downwards < -1e-6:
        window = np.repeat(steady, width).reshape(height, width)
        yield "upside down", [shown_window(window), f"gives:   {show(downwards)}"]
    if downwards < 1e-6:
        yield "sees nothing"
    # Any change downwards is made of steps, each of them from some row on.
    for row in range(1, height):
        step = red[row:].sum()
        if step < -1e-5:
            window = np.repeat(np.arange(height) >= row, width).reshape(height, width).astype(int)
            yield "negative at a step", [shown_window(window), f"gives:   {show(step)}"]


def shown_window(window):
    """Show the red of a window, or one column of it where it is large."""
    if window.size <= LONGEST:
        return f"a window whose red is {show(window)}"
    same_rows = (window == window[0]).all()
    part, place = (window[0], "row") if same_rows else (window[:, 0], "column")
    return f"a window of {window.shape[0]} x {window.shape[1]} pixels whose red is {show(part)} in each {place}"


SMALLEST = np.zeros((2, 1, 3, 1))
SMALLEST[:, 0, 0, 0] = -1, 1

exercise = Custom(judge_red, right=[(RED_KERNEL,), (SMALLEST,)])
