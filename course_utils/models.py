"""Networks of the course, in Keras 3 layers only, so that they run on TensorFlow, JAX and PyTorch alike."""

from __future__ import annotations

import keras


def article_network(image_shape: tuple[int, int, int], outputs: int = 1) -> keras.Model:
    """Build the article's network, made to take pictures as they are stored.

    Built step by step in `notebooks/05_full_pipeline.ipynb`; a test holds the two together.  The article's layers
    follow two of our own, which scale 0..255 to 0..1 and resize to the 64 x 64 pixels that the article expects: they
    are part of the model, hence saved with it, so that nobody can forget them when the model is used.

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
    """
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
