"""Answers to 4.4: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def cut_by_a_mask(first, second, first_label, second_label, top, left, height, width):
    mask = np.zeros(first.shape[:2], bool)
    mask[top : top + height, left : left + width] = True
    share = mask.mean()
    picture = np.where(mask[..., None], second, first)
    return picture, (1 - share) * np.asarray(first_label) + share * np.asarray(second_label)


def cut_in_a_list(first, second, first_label, second_label, top, left, height, width):
    picture, label = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    return [picture.tolist(), label.tolist()]


def cut_by_counting(first, second, first_label, second_label, top, left, height, width):
    picture = first.copy()
    picture[top : top + height, left : left + width] = second[top : top + height, left : left + width]
    bottom, right = min(top + height, len(first)), min(left + width, first.shape[1])
    weight = 1 - (bottom - top) * (right - left) / (first.shape[0] * first.shape[1])
    return picture, weight * first_label + (1 - weight) * second_label


def cut_in_place(first, second, first_label, second_label, top, left, height, width):
    first[top : top + height, left : left + width] = second[top : top + height, left : left + width]
    return first, cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)[1]


def cut_by_side_lengths(first, second, first_label, second_label, top, left, height, width):
    picture, _ = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    share = height / len(first)
    return picture, (1 - share) * first_label + share * second_label


RIGHT = [cut_by_a_mask, cut_in_a_list, cut_by_counting]

WRONG = [
    ("changes its input", cut_in_place),
    ("smallest case", cut_by_side_lengths),
]
