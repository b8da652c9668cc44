"""Measure after each epoch how well a network compares people whom it does not learn from."""

from __future__ import annotations

import keras
import numpy as np

from course_utils import metrics


class VerificationError(keras.callbacks.Callback):
    """Measure after each epoch how well a network compares people whom it does not learn from: the equal error rate.

    The rate is among the epoch's logs under `NAME`, so Keras's own early stopping can watch it, if it comes later in
    the list: ``keras.callbacks.EarlyStopping(VerificationError.NAME, mode="min", patience=5,
    restore_best_weights=True)``.  A loss on these people would not do: a softmax has no output for them.

    Parameters
    ----------
    embedder : keras.Model
        Gives the embeddings; a part of the model that is trained, or that model.
    images : ndarray, shape (n, height, width, channels)
    labels : ndarray of int, shape (n,)
        The person in each picture; all pairs are compared.

    Raises
    ------
    ValueError
        If images and labels differ in number, or there are no two pictures of one person, or of two people.
    """

    NAME = "equal_error_rate"

    def __init__(self, embedder: keras.Model, images: np.ndarray, labels: np.ndarray):
        super().__init__()
        if len(images) != len(labels):
            raise ValueError(f"{len(images)} images but {len(labels)} labels: one label per image is needed.")
        self.embedder, self.images = embedder, images
        self.first, self.second, self.mated = metrics.all_pairs(labels)
        if self.mated.all() or not self.mated.any():
            raise ValueError("Both pairs of one person and pairs of two people are needed.")

    def on_epoch_end(self, epoch, logs=None):
        """Write the rate into the logs; Keras calls this."""
        embeddings = self.embedder.predict(self.images, batch_size=100, verbose=0)
        scores = metrics.cosine_similarity(embeddings, self.first, self.second)
        logs[self.NAME] = metrics.equal_error_rate(scores, self.mated)
