"""Changes to pictures that keep the person, drawn anew for every picture and step, in Keras 3 operations only.

Each layer takes and gives pictures (n, height, width, 3) with values 0..255, and does nothing outside training.

`face_pipeline` is the one for training on faces, in three strengths, the same on every backend (lesson 04).
`transfer_pipeline`, and the layers that it consists of, are stronger: they bridge rendered people and photographs.
Their random numbers come from `keras.random`, and the same seed gives the same changes on one backend.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

import keras
import numpy as np
from keras import ops

from course_utils import environment
from course_utils.face_safe import STRENGTHS, Strength

LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601: how bright red, green and blue look


class RandomChange(keras.layers.Layer):
    """What the layers below share: random numbers, and that they work in training only.

    Parameters
    ----------
    seed
        Seed of the layer's random numbers.
    **options
        Further arguments of `keras.layers.Layer`.
    """

    def __init__(self, seed: int | None = None, **options):
        super().__init__(**{"dtype": "float32", "trainable": False, **options})
        self.seed = seed
        self.generator = keras.random.SeedGenerator(seed)

    def call(self, pictures, training=False):
        """Return the changed pictures in training, the same pictures otherwise."""
        return self.change(pictures) if training else pictures

    def change(self, pictures):
        """Return the changed pictures; each layer has its own way."""
        raise NotImplementedError

    def compute_output_shape(self, input_shape):
        """Return the shape of the pictures, which no layer changes."""
        return input_shape

    def normal(self, pictures, spread: float, channels: int = 1):
        """Draw normal numbers of mean 0, as (n, 1, 1, channels): one per picture, or per picture and channel."""
        shape = (ops.shape(pictures)[0], 1, 1, channels)
        return keras.random.normal(shape, stddev=spread, seed=self.generator)

    def uniform(self, pictures, low: float = 0.0, high: float = 1.0, channels: int = 1):
        """Draw evenly distributed numbers, as (n, 1, 1, channels)."""
        shape = (ops.shape(pictures)[0], 1, 1, channels)
        return keras.random.uniform(shape, low, high, seed=self.generator)


class RandomGeometry(RandomChange):
    """Mirror, turn, zoom, stretch and shift, in one interpolation.

    Parameters
    ----------
    turn
        Standard deviation of the angle, in radians.
    zoom, stretch
        Standard deviations of the logarithms of the size, and of the ratio of width to height.
    shift
        Standard deviation of the shift across and down, as a share of the side.
    **options
        See `RandomChange`.
    """

    def __init__(self, turn: float = 0.09, zoom: float = 0.08, stretch: float = 0.04, shift: float = 0.04, **options):
        super().__init__(**options)
        self.turn, self.zoom, self.stretch, self.shift = turn, zoom, stretch, shift

    def change(self, pictures):
        """Return the pictures seen through one random affine map each."""
        height, width = pictures.shape[1:3]
        angle = self.normal(pictures, self.turn)
        size = ops.exp(self.normal(pictures, self.zoom))
        ratio = ops.exp(self.normal(pictures, self.stretch))
        mirror = ops.sign(self.uniform(pictures, -1.0, 1.0))
        across, down = ops.split(self.normal(pictures, self.shift, channels=2), 2, axis=-1)
        # Where in the old picture each pixel of the new one comes from, both measured from the middle.
        x = ops.reshape(ops.arange(width, dtype="float32") - (width - 1) / 2, (1, 1, width, 1))
        y = ops.reshape(ops.arange(height, dtype="float32") - (height - 1) / 2, (1, height, 1, 1))
        from_x = mirror * size * ratio * (ops.cos(angle) * x - ops.sin(angle) * y) + across * width
        from_y = size * (ops.sin(angle) * x + ops.cos(angle) * y) + down * height
        return sample(pictures, from_x + (width - 1) / 2, from_y + (height - 1) / 2)


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


class RandomBlur(RandomChange):
    """Take away detail, as a small, far or unsharp picture does.

    Parameters
    ----------
    share
        Share of the pictures that are changed.
    largest
        Largest standard deviation of the blur, in pixels.
    **options
        See `RandomChange`.
    """

    def __init__(self, share: float = 0.5, largest: float = 1.3, **options):
        super().__init__(**options)
        self.share, self.largest = share, largest

    def change(self, pictures):
        """Return each picture blurred along its columns, then along its rows, by two small matrices of its own."""
        chosen = self.uniform(pictures) < self.share
        spread = ops.where(chosen, self.uniform(pictures, 0.3, self.largest), 0.05)[..., 0]  # 0.05: no blur at all
        pictures = ops.einsum("nij,njwc->niwc", self.weights_of(pictures.shape[1], spread), pictures)
        return ops.einsum("nij,nhjc->nhic", self.weights_of(pictures.shape[2], spread), pictures)

    def weights_of(self, side: int, spread):
        """Return (n, side, side): how much of each old pixel is in each new one."""
        distance = np.arange(side)[:, np.newaxis] - np.arange(side)
        weights = ops.exp(-0.5 * ops.square(ops.convert_to_tensor(distance, "float32") / spread))
        return weights / ops.sum(weights, axis=-1, keepdims=True)


class RandomColour(RandomChange):
    """Change gamma, white balance, saturation (some pictures become grey), brightness and contrast.

    Parameters
    ----------
    gamma, balance, saturation, contrast
        Standard deviations: of the logarithms of gamma and of each channel's gain, of the factor of saturation, of
        the logarithm of the factor of contrast.
    brightness
        Standard deviation of what is added, as a share of the full range.
    grey
        Share of the pictures that lose their colour.
    **options
        See `RandomChange`.
    """

    def __init__(
        self,
        gamma: float = 0.28,
        balance: float = 0.10,
        saturation: float = 0.35,
        contrast: float = 0.20,
        brightness: float = 0.07,
        grey: float = 0.25,
        **options,
    ):
        super().__init__(**options)
        self.gamma, self.balance, self.saturation = gamma, balance, saturation
        self.contrast, self.brightness, self.grey = contrast, brightness, grey

    def change(self, pictures):
        """Return the pictures in other colours; values may leave 0..255 a little, and are clipped at the end."""
        values = ops.power(ops.clip(pictures / 255, 1e-3, 1), ops.exp(self.normal(pictures, self.gamma)))
        values = values * ops.exp(self.normal(pictures, self.balance, channels=3))
        luma = ops.sum(values * ops.convert_to_tensor(LUMA, "float32"), axis=-1, keepdims=True)
        saturation = ops.clip(1 + self.normal(pictures, self.saturation), 0, 1.8)
        saturation = ops.where(self.uniform(pictures) < self.grey, 0.0, saturation)
        values = luma + (values - luma) * saturation
        mean = ops.mean(values, axis=(1, 2), keepdims=True)
        values = mean + (values - mean) * ops.exp(self.normal(pictures, self.contrast))
        return 255 * ops.clip(values + self.normal(pictures, self.brightness), 0, 1)


class RandomShading(RandomChange):
    """Let the light fall from one side: brightness that changes evenly across the picture, and down it.

    Parameters
    ----------
    across, down
        Standard deviations of the change from the middle to an edge, as a share.
    **options
        See `RandomChange`.
    """

    def __init__(self, across: float = 0.16, down: float = 0.12, **options):
        super().__init__(**options)
        self.across, self.down = across, down

    def change(self, pictures):
        """Return the shaded pictures."""
        height, width = pictures.shape[1:3]
        x = ops.reshape(ops.linspace(-1.0, 1.0, width), (1, 1, width, 1))
        y = ops.reshape(ops.linspace(-1.0, 1.0, height), (1, height, 1, 1))
        shade = 1 + self.normal(pictures, self.across) * x + self.normal(pictures, self.down) * y
        return ops.clip(pictures * shade, 0, 255)


class RandomNoise(RandomChange):
    """Add a camera's noise, of another strength in each picture.

    Parameters
    ----------
    largest
        Largest standard deviation of the noise, as a share of the full range.
    **options
        See `RandomChange`.
    """

    def __init__(self, largest: float = 0.05, **options):
        super().__init__(**options)
        self.largest = largest

    def change(self, pictures):
        """Return the noisy pictures."""
        noise = keras.random.normal(ops.shape(pictures), stddev=255.0, seed=self.generator)
        return ops.clip(pictures + noise * self.uniform(pictures, 0.0, self.largest), 0, 255)


class RandomPatch(RandomChange):
    """Cover a rectangle, with one colour or with the same place of another picture: hands, hats, scarves.

    Parameters
    ----------
    share
        Share of the pictures that are changed.
    smallest, largest
        Shortest and longest side of the rectangle, as a share of the picture's.
    **options
        See `RandomChange`.
    """

    def __init__(self, share: float = 0.35, smallest: float = 0.1, largest: float = 0.5, **options):
        super().__init__(**options)
        self.share, self.smallest, self.largest = share, smallest, largest

    def change(self, pictures):
        """Return the pictures with a part covered."""
        covered = self.stripe(pictures, axis=1) & self.stripe(pictures, axis=2)
        covered = covered & (self.uniform(pictures) < self.share)
        colour = self.uniform(pictures, 0, 255, channels=3)
        other = ops.roll(pictures, shift=1, axis=0)
        cover = ops.where(self.uniform(pictures) < 0.5, colour, other)
        return ops.where(covered, cover, pictures)

    def stripe(self, pictures, axis: int):
        """Return which rows (axis 1) or columns (axis 2) the rectangle covers, in a shape that broadcasts."""
        side = pictures.shape[axis]
        length = self.uniform(pictures, self.smallest, self.largest)
        start = self.uniform(pictures) * (1 - length)
        shape = [1, 1, 1, 1]
        shape[axis] = side
        place = ops.reshape((ops.arange(side, dtype="float32") + 0.5) / side, shape)
        return (place >= start) & (place < start + length)


def transfer_pipeline(seed: int = 0) -> keras.Sequential:
    """Return the changes that help a network trained on rendered people with photographs of real ones.

    Rendered pictures are cleaner than photographs: always sharp, well coloured, evenly framed, never covered.  What a
    photograph may lack is taken away here, at random.  The strengths were set by eye and
    checked on LFW's View 1 only.

    Parameters
    ----------
    seed
        Seed of the random numbers.

    Returns
    -------
    keras.Sequential
        Takes and gives (n, height, width, 3) with values 0..255; call it with ``training=True``.
    """
    layers = (RandomGeometry, RandomBlur, RandomColour, RandomShading, RandomNoise, RandomPatch)
    return keras.Sequential(
        [layer(seed=seed * len(layers) + number) for number, layer in enumerate(layers)], name="augmentation"
    )


@keras.saving.register_keras_serializable(package="course_utils")
class FaceAugmentation(keras.layers.Layer):
    """Change faces at random so that everybody stays who they are: a layer that works in training only.

    Everything is drawn from a seed, the number of the call and the picture's place in the batch, by whole-number
    arithmetic: the same on every Keras backend, compiled or not.  Pictures then differ by rounding only.

    The backend's compiler (XLA) turns all changes into one pass over the pixels, several times as fast as one operation
    after the other; a new shape of batch is compiled anew, which takes a second.

    Parameters
    ----------
    strength
        "light", "medium" or "strong" (see `STRENGTHS`), or a `Strength` of your own.
    mirror
        Whether half of the pictures are mirrored.  A mirrored face is a stranger's in one respect: moles, scars and
        partings change sides (lesson 04).
    seed
        Seed of the draws, 0 to 2**31 - 1.
    compiled
        False: no compiler, for a backend that has none.
    **options
        Further arguments of `keras.layers.Layer`.

    Raises
    ------
    ValueError
        If there is no such strength, or the seed is none.

    Notes
    -----
    Takes (n, height, width, 3) with values 0..255, gives float32 of that shape with values 0..255.  Edges are mirrored
    into the picture.  `draw` and `transform` are its two halves: what is drawn, and what it does to pictures.
    """

    DRAWS = (
        "mirror", "turn", "zoom", "stretch", "shift_x", "shift_y", "brightness", "contrast", "red", "green", "blue",
        "noise", "pattern", "erased", "height", "width", "top", "left", "cover_red", "cover_green", "cover_blue",
        "blur",
    )  # fmt: skip

    def __init__(
        self, strength: str | Strength = "medium", mirror: bool = True, seed: int = 0, compiled: bool = True, **options
    ):
        super().__init__(**{"dtype": "float32", "trainable": False, **options})
        if isinstance(strength, dict):  # as `get_config` writes it
            strength = Strength(**strength)
        if isinstance(strength, str) and strength not in STRENGTHS:
            raise ValueError(f"strength: expected one of {', '.join(map(repr, STRENGTHS))}, got {strength!r}")
        if not 0 <= seed < 2**31:
            raise ValueError(f"seed must lie between 0 and 2**31 - 1, not {seed}")
        self.strength = STRENGTHS[strength] if isinstance(strength, str) else strength
        self.mirror, self.seed, self.compiled = bool(mirror), seed, bool(compiled)
        self.generator = keras.random.SeedGenerator(seed)  # here only to count: its state is (seed, number of the call)
        self._changed = _compiled(self.change) if compiled else self.change

    def call(self, pictures, training=False):
        """Return the changed pictures in training, the same pictures, as float32, otherwise."""
        if not training:
            return ops.cast(pictures, "float32")
        state = ops.cast(self.generator.next(), "int32")
        return self._changed(pictures, state[0], state[1])

    def change(self, pictures, seed, step):
        """Return the pictures as the seed's call number `step` changes them; it depends on nothing else."""
        return self.transform(pictures, self.draw(ops.shape(pictures)[0], seed, step))

    def draw(self, count, seed: int = 0, step: int = 0) -> dict:
        """Draw what happens to each picture of a batch.

        Parameters
        ----------
        count
            Pictures in the batch.
        seed, step
            Whole numbers, 0 to 2**31 - 1.

        Returns
        -------
        dict of str to (count,)
            By the names of `DRAWS`.  The changes as -1..1 times their bounds (``turn`` in degrees, ``mirror`` -1 or 1);
            what is positive by nature from 0 to its bound; ``pattern`` a whole number, the seed of the noise.
        """
        shares = uniform_draws(seed, step, count, len(self.DRAWS))
        strength, drawn = self.strength, {}
        for number, name in enumerate(self.DRAWS):
            drawn[name] = shares[:, number]
        for name in ("turn", "zoom", "stretch", "brightness", "contrast"):
            drawn[name] = (2 * drawn[name] - 1) * getattr(strength, name)
        for names, bound in ((("shift_x", "shift_y"), strength.shift), (("red", "green", "blue"), strength.balance)):
            for name in names:
                drawn[name] = (2 * drawn[name] - 1) * bound
        for name in ("noise", "blur"):
            drawn[name] = drawn[name] * getattr(strength, name)
        drawn["mirror"] = ops.where(drawn["mirror"] < (0.5 if self.mirror else 0.0), -1.0, 1.0)
        drawn["pattern"] = ops.cast(drawn["pattern"] * 2**24, "int32")
        drawn["erased"] = ops.cast(drawn["erased"] < strength.erased, "float32")
        for side in ("height", "width"):
            drawn[side] = (0.1 + 0.9 * drawn[side]) * strength.longest_side
        drawn["top"], drawn["left"] = drawn["top"] * (1 - drawn["height"]), drawn["left"] * (1 - drawn["width"])
        return drawn

    def transform(self, pictures, drawn: dict):
        """Change pictures as was drawn: blur, geometry in one interpolation, colour, noise, a covered rectangle.

        Parameters
        ----------
        pictures
            (n, height, width, 3), values 0..255.
        drawn
            What `draw` gives; (n,) numbers each.

        Returns
        -------
        (n, height, width, 3) float32
        """
        drawn = {name: ops.reshape(ops.cast(value, "float32"), (-1, 1, 1, 1)) for name, value in drawn.items()}
        values = ops.cast(pictures, "float32")
        if self.strength.blur:
            values = _with_neighbours(_with_neighbours(values, drawn["blur"], axis=1), drawn["blur"], axis=2)
        gain = 1 + ops.concatenate([drawn[name] for name in ("red", "green", "blue")], axis=-1)
        mean = ops.mean(values, axis=(1, 2), keepdims=True)  # of the whole picture: the geometry hardly changes it
        factor = 1 + drawn["contrast"]
        values = self._moved(values, drawn)
        values = values * (gain * factor) + (gain * mean * (1 - factor) + 255 * drawn["brightness"])
        if self.strength.noise:
            values = values + 255 * drawn["noise"] * _noise(ops.shape(values), drawn["pattern"])
        if self.strength.erased:
            colour = ops.concatenate([drawn[f"cover_{name}"] for name in ("red", "green", "blue")], axis=-1)
            values = ops.where(self._covered(values, drawn), 255 * colour, values)
        return ops.clip(values, 0, 255)

    def _moved(self, values, drawn: dict):
        """Mirror, turn, zoom, stretch and shift: each pixel is looked up where the changed picture has it from."""
        height, width = values.shape[1:3]
        x = ops.reshape(ops.arange(width, dtype="float32") - (width - 1) / 2, (1, 1, width, 1))
        y = ops.reshape(ops.arange(height, dtype="float32") - (height - 1) / 2, (1, height, 1, 1))
        x, y = x - drawn["shift_x"] * width, y - drawn["shift_y"] * height
        angle, size = drawn["turn"] * (np.pi / 180), 1 / (1 + drawn["zoom"])
        from_x = drawn["mirror"] * size / (1 + drawn["stretch"]) * (ops.cos(angle) * x - ops.sin(angle) * y)
        from_y = size * (ops.sin(angle) * x + ops.cos(angle) * y)
        return sample(values, from_x + (width - 1) / 2, from_y + (height - 1) / 2)

    def _covered(self, values, drawn: dict):
        """Return where the rectangle lies, (n, height, width, 1)."""
        stripes = []
        for axis, start, length in ((1, "top", "height"), (2, "left", "width")):
            shape = [1, 1, 1, 1]
            shape[axis] = values.shape[axis]
            place = ops.reshape((ops.arange(shape[axis], dtype="float32") + 0.5) / shape[axis], shape)
            stripes.append((place >= drawn[start]) & (place < drawn[start] + drawn[length]))
        return stripes[0] & stripes[1] & (drawn["erased"] > 0)

    def compute_output_shape(self, input_shape):
        """Return the shape of the pictures, which does not change."""
        return input_shape

    def get_config(self) -> dict:
        """Return what the layer was made with, for a saved model."""
        own = {"strength": asdict(self.strength), "mirror": self.mirror, "seed": self.seed, "compiled": self.compiled}
        return {**super().get_config(), **own}


