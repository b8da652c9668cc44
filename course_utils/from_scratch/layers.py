"""Layers of a convolutional network, forward and backward, as lesson 01 derives them.

A layer's ``..._backward`` takes the gradient of the loss with respect to the layer's output, and what the layer was
given; it returns the gradients with respect to the layer's input and weights, in the order in which the layer takes
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

PADDINGS = ("valid", "same")


# -- sizes and counts --------------------------------------------------------------------------------------------------


def output_size(size: int, kernel_size: int, stride: int = 1, padding: str = "valid", dilation: int = 1) -> int:
    """Return how many positions a window has along one side of a picture (lesson 01, section 2).

    Parameters
    ----------
    size
        Of the picture along this side, pixels.
    kernel_size
        Of the window, pixels.
    stride
        Pixels from one position to the next.
    padding
        "valid": the window stays inside the picture.  "same": zeros around it, so that with stride 1 the size stays.
    dilation
        Distance of neighbouring pixels under the window; 1: no gaps.

    Raises
    ------
    ValueError
        If a number is below 1, or the padding has another name.
    """
    _check_window(size, kernel_size, stride, padding, dilation)
    if padding == "same":
        return -(-size // stride)  # rounded up
    reach = dilation * (kernel_size - 1) + 1
    return max(0, (size - reach) // stride + 1)


def padding_sizes(
    size: int, kernel_size: int, stride: int = 1, padding: str = "valid", dilation: int = 1
) -> tuple[int, int]:
    """Return how many zeros are put before and after a side, (before, after) (lesson 01, section 2).

    Where the number is odd, the additional zero comes after, as in TensorFlow.

    Raises
    ------
    ValueError
        As `output_size`.
    """
    positions = output_size(size, kernel_size, stride, padding, dilation)
    if padding == "valid":
        return 0, 0
    reach = dilation * (kernel_size - 1) + 1
    missing = max(0, (positions - 1) * stride + reach - size)
    return missing // 2, missing - missing // 2


def _check_window(size: int, kernel_size: int, stride: int, padding: str, dilation: int) -> None:
    numbers = {"size": size, "kernel_size": kernel_size, "stride": stride, "dilation": dilation}
    for name, value in numbers.items():
        if value < 1:
            raise ValueError(f"{name} must be at least 1, not {value}")
    if padding not in PADDINGS:
        raise ValueError(f"padding must be one of {', '.join(PADDINGS)}, not {padding!r}")


def receptive_field(layers: Sequence[tuple[int, int]]) -> int:
    """Return how many pixels of the input, along one side, one number of the output sees (lesson 01, section 5).

    Parameters
    ----------
    layers
        (kernel size, stride) of each layer with a window, in order; a pooling layer is one too.
    """
    field, step = 1, 1  # pixels; distance in the input of neighbours in the present map
    for kernel_size, stride in layers:
        field += (kernel_size - 1) * step
        step *= stride
    return field


def convolution_parameters(kernel_size: int, channels_in: int, channels_out: int) -> int:
    """Return the number of weights of a convolution with square kernels: kernels and biases (lesson 01, section 7)."""
    return kernel_size * kernel_size * channels_in * channels_out + channels_out


def convolution_multiply_adds(kernel_size: int, channels_in: int, channels_out: int, positions: int) -> int:
    """Return how many products a convolution adds up for one picture; ``positions``: pixels of its feature map."""
    return kernel_size * kernel_size * channels_in * channels_out * positions


def dense_parameters(inputs: int, outputs: int) -> int:
    """Return the number of weights of a dense layer, biases among them (lesson 01, section 7)."""
    return inputs * outputs + outputs


# -- convolution -------------------------------------------------------------------------------------------------------


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
    images, kernels = _wide(images, kernels)
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
    images, kernels = _wide(images, kernels)
    padded, rows, columns, _ = _prepare(images, kernels, stride, padding, dilation)
    result = np.zeros((len(images), rows, columns, kernels.shape[3]), padded.dtype)
    for place, seen in _shifts(kernels.shape[:2], rows, columns, stride, dilation):
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
    gradient, images, kernels = _wide(gradient, images, kernels)
    padded, rows, columns, inside = _prepare(images, kernels, stride, padding, dilation)
    to_padded = np.zeros(padded.shape, gradient.dtype)
    to_kernels = np.zeros(kernels.shape, gradient.dtype)
    by_channel = gradient.reshape(-1, kernels.shape[3])
    for place, seen in _shifts(kernels.shape[:2], rows, columns, stride, dilation):
        to_kernels[place] = padded[seen].reshape(len(by_channel), -1).T @ by_channel
        to_padded[seen] += gradient @ kernels[place].T
    return to_padded[inside], to_kernels, by_channel.sum(axis=0)


def _wide(*arrays: np.ndarray) -> list[np.ndarray]:
    """Return arrays of one type; whole numbers get 64 bits, because products of pixels from 0 to 255 do not fit 8."""
    dtype = np.result_type(*arrays)
    if dtype.kind in "biu":
        dtype = np.result_type(dtype, np.int64)
    return [array.astype(dtype, copy=False) for array in arrays]


def _prepare(images: np.ndarray, kernels: np.ndarray, stride: int, padding: str, dilation: int):
    """Return what `_pad` does, for pictures and kernels that fit each other."""
    if images.ndim != 4 or kernels.ndim != 4 or images.shape[3] != kernels.shape[2]:
        raise ValueError(
            f"images (n, h, w, channels) and kernels (height, width, channels, maps) do not fit: {images.shape} and "
            f"{kernels.shape}"
        )
    return _pad(images, kernels.shape[:2], stride, padding, dilation)


def _pad(
    images: np.ndarray, window: tuple[int, int], stride: int, padding: str, dilation: int = 1, around: float = 0
) -> tuple[np.ndarray, int, int, tuple[slice, slice, slice]]:
    """Return pictures with a value around them, the window's positions (rows, columns), where the pictures lie."""
    sides = [(images.shape[axis], window[axis - 1], stride, padding, dilation) for axis in (1, 2)]
    rows, columns = (output_size(*side) for side in sides)
    if rows == 0 or columns == 0:
        raise ValueError(
            f"pictures of {images.shape[1]} x {images.shape[2]} are too small for a window of {window[0]} x {window[1]}"
        )
    zeros = [padding_sizes(*side) for side in sides]
    padded = np.pad(images, ((0, 0), *zeros, (0, 0)), constant_values=around)
    down, across = (slice(before, before + side[0]) for (before, _), side in zip(zeros, sides, strict=True))
    return padded, rows, columns, (slice(None), down, across)


