"""Convolve pictures with kernels, forward and backward, and count what that takes."""

from __future__ import annotations

import numpy as np

from course_utils.from_scratch.layers.dtypes import wide
from course_utils.from_scratch.layers.windows import pad, shifts


def convolution_parameters(kernel_size: int, channels_in: int, channels_out: int) -> int:
    """Return the number of weights of a convolution with square kernels: kernels and biases (lesson 01, section 7)."""
    return kernel_size * kernel_size * channels_in * channels_out + channels_out


def convolution_multiply_adds(kernel_size: int, channels_in: int, channels_out: int, positions: int) -> int:
    """Return how many products a convolution adds up for one picture; ``positions``: pixels of its feature map."""
    return kernel_size * kernel_size * channels_in * channels_out * positions


def convolve_slowly(
    images: np.ndarray,
    kernels: np.ndarray,
    bias: np.ndarray | None = None,
    stride: int = 1,
    padding: str = "valid",
    dilation: int = 1,
) -> np.ndarray:
    """Slide each kernel over each picture, one position after the other (lesson 01, section 1).

    Takes, gives and raises the same as `convolve`.
    """
    images, kernels = wide(images, kernels)
    padded, rows, columns, _ = _prepare(images, kernels, stride, padding, dilation)
    kernel_height, kernel_width, _, channels_out = kernels.shape
    result = np.zeros((len(images), rows, columns, channels_out), padded.dtype)
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            bottom, right = top + dilation * kernel_height, left + dilation * kernel_width
            window = padded[:, top:bottom:dilation, left:right:dilation]
            for channel in range(channels_out):
                result[:, row, column, channel] = np.sum(window * kernels[..., channel], axis=(1, 2, 3))
    return result if bias is None else result + bias


def convolve(
    images: np.ndarray,
    kernels: np.ndarray,
    bias: np.ndarray | None = None,
    stride: int = 1,
    padding: str = "valid",
    dilation: int = 1,
) -> np.ndarray:
    """Correlate pictures with kernels, as a convolutional layer does (lesson 01, section 3).

    One matrix product for each place in the kernel: all pictures, shifted by that place, times the weights there.

    Parameters
    ----------
    images
        Array (n, h, w, channels_in) of real numbers; whole numbers stay whole.
    kernels
        Array (kernel_height, kernel_width, channels_in, channels_out), as ``Conv2D`` keeps it.
    bias
        Array (channels_out,), or None for none.
    stride, padding, dilation
        As in `output_size`, the same for both sides.

    Returns
    -------
    np.ndarray
        Feature maps (n, rows, columns, channels_out).

    Raises
    ------
    ValueError
        If the arrays do not fit each other, or the picture is smaller than the kernel.
    """
    images, kernels = wide(images, kernels)
    padded, rows, columns, _ = _prepare(images, kernels, stride, padding, dilation)
    result = np.zeros((len(images), rows, columns, kernels.shape[3]), padded.dtype)
    for place, seen in shifts(kernels.shape[:2], rows, columns, stride, dilation):
        result += padded[seen] @ kernels[place]
    return result if bias is None else result + bias


def convolve_backward(
    gradient: np.ndarray,
    images: np.ndarray,
    kernels: np.ndarray,
    stride: int = 1,
    padding: str = "valid",
    dilation: int = 1,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of the loss with respect to images, kernels and bias (lesson 01, section 8).

    Parameters
    ----------
    gradient
        Of the loss with respect to what `convolve` returned, in its shape.
    images, kernels, stride, padding, dilation
        What `convolve` was given.
    """
    gradient, images, kernels = wide(gradient, images, kernels)
    padded, rows, columns, inside = _prepare(images, kernels, stride, padding, dilation)
    to_padded = np.zeros(padded.shape, gradient.dtype)
    to_kernels = np.zeros(kernels.shape, gradient.dtype)
    by_channel = gradient.reshape(-1, kernels.shape[3])
    for place, seen in shifts(kernels.shape[:2], rows, columns, stride, dilation):
        to_kernels[place] = padded[seen].reshape(len(by_channel), -1).T @ by_channel
        to_padded[seen] += gradient @ kernels[place].T
    return to_padded[inside], to_kernels, by_channel.sum(axis=0)


def _prepare(images: np.ndarray, kernels: np.ndarray, stride: int, padding: str, dilation: int):
    """Return what `pad` does, for pictures and kernels that fit each other."""
    if images.ndim != 4 or kernels.ndim != 4 or images.shape[3] != kernels.shape[2]:
        raise ValueError(
            f"images (n, h, w, channels) and kernels (height, width, channels, maps) do not fit: {images.shape} and "
            f"{kernels.shape}"
        )
    return pad(images, kernels.shape[:2], stride, padding, dilation)