def face_pipeline(strength: str | Strength = "medium", seed: int = 0, mirror: bool = True) -> FaceAugmentation:
    """Return random changes that keep a person recognisable: the course's choice for training on faces (lesson 04).

    Parameters
    ----------
    strength
        "light", "medium" or "strong", or a `Strength` of your own.
    seed
        Seed of the draws.
    mirror
        Whether half of the pictures are mirrored.

    Returns
    -------
    FaceAugmentation
        A layer, for a model, for ``tf.data``, or to call with ``training=True``.
    """
    return FaceAugmentation(strength, mirror=mirror, seed=seed, name="face_augmentation")


def _compiled(function):
    """Return the function translated by the compiler of the Keras backend, where the backend has one."""
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        _compile_once_quietly()
        return tf.function(function, jit_compile=True, reduce_retracing=True, autograph=False)
    if keras.backend.backend() == "jax":
        import jax

        return jax.jit(function)
    return function


@cache
def _compile_once_quietly() -> None:
    """Have the first compilation of this process, which TensorFlow 2.20 announces in red, on something tiny."""
    import tensorflow as tf

    with environment.quiet_stderr(), tf.init_scope():
        tf.function(ops.add, jit_compile=True)(tf.zeros(1), tf.ones(1))


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
    start = _scrambled(_scrambled(ops.cast(seed, "int32")) ^ ops.cast(step, "int32"))
    place = ops.reshape(ops.arange(count * draws, dtype="int32"), (-1, draws))
    return ops.cast(ops.bitwise_and(_scrambled(start ^ place), 2**24 - 1), "float32") / 2**24