def _shifts(
    kernel_shape: tuple[int, int], rows: int, columns: int, stride: int, dilation: int = 1
) -> Iterator[tuple[tuple[int, int], tuple[slice, slice, slice]]]:
    """For each place in a window: the pixels that lie under it, over all positions of the window."""
    for row, column in np.ndindex(*kernel_shape):
        top, left = row * dilation, column * dilation
        down, across = slice(top, top + rows * stride, stride), slice(left, left + columns * stride, stride)
        yield (row, column), (slice(None), down, across)


# -- pooling -----------------------------------------------------------------------------------------------------------


def max_pool(images: np.ndarray, pool_size: int = 2, stride: int | None = None, padding: str = "valid") -> np.ndarray:
    """Keep the largest value under each position of a window, channel by channel (lesson 01, section 4).

    Parameters
    ----------
    images
        Array (n, h, w, channels) of real numbers; the result has their type.
    pool_size
        Edge of the window, pixels.
    stride
        Pixels from one position to the next; by default ``pool_size``, windows side by side.
    padding
        As in `output_size`; what is put around the pictures is never the largest.

    Raises
    ------
    ValueError
        If the pictures are not (n, h, w, channels), or smaller than the window.
    """
    padded, positions, _ = _prepare_pool(images, pool_size, stride, padding, _smallest(images.dtype))
    return np.max([padded[seen] for _, seen in positions], axis=0)


def max_pool_backward(
    gradient: np.ndarray, images: np.ndarray, pool_size: int = 2, stride: int | None = None, padding: str = "valid"
) -> np.ndarray:
    """Return the gradient with respect to the pictures: all of it goes to the largest value (lesson 01, section 8).

    Of several that are the largest, the first gets it, as in TensorFlow.
    """
    # As real numbers: no pixel is as small as what is put around them, so that none of the gradient ends up there.
    padded, positions, inside = _prepare_pool(_real(images), pool_size, stride, padding, -np.inf)
    winner = np.argmax([padded[seen] for _, seen in positions], axis=0)
    result = np.zeros(padded.shape, gradient.dtype)
    for number, (_, seen) in enumerate(positions):
        result[seen] += gradient * (winner == number)
    return result[inside]


def average_pool(
    images: np.ndarray, pool_size: int = 2, stride: int | None = None, padding: str = "valid"
) -> np.ndarray:
    """Average over each position of a window, channel by channel (lesson 01, section 4).

    Takes and raises the same as `max_pool`; what is put around the pictures does not count.
    """
    padded, positions, _ = _prepare_pool(_real(images), pool_size, stride, padding)
    return sum(padded[seen] for _, seen in positions) / _pixels_under(images, pool_size, stride, padding)


