"""Answers to 1.4: right ones, and wrong ones with the hint that each must get."""

import numpy as np

DOWN = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])


def in_channel(kernel, channel=0):
    block = np.zeros((3, 3, 3, 1))
    block[:, :, channel, 0] = kernel
    return block


RIGHT = [
    in_channel(DOWN),
    in_channel([[0, -1, 0], [0, 0, 0], [0, 1, 0]]).tolist(),
    in_channel([[0, -1, 0], [0, 1, 0], [0, 0, 0]]).astype("float32"),
    in_channel([[-0.1, -0.2, 0], [0, 0, 0], [0.1, 0.2, 0]]),
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
    ("not finite", np.full((3, 3, 3, 1), np.nan)),
    ("unreadable", "sobel"),
]
