"""Compute the same weights with fewer bits: other floating-point types, and whole numbers in a LiteRT file.

LiteRT is the new name of TensorFlow Lite, the format for phones and small chips.  `litert_file` needs TensorFlow; what
it makes is run by the package ``ai_edge_litert`` where that is installed, by TensorFlow's own interpreter otherwise.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable

import keras
import numpy as np

from course_utils.environment import quiet_stderr


def in_type(build: Callable[[], keras.Model], weights: list[np.ndarray], dtype: str) -> keras.Model:
    """Return a network that computes in another floating-point type, with given weights cast to it.

    Parameters
    ----------
    build : callable
        Builds the network, such as `models.embedding_network`.  Layers for which it names a type keep that type.
    weights : list of ndarray
        As `get_weights` returns them.
    dtype : str
        "float32", "bfloat16" or "float16".
    """
    usual = keras.config.dtype_policy()
    keras.config.set_dtype_policy(dtype)
    try:
        network = build()
    finally:
        keras.config.set_dtype_policy(usual)
    network.set_weights(weights)
    return network


def litert_file(network: keras.Model, pictures: int, examples: np.ndarray | None = None) -> bytes:
    """Return a network as a LiteRT file: in float32, or with examples in int8.

    In int8, weights and values between the layers are whole numbers from -128 to 127.  A weight is its whole number
    times a scale; a value is shifted too.  The examples say how large the values become, so that the scales fit: with
    other examples, the outputs drift in another way.  Input and output of the file stay float32.

    Parameters
    ----------
    network : keras.Model
        Takes one input (n, height, width, channels).
    pictures : int
        Of one call.  The file is made for this number.
    examples : ndarray, shape (at least `pictures`, height, width, channels), optional
        Pictures like those that the network will see, but not those that it is tested on.

    Raises
    ------
    ValueError
        If there are fewer examples than pictures of a call.
    """
    import tensorflow as tf

    inputs = keras.Input(batch_shape=(pictures, *network.inputs[0].shape[1:]))
    converter = tf.lite.TFLiteConverter.from_keras_model(keras.Model(inputs, network(inputs)))
    if examples is not None:
        if len(examples) < pictures:
            raise ValueError(f"{len(examples)} examples are fewer than one call takes, {pictures}.")
        starts = range(0, len(examples) - pictures + 1, pictures)
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: (
            [examples[start : start + pictures].astype("float32")] for start in starts
        )
    with warnings.catch_warnings(), quiet_stderr(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # that input and output stay float32 is meant
        return converter.convert()


class LiteRT:
    """Run a LiteRT file as a network: call it with pictures, get its outputs.

    Parameters
    ----------
    content : bytes
        As `litert_file` returns it.
    threads : int
        How many processor cores may work.
    """

    def __init__(self, content: bytes, threads: int = 1):
        with warnings.catch_warnings(), quiet_stderr():
            warnings.simplefilter("ignore")  # TensorFlow's own interpreter says that it will be moved
            self._interpreter = _interpreter_class()(model_content=content, num_threads=threads)
            self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]
        self._output = self._interpreter.get_output_details()[0]
        self.pictures = int(self._input["shape"][0])

    def __call__(self, images: np.ndarray) -> np.ndarray:
        """Return the outputs (n, outputs) of pictures (n, height, width, channels).

        Raises
        ------
        ValueError
            If n is no multiple of the number of pictures that the file was made for.
        """
        if len(images) % self.pictures:
            raise ValueError(f"The file takes {self.pictures} pictures at a time; {len(images)} is no multiple of it.")
        outputs = []
        for start in range(0, len(images), self.pictures):
            self._interpreter.set_tensor(self._input["index"], images[start : start + self.pictures].astype("float32"))
            self._interpreter.invoke()
            outputs.append(self._interpreter.get_tensor(self._output["index"]).copy())
        return np.concatenate(outputs)


def _interpreter_class():
    """Return the interpreter of `ai_edge_litert`, or TensorFlow's own where that package is not installed."""
    try:
        from ai_edge_litert.interpreter import Interpreter
    except ImportError:
        import tensorflow as tf

        return tf.lite.Interpreter
    return Interpreter
