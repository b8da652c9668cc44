"""Answers to 1.4: right ones, and wrong ones with the hint that each must get."""

import numpy as np

DOWN = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])


def in_channel(kernel, channel=0):
    block = np.zeros((*np.shape(kernel), 3, 1))
    block[:, :, channel, 0] = kernel
    return block


RIGHT = [
    in_channel(DOWN),
    in_channel([[0, -1, 0], [0, 0, 0], [0, 1, 0]]).tolist(),
    in_channel([[0, -1, 0], [0, 1, 0], [0, 0, 0]]).astype("float32"),
    in_channel([[-0.1, -0.2, 0], [0, 0, 0], [0.1, 0.2, 0]]),
    in_channel([[-1], [1]]),
    in_channel([[-1], [0], [1]]).tolist(),
    in_channel([[-1, -2], [1, 2]]),
    in_channel(np.outer([-2, -1, 0, 1, 2], [1, 4, 6, 4, 1])),
    in_channel(np.repeat([[-1], [-1], [1], [1]], 7, axis=1)),
    np.stack([DOWN, 0 * DOWN, 0 * DOWN], axis=-1)[..., np.newaxis],
]

WRONG = [
    ("no channels", DOWN),
    ("no axis of maps", in_channel(DOWN)[..., 0]),
    ("shape", in_channel(DOWN).transpose(3, 2, 0, 1)),
    ("shape", np.zeros((3, 3, 1, 3))),
    ("plain colour", in_channel(np.abs(DOWN))),
    ("plain colour", in_channel([[0, -1, 0], [0, 2, 0], [0, 0, 0]])),
    ("red left out", in_channel(DOWN, channel=2)),
    ("other colours", np.repeat(DOWN[:, :, np.newaxis, np.newaxis], 3, axis=2)),
    ("other colours", in_channel(DOWN) - in_channel(DOWN, 1) / 2 - in_channel(DOWN, 2) / 2),
    ("to the right", in_channel(DOWN.T)),
    ("to the right", in_channel([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])),
    ("upside down", in_channel(-DOWN)),
    ("upside down", in_channel(DOWN[::-1])),
    ("sees nothing", np.zeros((3, 3, 3, 1))),
    ("sees nothing", in_channel([[0, 1, 0], [0, -2, 0], [0, 1, 0]])),
    ("sees nothing", in_channel([[1], [-2], [1]])),
    ("negative at a step", in_channel([[1, 1, 1], [-3, -3, -3], [2, 2, 2]])),
    ("negative at a step", in_channel(np.repeat([[-3], [4], [-3], [0], [2]], 5, axis=1))),
    ("upside down", in_channel([[1], [-1]])),
    ("to the right", in_channel(np.outer(np.ones(5), [-2, -1, 0, 1, 2]))),
    ("plain colour", in_channel([[1], [1]])),
    ("one row", in_channel([[-1, 0, 1]])),
    ("no channels", [[-1], [1]]),
    ("no channels", np.reshape([-1, 1], (2, 1, 1, 1))),
    ("no axis of maps", in_channel([[-1], [1]])[..., 0]),
    ("shape", np.zeros((0, 3, 3, 1))),
    ("not finite", np.full((3, 3, 3, 1), np.nan)),
    ("unreadable", "sobel"),
]
