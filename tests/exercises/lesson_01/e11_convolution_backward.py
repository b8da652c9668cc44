"""Answers to 1.11: right ones, and wrong ones with the hint that each must get."""

import numpy as np

from course_utils.from_scratch import layers


def by_einsum(gradient, images, kernels):
    rows, columns = gradient.shape[1:3]
    of_images, of_kernels = np.zeros(images.shape), np.zeros(kernels.shape)
    for row, column in np.ndindex(kernels.shape[:2]):
        place = np.s_[:, row : row + rows, column : column + columns]
        of_kernels[row, column] = np.einsum("nijc,nijm->cm", images[place], gradient)
        of_images[place] += np.einsum("nijm,cm->nijc", gradient, kernels[row, column])
    return of_images, of_kernels, np.einsum("nijm->m", gradient)


def by_the_package(gradient, images, kernels):
    return list(layers.convolve_backward(gradient, images, kernels))


def by_loops(gradient, images, kernels):
    of_images, of_kernels, of_bias = np.zeros(images.shape), np.zeros(kernels.shape), np.zeros(kernels.shape[3])
    for picture, row, column, feature_map in np.ndindex(gradient.shape):
        value = gradient[picture, row, column, feature_map]
        window = np.s_[picture, row : row + kernels.shape[0], column : column + kernels.shape[1]]
        of_images[window] += value * kernels[..., feature_map]
        of_kernels[..., feature_map] += value * images[window]
        of_bias[feature_map] += value
    return of_images, of_kernels, of_bias


def negative(gradient, images, kernels):
    return tuple(-part for part in by_einsum(gradient, images, kernels))


RIGHT = [by_einsum, by_the_package, by_loops]

WRONG = [
    ("arguments", lambda gradient, images: images),
    ("smallest case", negative),
    ("returns nothing", lambda gradient, images, kernels: print(images.shape)),
    (
        "another order",
        lambda *arguments: (by_einsum(*arguments)[1], by_einsum(*arguments)[0], by_einsum(*arguments)[2]),
    ),
]
