"""Train the article's network, as lesson 05 does step by step."""

from __future__ import annotations

import keras

from course_utils import models
from course_utils.training.batches import Batches


def train_network(train, validation, outputs: int = 1, epochs: int = 10, seed: int = 0, callbacks=()):
    """Build, compile and fit the article's network, as lesson 05 does step by step.

    Parameters
    ----------
    train, validation
        `FaceDataset`s: the pictures to learn from, and those to watch progress on.  Without the latter (None), the
        history covers the training pictures only.
    outputs
        1 for a yes/no question (labels 0 and 1), k for "which of k people?" (labels 0 to k - 1).
    epochs
        Passes over the training pictures.
    seed
        Decides the initial weights, dropout and the order of the batches.
    callbacks
        Keras callbacks, such as a progress bar.

    Returns
    -------
    (model, history)
        The fitted `keras.Model`, and a dict with one list per metric, one value per epoch.
    """
    keras.utils.set_random_seed(seed)
    model = models.article_network(train.images.shape[1:], outputs)
    loss = "binary_crossentropy" if outputs == 1 else "sparse_categorical_crossentropy"
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    history = model.fit(
        Batches(train.images, train.labels, batch_size=32, seed=seed),
        epochs=epochs,
        validation_data=None if validation is None else (validation.images, validation.labels),
        callbacks=list(callbacks),
        verbose=0,
    )
    return model, history.history
