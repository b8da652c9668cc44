"""Make rendered pictures lack what photographs lack: strong changes that bridge rendered people and real ones.

Each layer takes and gives pictures (n, height, width, 3) with values 0..255, and does nothing outside training.  Grey
pictures (n, height, width, 1) stay grey: their colours do not change.  Random numbers come from `keras.random`: the
same seed gives the same changes on one backend.
"""

from __future__ import annotations

import inspect

import keras
import numpy as np
from keras import ops

from course_utils.augmentation.sampling import check_pictures, sample

LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601: how bright red, green and blue look


@keras.saving.register_keras_serializable(package="course_utils")
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
        """Return the changed pictures in training, the same pictures otherwise.

        Raises
        ------
        ValueError
            If they have another shape than pictures have.
        """
        check_pictures(pictures, sizes_known=bool(training))
        return self.change(pictures) if training else pictures

    def change(self, pictures):
        """Return the changed pictures; each layer has its own way."""
        raise NotImplementedError

    def compute_output_shape(self, input_shape):
        """Return the shape of the pictures, which no layer changes."""
        return input_shape

    def get_config(self) -> dict:
        """Return what the layer was made with, for a saved model."""
        own = [name for name in inspect.signature(type(self)).parameters if name != "options"]
        return {**super().get_config(), "seed": self.seed, **{name: getattr(self, name) for name in own}}

    def normal(self, pictures, spread: float, channels: int = 1):
        """Draw normal numbers of mean 0, as (n, 1, 1, channels): one per picture, or per picture and channel."""
        shape = (ops.shape(pictures)[0], 1, 1, channels)
        return keras.random.normal(shape, stddev=spread, seed=self.generator)

    def uniform(self, pictures, low: float = 0.0, high: float = 1.0, channels: int = 1):
        """Draw evenly distributed numbers, as (n, 1, 1, channels)."""
        shape = (ops.shape(pictures)[0], 1, 1, channels)
        return keras.random.uniform(shape, low, high, seed=self.generator)


@keras.saving.register_keras_serializable(package="course_utils")
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


@keras.saving.register_keras_serializable(package="course_utils")
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


@keras.saving.register_keras_serializable(package="course_utils")
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
        if pictures.shape[-1] == len(LUMA):
            values = self.recoloured(pictures, values)
        mean = ops.mean(values, axis=(1, 2), keepdims=True)
        values = mean + (values - mean) * ops.exp(self.normal(pictures, self.contrast))
        return 255 * ops.clip(values + self.normal(pictures, self.brightness), 0, 1)

    def recoloured(self, pictures, values):
        """Return values with another white balance and saturation."""
        values = values * ops.exp(self.normal(pictures, self.balance, channels=3))
        luma = ops.sum(values * ops.convert_to_tensor(LUMA, "float32"), axis=-1, keepdims=True)
        saturation = ops.clip(1 + self.normal(pictures, self.saturation), 0, 1.8)
        saturation = ops.where(self.uniform(pictures) < self.grey, 0.0, saturation)
        return luma + (values - luma) * saturation


@keras.saving.register_keras_serializable(package="course_utils")
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


@keras.saving.register_keras_serializable(package="course_utils")
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


@keras.saving.register_keras_serializable(package="course_utils")
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
        colour = self.uniform(pictures, 0, 255, channels=pictures.shape[-1])
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
        Takes and gives (n, height, width, 3), or 1 channel for grey, with values 0..255; call it with
        ``training=True``.
    """
    layers = (RandomGeometry, RandomBlur, RandomColour, RandomShading, RandomNoise, RandomPatch)
    return keras.Sequential(
        [layer(seed=seed * len(layers) + number) for number, layer in enumerate(layers)], name="augmentation"
    )
