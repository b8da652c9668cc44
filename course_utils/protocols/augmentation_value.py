"""Train a small network with and without augmentation, from few pictures of each person: lesson 04's protocol.

Used by `notebooks/04_data_augmentation.ipynb` and `benchmarks/augmentation_value.py`, which says what is measured.
"""

from __future__ import annotations

import keras
import numpy as np

from course_utils import augmentation, metrics
from course_utils.datasets import FaceDataset

SIZE = 24  # pixels along a side
PEOPLE, PICTURES, TEST_PICTURES = 20, (1, 2, 4, 8, 16), 4
CROWDS, OF_EACH = (5, 20, 80), 4
SEEDS = range(5)
STEPS, FEWER_STEPS, BATCH_SIZE = 1500, (300,), 16
WITHOUT, WITH = "none", "medium"
NOTHING = augmentation.Strength(**dict.fromkeys(vars(augmentation.STRENGTHS["light"]), 0.0))


def only(mirror: bool = False, **bounds: float) -> augmentation.FaceAugmentation:
    """Return the pipeline with these changes and no others."""
    return augmentation.FaceAugmentation(augmentation.Strength(**{**vars(NOTHING), **bounds}), mirror=mirror)


def part_of(strength: str, *names: str) -> dict[str, float]:
    """Return some of the bounds of a named strength."""
    return {name: getattr(augmentation.STRENGTHS[strength], name) for name in names}


CHANGES = {
    WITHOUT: lambda: None,
    "mirror alone": lambda: only(mirror=True),
    "turn, zoom, shift alone": lambda: only(**part_of("medium", "turn", "zoom", "stretch", "shift")),
    "brightness, contrast, balance alone": lambda: only(**part_of("medium", "brightness", "contrast", "balance")),
    WITH: lambda: augmentation.face_pipeline(WITH),
    "strong": lambda: augmentation.face_pipeline("strong"),
    "Keras: RandomFlip()": lambda: keras.layers.RandomFlip(seed=0),
    "Keras: RandomHue(0.5)": lambda: keras.layers.RandomHue(0.5, value_range=(0, 255), seed=0),
}


def drawn_order(count: int, seed: int, steps: int) -> np.ndarray:
    """Return batches of indices of pictures, as one list: each picture comes again in a new order."""
    random = np.random.default_rng(seed)
    rounds = -(-steps * BATCH_SIZE // count)
    return np.concatenate([random.permutation(count) for _ in range(rounds)])[: steps * BATCH_SIZE]


def network(changes: keras.layers.Layer | None, people: int) -> keras.Model:
    """Build a small network that says who of the people it is; its last layer but one gives 64 numbers for a face."""
    pictures = keras.Input((SIZE, SIZE, 3))
    values = pictures if changes is None else changes(pictures)
    values = keras.layers.Rescaling(1 / 127.5, offset=-1)(values)
    for channels in (8, 16, 32):
        values = keras.layers.Conv2D(channels, 3, padding="same", use_bias=False)(values)
        values = keras.layers.BatchNormalization(momentum=0.9)(values)
        values = keras.layers.ReLU()(values)
        values = keras.layers.MaxPooling2D(2)(values)
    values = keras.layers.Dropout(0.3)(keras.layers.Flatten()(values))
    embedding = keras.layers.Dense(64, name="embedding")(values)
    answers = keras.layers.Dense(people, activation="softmax")(keras.layers.ReLU()(embedding))
    return keras.Model(pictures, answers)


class Trainee:
    """A network that is translated once and trained anew for every seed.

    Parameters
    ----------
    make_changes
        Function that returns a layer of augmentation, or None.
    people
        How many it tells apart.
    """

    def __init__(self, make_changes, people: int):
        self.make_changes, self.people = make_changes, people
        self.model = self._fresh(0)
        self.embed = keras.Model(self.model.inputs, self.model.get_layer("embedding").output)
        self.model.compile(
            optimizer=keras.optimizers.Adam(0.002), loss="sparse_categorical_crossentropy", steps_per_execution=30
        )
        self.model.optimizer.build(self.model.trainable_variables)
        self.optimizer_start = [
            np.array(keras.ops.convert_to_numpy(variable)) for variable in self.model.optimizer.variables
        ]

    def _fresh(self, seed: int) -> keras.Model:
        keras.utils.set_random_seed(seed)
        return network(self.make_changes(), self.people)

    def train(self, images: np.ndarray, labels: np.ndarray, seed: int, steps: int = STEPS) -> None:
        """Start anew and train."""
        for variable, value in zip(self.model.variables, self._fresh(seed).variables, strict=True):
            variable.assign(value)
        for variable, value in zip(self.model.optimizer.variables, self.optimizer_start, strict=True):
            variable.assign(value)
        order = drawn_order(len(images), seed, steps)
        self.model.fit(images[order], labels[order], batch_size=BATCH_SIZE, shuffle=False, verbose=0)

    def accuracy(self, images: np.ndarray, labels: np.ndarray) -> float:
        """Return the share of pictures that get the right name."""
        return float(np.mean(self.model.predict(images, verbose=0).argmax(axis=1) == labels))

    def averaged_accuracy(self, images: np.ndarray, labels: np.ndarray) -> float:
        """Return the same for the mean answer over changed copies of each picture."""
        answers = [self.model.predict(copy, verbose=0) for copy in copies(images)]
        return float(np.mean(np.mean(answers, axis=0).argmax(axis=1) == labels))

    def equal_error_rate(self, faces: FaceDataset) -> float:
        """Return the equal error rate of all pairs, compared by the cosine of their embeddings."""
        embeddings = self.embed.predict(faces.images, verbose=0)
        first, second, mated = metrics.all_pairs(faces.labels)
        return metrics.equal_error_rate(metrics.cosine_similarity(embeddings, first, second), mated)


def copies(images: np.ndarray, shift: int = 1) -> list[np.ndarray]:
    """Return test pictures as they are, moved to each side, and all of these mirrored: ten copies."""
    padded = np.pad(images, ((0, 0), (shift, shift), (shift, shift), (0, 0)), mode="edge")
    places = [(shift, shift), (0, shift), (2 * shift, shift), (shift, 0), (shift, 2 * shift)]
    moved = [padded[:, top : top + SIZE, left : left + SIZE] for top, left in places]
    return moved + [picture[:, :, ::-1] for picture in moved]


def parts(faces: FaceDataset, people: int, pictures: int, seed: int) -> tuple[FaceDataset, FaceDataset]:
    """Draw people and their training pictures; a larger number of pictures includes the smaller.

    Returns
    -------
    (train, test)
        `pictures` and `TEST_PICTURES` pictures of each, labels from 0.
    """
    random = np.random.default_rng(seed)
    chosen = random.permutation(len(faces.names))[:people]
    orders = [random.permutation(np.flatnonzero(faces.labels == person)) for person in chosen]
    train = faces.subset(np.concatenate([order[TEST_PICTURES:][:pictures] for order in orders]))
    test = faces.subset(np.concatenate([order[:TEST_PICTURES] for order in orders]))
    return train.renumber(), test.renumber()
