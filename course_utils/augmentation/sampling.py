"""Look up pictures between their pixels, and draw the same random numbers on every Keras backend."""

from __future__ import annotations

import numpy as np
from keras import ops


def check_pictures(pictures, sizes_known: bool) -> None:
    """Check that random changes can work on these pictures.

    Parameters
    ----------
    pictures : array or tensor
        Of any backend; symbolic ones too.
    sizes_known : bool
        Whether height and width must be known, as the changes themselves need them.

    Raises
    ------
    ValueError
        If the shape is not (n, height, width, 3), or 1 in place of 3 for grey pictures.
    """
    shape = tuple(pictures.shape)
    if len(shape) == 4 and shape[3] in (1, 3) and (not sizes_known or all(side and side > 1 for side in shape[1:3])):
        return
    advice = "Take three channels of a picture with four, or one for grey."
    if len(shape) == 3:
        advice = "Give a single picture a first axis, pictures[None]; in tf.data, call batch before this layer."
    elif None in shape[1:]:
        advice = "Resize all pictures to one size before, for example with keras.layers.Resizing."
    raise ValueError(
        "Random changes need pictures of the shape (n, height, width, 3), or (n, height, width, 1) for grey ones, of "
        f"a known size of at least 2 x 2 pixels; got {shape}. {advice}"
    )


def sample(pictures, x, y):
    """Return the pictures' values at places between pixels, from the four pixels around each (bilinear).

    Written out because the operation behind `keras.ops.image.affine_transform` is unknown to XLA, the compiler that
    Keras uses on a GPU with TensorFlow.

    Parameters
    ----------
    pictures
        (n, height, width, channels).
    x, y
        Columns and rows, (n, height, width, 1), counted from the centre of the first pixel.  A place outside is
        mirrored at the edge.
    """
    count, (height, width, channels) = ops.shape(pictures)[0], pictures.shape[1:]
    x, y = mirrored(x, width - 1), mirrored(y, height - 1)
    left, top = (ops.clip(ops.floor(place), 0, side - 2) for place, side in ((x, width), (y, height)))
    share_x, share_y = x - left, y - top
    flat = ops.reshape(pictures, (-1, channels))
    first = ops.reshape(ops.arange(count, dtype="int32") * (height * width), (-1, 1, 1, 1))
    corner = (first + ops.cast(top * width + left, "int32"))[..., 0]
    upper = ops.take(flat, corner, axis=0) * (1 - share_x) + ops.take(flat, corner + 1, axis=0) * share_x
    corner = corner + width
    lower = ops.take(flat, corner, axis=0) * (1 - share_x) + ops.take(flat, corner + 1, axis=0) * share_x
    return upper * (1 - share_y) + lower * share_y


def mirrored(place, last: int):
    """Return places within 0..last: those outside as far inside, up to one side's length."""
    return ops.clip(last - ops.abs(last - ops.abs(place)), 0, last)


def uniform_draws(seed, step, count, draws: int):
    """Return evenly distributed numbers in 0..1 that are the same on every backend.

    `keras.random` gives other numbers on each; here a hash function, in 32-bit whole numbers that overflow everywhere
    alike, scrambles the seed, the step and the place in the array.

    Parameters
    ----------
    seed, step
        Whole numbers, 0 to 2**31 - 1.
    count, draws
        Shape of the result.

    Returns
    -------
    (count, draws) float32
        Multiples of 2**-24, below 1.
    """
    start = scrambled(scrambled(ops.cast(seed, "int32")) ^ ops.cast(step, "int32"))
    place = ops.reshape(ops.arange(count * draws, dtype="int32"), (-1, draws))
    return ops.cast(ops.bitwise_and(scrambled(start ^ place), 2**24 - 1), "float32") / 2**24


def scrambled(values):
    """Return int32 values, each scrambled: a change of one bit changes every bit with a chance of about one half.

    Source: C. Wellons, Prospecting for Hash Functions, 2018 (lowbias32).
    """
    values = _xor_shifted(values, 16) * np.int32(0x7FEB352D)
    values = _xor_shifted(values, 15) * np.int32(0x846CA68B - 2**32)
    return _xor_shifted(values, 16)


def _xor_shifted(values, bits: int):
    """Return values ^ (values >> bits), with zeros shifted in; the backends' own shift repeats the sign."""
    return values ^ ops.bitwise_and(ops.right_shift(values, bits), 2 ** (32 - bits) - 1)


def noise(shape, pattern):
    """Return nearly normal numbers of mean 0 and standard deviation 1; `pattern` (n, 1, 1, 1) is each picture's seed.

    Each is the sum of four bytes of a hash: several times as fast as `keras.random.normal`, and the same everywhere.
    """
    place = ops.reshape(ops.arange(shape[1] * shape[2] * shape[3], dtype="int32"), (1, *shape[1:]))
    values = scrambled(place ^ scrambled(ops.cast(pattern, "int32")))
    total = sum(ops.bitwise_and(ops.right_shift(values, bits), 255) for bits in (0, 8, 16, 24))
    return (ops.cast(total, "float32") - 2 * 255) / ((256**2 - 1) / 3) ** 0.5
