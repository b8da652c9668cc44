"""A tiny training in which everything has a state, and what it ends with, to be compared bit for bit."""

import numpy as np

STEPS, EPOCHS = 5, 4


def make(batch_size=4, seed=5, optimizer="Adam", classes=10, steps_per_execution=1, people=False):
    """Return a compiled model and its batches: the same ones whenever they are made."""
    import keras

    from course_utils import augmentation
    from course_utils.training import Batches, PeopleBatches

    keras.utils.set_random_seed(3)
    images = np.random.default_rng(0).integers(0, 255, (20, 8, 8, 3)).astype("uint8")
    labels = np.arange(20) % 10
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            augmentation.RandomNoise(seed=1),
            keras.layers.RandomFlip(seed=4),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(4, 3, strides=2, use_bias=False),
            keras.layers.BatchNormalization(momentum=0.9),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(classes),
        ]
    )
    rate = keras.optimizers.schedules.CosineDecay(0.02, 40)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = getattr(keras.optimizers, optimizer)(rate)
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"], steps_per_execution=steps_per_execution)
    if people:
        return model, PeopleBatches(images, labels, people=2, pictures=2, seed=seed)
    return model, Batches(images, labels, batch_size=batch_size, seed=seed)


def train(resume=None, callbacks=(), epochs=EPOCHS, **options):
    """Train, from the beginning or from a checkpoint, and return all that the training ends with, by name.

    Parameters
    ----------
    resume
        Function that takes the batches and returns a callback.
    callbacks
        Further callbacks.
    epochs
        Passes over the pictures.
    **options
        Of `make`.
    """
    model, batches = make(**options)
    watched = batches.images[:7], batches.labels[:7]
    callbacks = [*([resume(batches)] if resume else []), *callbacks]
    history = model.fit(batches, epochs=epochs, validation_data=watched, shuffle=False, verbose=0, callbacks=callbacks)
    found = {f"{variable.name} {number}": variable.numpy() for number, variable in enumerate(model.variables)}
    found |= {f"optimizer {number}": value.numpy() for number, value in enumerate(model.optimizer.variables)}
    found |= {f"history of {name}": np.array(values) for name, values in history.history.items()}
    return found | {"epochs": np.array(history.epoch)}


def differences(one, other):
    """Return the names of what is not equal bit for bit."""
    return sorted(name for name in one.keys() | other.keys() if not _same(one.get(name), other.get(name)))


def _same(one, other):
    if one is None or other is None:
        return False
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()


def interrupt(epoch, step):
    """Return a callback that ends `fit` when a step of an epoch is done, both counted from 0."""
    import keras

    class Interrupt(keras.callbacks.Callback):
        def on_epoch_begin(self, number, logs=None):
            self.epoch = number

        def on_train_batch_end(self, batch, logs=None):
            if (self.epoch, batch) == (epoch, step):
                raise KeyboardInterrupt

    return Interrupt()


def interrupted_and_not(folder):
    """Return what a training that is interrupted, and continued in the middle of an epoch, ends with; and another."""
    from course_utils.training import Resume

    def resume(batches):
        return Resume(batches, folder, every=2)

    try:
        train(resume, [interrupt(1, 3)])
    except KeyboardInterrupt:
        return train(resume), train()
    raise AssertionError("The training was not interrupted.")
