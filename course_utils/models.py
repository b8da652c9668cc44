"""Build the course's networks, from Keras 3 layers only, so that they run on TensorFlow, JAX and PyTorch."""

from __future__ import annotations

import keras

from course_utils import keras_settings


def article_network(image_shape: tuple[int, int, int], outputs: int = 1) -> keras.Model:
    """Build the article's network, made to take pictures as they are stored.

    Built step by step in `notebooks/05_full_pipeline.ipynb`; a test holds the two together.  The article's layers
    follow two of our own, which scale 0..255 to 0..1 and resize to the 64 x 64 pixels that the article expects: they
    are part of the model, so they are saved with it, and nobody can forget them when the model is used.

    Parameters
    ----------
    image_shape
        Height, width and channels (3) of the pictures, for instance ``faces.images.shape[1:]``.
    outputs
        1: one probability from a sigmoid, "is it a face?".
        k > 1: k probabilities from a softmax, "which of k people?".

    Returns
    -------
    keras.Model
        Takes (n, height, width, 3) with values 0..255, gives (n, outputs) with values 0..1.  Not compiled.

    Raises
    ------
    ValueError
        If the pictures do not have three channels, or `outputs` is not positive.
    RuntimeError
        If Keras is set to pictures with the channels first; `environment.setup` changes that.
    """
    keras_settings.require_channels_last()
    if len(image_shape) != 3 or image_shape[2] != 3:
        raise ValueError(f"image_shape must be (height, width, 3), as load_faces gives it, not {image_shape}")
    if outputs < 1:
        raise ValueError(f"outputs must be at least 1, not {outputs}")
    return keras.Sequential(
        [
            keras.Input(image_shape),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Resizing(64, 64),
            keras.layers.Conv2D(32, (3, 3), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (3, 3), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(128, (3, 3), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(outputs, activation="sigmoid" if outputs == 1 else "softmax"),
        ],
        name="article_network",
    )


def embedding_network(
    image_shape: tuple[int, int, int] = (64, 64, 3), width: int = 16, embedding_size: int = 128
) -> keras.Model:
    """Build a small residual network that turns a face into an embedding: numbers that are similar for one person.

    Three stages of two residual blocks each, at 28, 14 and 7 pixels, then one dense layer, which sees where in the
    face each feature lies: 1.1 million parameters.  The numbers of the embedding are normalised over a batch, without a
    learned scale, so that none outweighs the others.

    Parameters
    ----------
    image_shape
        Height, width and channels (3) of the pictures, for instance ``faces.images.shape[1:]``.  Best 64 x 64: other
        sizes are scaled to it, which costs time at every step.
    width
        Channels after the first convolution; the stages have 2, 4 and 6 times as many.
    embedding_size
        Numbers in an embedding.

    Returns
    -------
    keras.Model
        Takes (n, height, width, 3) with values 0..255, gives (n, embedding_size).  Compare embeddings by their cosine.
        Not compiled.

    Raises
    ------
    ValueError
        If the pictures do not have three channels, or a size is not positive.
    RuntimeError
        If Keras is set to pictures with the channels first; `environment.setup` changes that.

    Notes
    -----
    The network looks at the middle 56 x 56 of the 64 x 64 pixels: the border holds hair and background, and leaves room
    for augmentation to shift and turn the face without empty corners.

    The first convolution is normalised within each picture, not over the batch: that takes off what a camera, a light
    or a renderer does to all of a picture, before it can spread.  It was chosen on LFW's View 1, after training on
    rendered people.

    Source: K. He et al., Deep Residual Learning for Image Recognition, CVPR 2016, made small; dropout, a dense layer
    and batch normalisation at the end follow J. Deng et al., ArcFace, CVPR 2019; normalisation within a picture in the
    first layers, X. Pan et al., Two at Once: Enhancing Learning and Generalization Capacities via IBN-Net, ECCV 2018.
    """
    keras_settings.require_channels_last()
    if len(image_shape) != 3 or image_shape[2] != 3:
        raise ValueError(f"image_shape must be (height, width, 3), as load_faces gives it, not {image_shape}")
    if width < 1 or embedding_size < 1:
        raise ValueError(f"width and embedding_size must be at least 1, not {width} and {embedding_size}")
    pictures = keras.Input(image_shape)
    values = pictures
    if image_shape[:2] != (64, 64):
        values = keras.layers.Resizing(64, 64, antialias=True, dtype="float32")(values)
    values = keras.layers.CenterCrop(56, 56, dtype="float32")(values)
    values = keras.layers.Rescaling(1 / 127.5, offset=-1, dtype="float32")(values)
    values = keras.layers.Conv2D(width, 3, strides=2, padding="same", use_bias=False)(values)
    values = keras.layers.GroupNormalization(groups=-1)(values)  # instance normalisation: one channel, one picture
    values = keras.layers.ReLU()(values)
    for channels, strides in ((2, 1), (2, 1), (4, 2), (4, 1), (6, 2), (6, 1)):
        values = _residual_block(values, channels * width, strides)
    values = keras.layers.Flatten()(values)
    values = keras.layers.Dropout(0.2)(values)
    values = keras.layers.Dense(embedding_size, use_bias=False)(values)
    values = keras.layers.BatchNormalization(momentum=0.9, scale=False, dtype="float32")(values)
    return keras.Model(pictures, values, name="embedding_network")


def _normalised_convolution(values, channels: int, size: int, strides: int):
    """Convolve, then normalise over the batch; the normalisation's offset makes a bias superfluous."""
    values = keras.layers.Conv2D(channels, size, strides=strides, padding="same", use_bias=False)(values)
    return keras.layers.BatchNormalization(momentum=0.9)(values)


def _residual_block(values, channels: int, strides: int):
    """Two convolutions and, parallel to them, a shortcut that is the identity wherever the shape allows."""
    shortcut = values
    if strides > 1 or values.shape[-1] != channels:
        shortcut = _normalised_convolution(values, channels, size=1, strides=strides)
    values = _normalised_convolution(values, channels, size=3, strides=strides)
    values = keras.layers.ReLU()(values)
    values = _normalised_convolution(values, channels, size=3, strides=1)
    return keras.layers.ReLU()(keras.layers.Add()([values, shortcut]))
