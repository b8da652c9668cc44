"""Answers to 11.10: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def by_where(picture, gradient, budget, aim):
    up = gradient > 0 if aim == "impersonation" else gradient < 0
    down = gradient < 0 if aim == "impersonation" else gradient > 0
    levels = int(budget)
    moved = picture.astype(np.int16) + levels * up - levels * down
    return np.minimum(255, np.maximum(0, moved)).astype(np.uint8)


def pixel_by_pixel(picture, gradient, budget, aim):
    result = []
    for level, slope in zip(picture.ravel().tolist(), gradient.ravel().tolist(), strict=True):
        change = 0 if slope == 0 else int(budget) if slope > 0 else -int(budget)
        result.append(min(255, max(0, level + (change if aim == "impersonation" else -change))))
    return np.array(result).reshape(picture.shape)


def nothing(picture, gradient, budget, aim):
    return picture.copy()


def along_the_gradient(picture, gradient, budget, aim):
    sign = {"impersonation": 1, "evasion": -1}[aim]
    return np.clip(picture + sign * np.floor(budget) * gradient, 0, 255).astype(np.uint8)


def in_eight_bits(picture, gradient, budget, aim):
    sign = 1 if aim == "impersonation" else -1
    return picture + (sign * int(budget) * np.sign(gradient)).astype(np.int8).astype(np.uint8)


def in_place(picture, gradient, budget, aim):
    picture[:] = by_where(picture, gradient, budget, aim)
    return picture


def always_up(picture, gradient, budget, aim):
    return by_where(picture, gradient, budget, "impersonation")


RIGHT = [by_where, pixel_by_pixel]

WRONG = [
    ("smallest case", nothing),
    ("gradient in place of its sign", along_the_gradient),
    ("round the clock", in_eight_bits),
    ("same direction for both aims", always_up),
    ("changes its input", in_place),
    ("arguments", lambda picture, gradient: picture),
    ("not a function", 4),
]
