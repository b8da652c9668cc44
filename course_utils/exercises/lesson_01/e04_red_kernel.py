"""1.4: a kernel that sees red, to design."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array, show

RED_KERNEL = np.zeros((3, 3, 3, 1))
RED_KERNEL[0, :, 0], RED_KERNEL[2, :, 0] = -1, 1

SHAPES = {(3, 3): "no channels", (3, 3, 1, 1): "no channels", (3, 3, 3): "no axis of maps"}
RAMP = np.array([0, 0.5, 1])


def judge_red(kernel):
    """Look at the shape, then at what the kernel gives for one kind of picture after the other."""
    kernel = as_array(kernel)
    if kernel.shape != RED_KERNEL.shape:
        yield SHAPES.get(kernel.shape, "shape"), [f"red_kernel has the shape {kernel.shape}"]
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


def judge_changes(red):
    """Look at what the weights of red give for changes to the right, then for changes downwards."""
    columns = red.sum(axis=0)
    if not np.allclose(columns, 0, atol=1e-5):
        largest = np.argmax(np.abs(columns))
        window = np.tile(np.arange(3) == largest, (3, 1)).astype(int)
        yield "to the right", [f"a window whose red is {show(window)}", f"gives:   {show(columns[largest])}"]
    downwards = RAMP @ red.sum(axis=1)
    if downwards < -1e-6:
        window = np.repeat(RAMP, 3).reshape(3, 3)
        yield "upside down", [f"a window whose red is {show(window)}", f"gives:   {show(downwards)}"]
    if downwards < 1e-6:
        yield "sees nothing"


exercise = Custom(judge_red, right=[(RED_KERNEL,)])
