"""Made-up pictures for tests of augmentation, and what a layer makes of them in training."""

import numpy as np


def pictures(n: int = 8) -> np.ndarray:
    """Made-up pictures: smooth, coloured, each different, left unlike right."""
    row, column = np.mgrid[:32, :32] / 31
    random = np.random.default_rng(0)
    colours = random.uniform(0, 90, (2, n, 1, 1, 3))
    return (60 + colours[0] * row[..., np.newaxis] + colours[1] * np.square(column[..., np.newaxis])).astype("float32")


def changed(layer, images: np.ndarray) -> np.ndarray:
    import keras  # not before `environment.setup`

    return keras.ops.convert_to_numpy(layer(images, training=True))
