"""Answers to 7.1: right ones, and wrong ones with the hint that each must get."""

import numpy as np


def output_by_output(kernel):
    whole, scales = np.zeros(kernel.shape, int), []
    for output in range(kernel.shape[3]):
        weights = kernel[:, :, :, output]
        size = max(weights.max(), -weights.min())
        scales.append(size / 127 or 1.0)
        whole[..., output] = np.rint(weights / scales[-1])
    return whole, scales


def in_rows(kernel):
    flat = kernel.reshape(-1, kernel.shape[-1])
    scales = np.linalg.norm(flat, ord=np.inf, axis=0) / 127
    scales[scales == 0] = 1
    return np.floor(flat / scales + 0.5).reshape(kernel.shape).astype("int8"), scales


def halves_towards_zero(kernel):
    largest = np.abs(kernel).max(axis=(0, 1, 2))
    scales = np.where(largest == 0, 1, largest / 127)
    return np.sign(kernel) * np.ceil(np.abs(kernel) / scales - 0.5), scales


def scales_in_float32(kernel):
    largest = np.abs(kernel).max(axis=(0, 1, 2))
    scales = np.where(largest == 0, 1, largest / 127).astype("float32")
    return np.rint(kernel / scales).astype(int), scales


def of_inputs(kernel):
    scales = np.abs(kernel).max(axis=(0, 1, 3), keepdims=True) / 127
    return np.round(kernel / np.where(scales > 0, scales, 1)), scales.ravel()


def percent_of_the_largest(kernel):
    whole, scales = output_by_output(kernel)
    return np.round(whole / 1.27), np.array(scales) * 1.27


RIGHT = [output_by_output, in_rows, halves_towards_zero, scales_in_float32]

WRONG = [
    ("smallest case", percent_of_the_largest),
    ("smallest case", of_inputs),
    ("whole numbers alone", lambda kernel: output_by_output(kernel)[0]),
    ("cut off in place of rounded", lambda kernel: ((kernel / in_rows(kernel)[1]).astype(int), in_rows(kernel)[1])),
    ("arguments", lambda: 0),
    ("not a function", [127, 0]),
]