def average_pool_backward(
    gradient: np.ndarray, images: np.ndarray, pool_size: int = 2, stride: int | None = None, padding: str = "valid"
) -> np.ndarray:
    """Return the gradient with respect to the pictures: each pixel under a window gets an equal share of it."""
    padded, positions, inside = _prepare_pool(images, pool_size, stride, padding)
    share = gradient / _pixels_under(images, pool_size, stride, padding)
    result = np.zeros(padded.shape, share.dtype)
    for _, seen in positions:
        result[seen] += share
    return result[inside]


def _pixels_under(images: np.ndarray, pool_size: int, stride: int | None, padding: str) -> np.ndarray:
    """Return how many pixels of the picture lie under each position of a window, shape (1, rows, columns, 1)."""
    ones = np.ones((1, *images.shape[1:3], 1), _real(images).dtype)
    padded, positions, _ = _prepare_pool(ones, pool_size, stride, padding)
    return sum(padded[seen] for _, seen in positions)


def _smallest(dtype: np.dtype) -> float | int:
    """Return a value that is never larger than one of this type."""
    if dtype.kind == "f":
        return -np.inf
    return False if dtype.kind == "b" else np.iinfo(dtype).min


def _real(values: np.ndarray) -> np.ndarray:
    """Return whole numbers in a floating-point type, other values as they are."""
    return values.astype(np.result_type(values, np.float32)) if values.dtype.kind in "biu" else values


def _prepare_pool(images: np.ndarray, pool_size: int, stride: int | None, padding: str, around: float = 0):
    """Return padded pictures, the pixels under each place of the window, and where the pictures lie in the padded."""
    if images.ndim != 4:
        raise ValueError(f"images must be (n, h, w, channels), not {images.shape}")
    window, stride = (pool_size, pool_size), stride or pool_size
    padded, rows, columns, inside = _pad(images, window, stride, padding, around=around)
    return padded, list(_shifts(window, rows, columns, stride)), inside


def global_average_pool(images: np.ndarray) -> np.ndarray:
    """Average each channel over the whole map, (n, h, w, channels) to (n, channels) (lesson 01, section 7)."""
    return images.mean(axis=(1, 2))


def global_average_pool_backward(gradient: np.ndarray, images: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to the maps: the same share for each of their numbers."""
    height, width = images.shape[1:3]
    return np.broadcast_to(gradient[:, np.newaxis, np.newaxis] / (height * width), images.shape).copy()


# -- the rest ----------------------------------------------------------------------------------------------------------


def relu(values: np.ndarray) -> np.ndarray:
    """Return the values with negative ones replaced by 0 (lesson 01, section 6)."""
    return np.maximum(values, 0)


def relu_backward(gradient: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the gradient where the value was positive, 0 elsewhere; at 0 itself Keras takes 0."""
    return gradient * (values > 0)


def flatten(maps: np.ndarray) -> np.ndarray:
    """Put all numbers of a picture in one row, (n, ...) to (n, numbers) (lesson 01, section 6)."""
    return maps.reshape(len(maps), -1)


def flatten_backward(gradient: np.ndarray, maps: np.ndarray) -> np.ndarray:
    """Return the gradient in the shape of the maps."""
    return gradient.reshape(maps.shape)


def dense(inputs: np.ndarray, weights: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Return the weighted sums of a dense layer (lesson 01, section 6).

    Parameters
    ----------
    inputs
        Array (n, numbers).
    weights
        Array (numbers, units).
    bias
        Array (units,).

    Returns
    -------
    np.ndarray
        (n, units).
    """
    inputs, weights = _wide(inputs, weights)
    return inputs @ weights + bias


def dense_backward(
    gradient: np.ndarray, inputs: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients with respect to inputs, weights and bias (lesson 01, section 8)."""
    gradient, inputs, weights = _wide(gradient, inputs, weights)
    return gradient @ weights.T, inputs.T @ gradient, gradient.sum(axis=0)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Turn each row of logits into probabilities that sum to 1 (lesson 01, section 6; overflow: lesson 02, section 2).

    Parameters
    ----------
    logits
        Array (..., classes) of real numbers.
    """
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))  # the largest becomes exp(0): no overflow
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def softmax_backward(gradient: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """Return the gradient with respect to the logits; behind a cross-entropy it becomes p - y, as lesson 02 derives."""
    probabilities = softmax(logits)
    return probabilities * (gradient - (gradient * probabilities).sum(axis=-1, keepdims=True))
