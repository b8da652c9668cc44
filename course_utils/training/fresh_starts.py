"""Put a compiled model back to the beginning of a run."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np


class FreshStarts:
    """Put a compiled model back to the beginning of a run, whatever was trained with it before.

    Keras translates the training step of each compiled model once, which takes longer than a short training.  So one
    model serves for all runs.

    Parameters
    ----------
    make : Callable
        Builds a new network; its weights follow from the seed that is set before.
    model : keras.Model
        What `make` returned once, compiled; it has not taken any training step.
    """

    def __init__(self, make: Callable[[], keras.Model], model: keras.Model):
        self.make, self.model = make, model
        model.optimizer.build(model.trainable_variables)
        self._memory = [np.array(keras.ops.convert_to_numpy(variable)) for variable in model.optimizer.variables]

    def begin(self, seed: int) -> None:
        """Give the model the weights of a new network with this seed, and reset the optimizer."""
        keras.utils.set_random_seed(seed)
        for variable, value in zip(self.model.variables, self.make().variables, strict=True):
            variable.assign(value)
        for variable, value in zip(self.model.optimizer.variables, self._memory, strict=True):
            variable.assign(value)