def _scrambled(values):
    """Return int32 values, each scrambled: a change of one bit changes every bit with a chance of about one half.

    Source: C. Wellons, Prospecting for Hash Functions, 2018 (lowbias32).
    """
    values = _xor_shifted(values, 16) * np.int32(0x7FEB352D)
    values = _xor_shifted(values, 15) * np.int32(0x846CA68B - 2**32)
    return _xor_shifted(values, 16)


def _xor_shifted(values, bits: int):
    """Return values ^ (values >> bits), with zeros shifted in; the backends' own shift repeats the sign."""
    return values ^ ops.bitwise_and(ops.right_shift(values, bits), 2 ** (32 - bits) - 1)


def _noise(shape, pattern):
    """Return nearly normal numbers of mean 0 and standard deviation 1; `pattern` (n, 1, 1, 1) is each picture's seed.

    Each is the sum of four bytes of a hash: several times as fast as `keras.random.normal`, and the same everywhere.
    """
    place = ops.reshape(ops.arange(shape[1] * shape[2] * shape[3], dtype="int32"), (1, *shape[1:]))
    values = _scrambled(place ^ _scrambled(ops.cast(pattern, "int32")))
    total = sum(ops.bitwise_and(ops.right_shift(values, bits), 255) for bits in (0, 8, 16, 24))
    return (ops.cast(total, "float32") - 2 * 255) / ((256**2 - 1) / 3) ** 0.5


def _with_neighbours(values, share, axis: int):
    """Return values mixed with their two neighbours along an axis; edges have themselves for a neighbour."""
    before = ops.take(values, ops.maximum(ops.arange(values.shape[axis]) - 1, 0), axis=axis)
    after = ops.take(values, ops.minimum(ops.arange(values.shape[axis]) + 1, values.shape[axis] - 1), axis=axis)
    return values * (1 - 2 * share) + share * (before + after)
