"""A small network with given weights, and its Grad-CAM computed with NumPy alone."""

import numpy as np

SIDE, CHANNELS, UNITS, OUTPUTS = 4, 3, 5, 2


def weights() -> list[np.ndarray]:
    """Return kernel (1 x 1 convolution), hidden and last layer, the same at each call."""
    random = np.random.default_rng(3)
    shapes = ((1, 1, 3, CHANNELS), (SIDE * SIDE * CHANNELS, UNITS), (UNITS, OUTPUTS))
    return [random.normal(size=shape).astype("float32") for shape in shapes]


def pictures() -> np.ndarray:
    """Return two pictures of 4 x 4 pixels."""
    return np.random.default_rng(4).uniform(0, 1, (2, SIDE, SIDE, 3)).astype("float32")


def network():
    """Return the network: 1 x 1 convolution, dense with ReLU, dropout, normalisation, dense."""
    import keras

    model = keras.Sequential(
        [
            keras.Input((SIDE, SIDE, 3)),
            keras.layers.Conv2D(CHANNELS, 1, use_bias=False, name="features"),
            keras.layers.Flatten(),
            keras.layers.Dense(UNITS, activation="relu", use_bias=False),
            keras.layers.Dropout(0.9),
            keras.layers.BatchNormalization(epsilon=0.0, center=False, scale=False),
            keras.layers.Dense(OUTPUTS, use_bias=False),
        ]
    )
    kernel, hidden, last = weights()
    model.set_weights([kernel, hidden, np.zeros(UNITS), np.ones(UNITS), last])
    return model


def maps(output: int) -> np.ndarray:
    """Return the Grad-CAM of one output, (2, 4, 4): the chain rule, written out."""
    kernel, hidden, last = weights()
    features = pictures() @ kernel[0, 0]
    active = features.reshape(2, -1) @ hidden > 0
    gradients = ((active * last[:, output]) @ hidden.T).reshape(features.shape)
    counts = gradients.mean(axis=(1, 2), keepdims=True)
    return np.maximum((counts * features).sum(axis=-1), 0)
