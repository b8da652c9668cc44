"""1.1: one kernel, two operations."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array, show

PICTURE = np.array([[3, 1, 0], [0, 2, 1], [1, 0, 4]])
KERNEL = np.array([[1, 2], [-1, 0]])


def correlate(kernel):
    """Lay the kernel on each position of the picture and add up the products."""
    return np.tensordot(np.lib.stride_tricks.sliding_window_view(PICTURE, kernel.shape), kernel)


LAYER, MATHEMATICS = correlate(KERNEL), correlate(KERNEL[::-1, ::-1])
WRONG_LAYERS = [
    ("layer turned", MATHEMATICS),
    ("layer mirrored", correlate(KERNEL[:, ::-1])),
    ("layer mirrored", correlate(KERNEL[::-1])),
    ("layer transposed", correlate(KERNEL.T)),
    ("layer averaged", LAYER / KERNEL.size),
]
WRONG_MATHEMATICS = [
    ("mathematics not turned", LAYER),
    ("mathematics mirrored", correlate(KERNEL[:, ::-1])),
    ("mathematics mirrored", correlate(KERNEL[::-1])),
    ("map turned", LAYER[::-1, ::-1]),
    ("mathematics negative", -LAYER),
    ("mathematics transposed", correlate(KERNEL.T)),
]


def judge_maps(by_layer, by_mathematics):
    """Look at the shapes, at the layer's map, then at that of mathematics."""
    by_layer, by_mathematics = as_array(by_layer), as_array(by_mathematics)
    yield from judge_shape("by_layer", by_layer)
    yield from judge_shape("by_mathematics", by_mathematics)
    if np.allclose(by_layer, MATHEMATICS) and np.allclose(by_mathematics, LAYER):
        yield "swapped"
    yield from judge_map("layer", by_layer, LAYER, WRONG_LAYERS, show(KERNEL))
    yield from judge_map("mathematics", by_mathematics, MATHEMATICS, WRONG_MATHEMATICS, "the kernel turned round")


def judge_shape(name, answer):
    """Look at the shape of one map."""
    if answer.shape != LAYER.shape:
        shown = [f"{name} is {'one number' if answer.size == 1 else f'an array of shape {answer.shape}'}"]
        if answer.size == 1:
            yield "one position", shown
        larger = answer.ndim == 2 and answer.shape[0] == answer.shape[1] > 2
        yield "zeros around" if larger else "shape", shown


def judge_map(name, answer, right, mistakes, kernel):
    """Look for a known mistake, then for the first position that is not right."""
    yield from (hint for hint, wrong in mistakes if np.allclose(answer, wrong))
    for row, column in np.argwhere(~np.isclose(answer, right)):
        window = show(PICTURE[row : row + 2, column : column + 2])
        shown = f"by_{name}[{row}][{column}] is {show(answer[row, column])}; under the kernel lie {window}"
        yield name, [shown, f"times {kernel}, place by place"]


exercise = Custom(judge_maps, answers=2, right=[(LAYER, MATHEMATICS)])
