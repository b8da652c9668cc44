"""Change faces in training so that everybody stays who they are: one compiled pass, the same on every backend."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

import keras
import numpy as np
from keras import ops

from course_utils import environment
from course_utils.augmentation.sampling import check_pictures, noise, sample, uniform_draws
from course_utils.augmentation.strengths import STRENGTHS, Strength


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
    Takes (n, height, width, 3) with values 0..255, gives float32 of that shape with values 0..255.  Grey pictures,
    (n, height, width, 1), stay grey.  Edges are mirrored into the picture.  `draw` and `transform` are its two halves:
    what is drawn, and what it does to pictures.
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
        # TensorFlow would replace the sizes of a second shape of pictures by unknown ones; so each has its own.
        self._changed = cache(lambda _shape: _compiled(self.change) if compiled else self.change)

    def call(self, pictures, training=False):
        """Return the changed pictures in training, the same pictures, as float32, otherwise.

        Raises
        ------
        ValueError
            If they have another shape than pictures have.
        """
        check_pictures(pictures, sizes_known=bool(training))
        if not training:
            return ops.cast(pictures, "float32")
        state = ops.cast(self.generator.next(), "int32")
        return self._changed(tuple(pictures.shape[1:]))(pictures, state[0], state[1])

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
            (n, height, width, 3), values 0..255; or 1 channel, whose white balance does not change.
        drawn
            What `draw` gives; (n,) numbers each.

        Returns
        -------
        Of the shape of `pictures`, float32.
        """
        colours = ("red", "green", "blue")[: pictures.shape[-1]]
        drawn = {name: ops.reshape(ops.cast(value, "float32"), (-1, 1, 1, 1)) for name, value in drawn.items()}
        values = ops.cast(pictures, "float32")
        if self.strength.blur:
            values = _with_neighbours(_with_neighbours(values, drawn["blur"], axis=1), drawn["blur"], axis=2)
        gain = 1 + ops.concatenate([drawn[name] for name in colours], axis=-1) if len(colours) == 3 else 1.0
        mean = ops.mean(values, axis=(1, 2), keepdims=True)  # of the whole picture: the geometry hardly changes it
        factor = 1 + drawn["contrast"]
        values = self._moved(values, drawn)
        values = values * (gain * factor) + (gain * mean * (1 - factor) + 255 * drawn["brightness"])
        if self.strength.noise:
            values = values + 255 * drawn["noise"] * noise(ops.shape(values), drawn["pattern"])
        if self.strength.erased:
            colour = ops.concatenate([drawn[f"cover_{name}"] for name in colours], axis=-1)
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


def _with_neighbours(values, share, axis: int):
    """Return values mixed with their two neighbours along an axis; edges have themselves for a neighbour."""
    before = ops.take(values, ops.maximum(ops.arange(values.shape[axis]) - 1, 0), axis=axis)
    after = ops.take(values, ops.minimum(ops.arange(values.shape[axis]) + 1, values.shape[axis] - 1), axis=axis)
    return values * (1 - 2 * share) + share * (before + after)
