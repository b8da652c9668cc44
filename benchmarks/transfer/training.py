"""Train the network of a recipe, or find it in the cache."""

import json
from dataclasses import asdict
from pathlib import Path

import keras
import numpy as np

from benchmarks.fingerprints import code_of, fingerprint
from benchmarks.transfer.people import SIZE
from benchmarks.transfer.recipe import Recipe
from course_utils import augmentation, losses, models, pretrained, training, whole_files
from course_utils.datasets import FaceDataset

# Read when this module is: a file that is edited while the benchmark runs is not what was run.
CODE = code_of(augmentation, losses.CosineLogits, losses.CosFace, models)


def build(n_people: int, recipe: Recipe, steps: int, seed: int) -> tuple[keras.Model, keras.Model]:
    """Return the network, and the same network as it is trained: augmentation before it, cosines after it."""
    keras.utils.set_random_seed(seed)
    keras.config.set_dtype_policy(recipe.precision)
    network = models.embedding_network((SIZE, SIZE, 3), width=recipe.width)
    keras.config.set_dtype_policy("float32")
    change = augmentation.transfer_pipeline(seed) if recipe.augmented else keras.layers.RandomFlip("horizontal")
    pictures = keras.Input((SIZE, SIZE, 3))
    trained = keras.Model(pictures, losses.CosineLogits(n_people)(network(change(pictures))))
    warm_up = max(1, steps // 20)
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - warm_up), warmup_target=recipe.learning_rate, warmup_steps=warm_up
    )
    trained.compile(
        optimizer=keras.optimizers.SGD(rate, momentum=0.9, nesterov=True, weight_decay=recipe.weight_decay),
        loss=losses.CosFace(recipe.margin, recipe.scale),
        metrics=["accuracy"],
    )
    return network, trained


def train(faces: FaceDataset, recipe: Recipe, seed: int, folder: Path) -> keras.Model:
    """Return the network trained on rendered faces, from `folder` if it was trained before.

    An interrupted training of the same pictures, recipe and seed goes on where its last whole epoch ended.
    """
    name = training_name(faces, recipe, seed)
    epochs = max(1, round(recipe.shown / len(faces)))
    batches = training.Batches(faces.images, faces.labels, batch_size=recipe.batch_size, seed=seed)
    network, trained = build(len(faces.names), recipe, steps=epochs * len(batches), seed=seed)
    weights = folder / f"{name}.weights.h5"
    if not weights.exists():
        folder.mkdir(parents=True, exist_ok=True)
        if recipe.start:
            network.set_weights(pretrained.load_network(recipe.start).get_weights())
        callbacks = [training.Resume(batches, folder / name), training.progress_bar()]
        history = trained.fit(batches, epochs=epochs, shuffle=False, callbacks=callbacks, verbose=0).history
        whole_files.write_text(folder / f"{name}.json", json.dumps(history) + "\n")
        with whole_files.replacing(weights) as part:
            network.save_weights(part)
    network.load_weights(weights)
    return network


def training_name(faces: FaceDataset, recipe: Recipe, seed: int) -> str:
    """Return a name that differs where pictures, people, recipe, seed, backend, first weights or the code differ."""
    start = pretrained.record()[recipe.start]["sha256"] if recipe.start else ""
    return fingerprint(faces, asdict(recipe), seed, CODE, start)


def untrained(faces: FaceDataset, recipe: Recipe, seed: int) -> keras.Model:
    """Return the network with random weights; only batch normalisation has seen pictures, rendered ones."""
    network, _ = build(len(faces.names), recipe, steps=1, seed=seed)
    order = np.random.default_rng(seed).permutation(len(faces))
    for start in range(0, min(len(faces), 40 * recipe.batch_size), recipe.batch_size):
        network(faces.images[order[start : start + recipe.batch_size]], training=True)
    return network
