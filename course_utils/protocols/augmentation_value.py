"""Train a small network with and without augmentation, from few pictures of each person: lesson 04's protocol.

Used by `notebooks/04_data_augmentation.ipynb` and `benchmarks/augmentation_value.py`, which says what is measured.
"""

from __future__ import annotations

import functools
from dataclasses import asdict, dataclass

import keras
import numpy as np

from course_utils import augmentation, metrics, training
from course_utils.datasets import FaceDataset

SIZE = 24  # pixels along a side
PEOPLE, TEST_PICTURES = 20, 4
PICTURES = (4, 8, 16)
SEEDS = range(6)
STEPS, FEWER_STEPS = 2400, 300
RATE, BATCH_SIZE = 0.002, 16
WITHOUT, WITH = "none", "medium"


@dataclass(frozen=True)
class Case:
    """What a row of the table is about.

    Attributes
    ----------
    changes : str
        The augmentation, by the names of `layer_for`.
    pictures : int
        How many training pictures there are of each person.
    people : int
        How many people the network learns to tell apart.
    steps : int
        How long it trains.
    """

    changes: str
    pictures: int
    people: int = PEOPLE
    steps: int = STEPS


CASES = (
    *(Case(changes, pictures) for pictures in PICTURES for changes in (WITHOUT, WITH)),
    Case("mirror alone", 16),
    *(Case(changes, 16, steps=FEWER_STEPS) for changes in (WITHOUT, WITH)),
)


def layer_for(changes: str) -> keras.layers.Layer | None:
    """Return a new layer that changes pictures, or None for "none"."""
    if changes == WITHOUT:
        return None
    if changes == "mirror alone":
        nothing = dict.fromkeys(vars(augmentation.STRENGTHS["light"]), 0.0)
        return augmentation.FaceAugmentation(augmentation.Strength(**nothing), mirror=True)
    return augmentation.face_pipeline(changes)


def network(changes: str, people: int) -> keras.Model:
    """Build a small network that says who of the people it is; its last layer but one gives 64 numbers for a face."""
    pictures, layer = keras.Input((SIZE, SIZE, 3)), layer_for(changes)
    values = pictures if layer is None else layer(pictures)
    values = keras.layers.Rescaling(1 / 127.5, offset=-1)(values)
    for channels in (8, 16, 32):
        values = keras.layers.Conv2D(channels, 3, padding="same", use_bias=False)(values)
        values = keras.layers.BatchNormalization(momentum=0.9)(values)
        values = keras.layers.ReLU()(values)
        values = keras.layers.MaxPooling2D(2)(values)
    values = keras.layers.Flatten()(values)
    embedding = keras.layers.Dense(64, name="embedding")(values)
    answers = keras.layers.Dense(people, activation="softmax")(keras.layers.ReLU()(embedding))
    return keras.Model(pictures, answers)


def drawn_order(count: int, seed: int, steps: int) -> np.ndarray:
    """Return batches of indices of pictures, as one list: each picture comes again in a new order."""
    random = np.random.default_rng(seed)
    rounds = -(-steps * BATCH_SIZE // count)
    return np.concatenate([random.permutation(count) for _ in range(rounds)])[: steps * BATCH_SIZE]


class Trainee:
    """A network that is compiled once and trained from the start for every seed.

    Parameters
    ----------
    changes : str
        The augmentation, by the names of `layer_for`.
    people : int
        How many people it tells apart.
    steps : int
        How long it trains; the learning rate falls to 0 by cosine decay (lesson 03).
    """

    def __init__(self, changes: str, people: int = PEOPLE, steps: int = STEPS):
        self.steps = steps
        make = functools.partial(network, changes, people)
        keras.utils.set_random_seed(0)
        self.model = make()
        self.embed = keras.Model(self.model.inputs, self.model.get_layer("embedding").output)
        rate = keras.optimizers.schedules.CosineDecay(RATE, steps)
        self.model.compile(
            optimizer=keras.optimizers.Adam(rate), loss="sparse_categorical_crossentropy", steps_per_execution=30
        )
        self._starts = training.FreshStarts(make, self.model)

    def train(self, faces: FaceDataset, seed: int) -> Trainee:
        """Forget everything, and train."""
        self._starts.begin(seed)
        order = drawn_order(len(faces), seed, self.steps)
        self.model.fit(faces.images[order], faces.labels[order], batch_size=BATCH_SIZE, shuffle=False, verbose=0)
        return self

    def accuracy(self, faces: FaceDataset) -> float:
        """Return the fraction of pictures that get the right name."""
        return float(np.mean(self.model.predict(faces.images, verbose=0).argmax(axis=1) == faces.labels))

    def averaged_accuracy(self, faces: FaceDataset) -> float:
        """Return the same for the mean answer over changed copies of each picture."""
        answers = [self.model.predict(copy, verbose=0) for copy in copies(faces.images)]
        return float(np.mean(np.mean(answers, axis=0).argmax(axis=1) == faces.labels))

    def equal_error_rate(self, faces: FaceDataset) -> float:
        """Return the equal error rate of all pairs, compared by the cosine of their embeddings."""
        embeddings = self.embed.predict(faces.images, verbose=0)
        first, second, mated = metrics.all_pairs(faces.labels)
        return metrics.equal_error_rate(metrics.cosine_similarity(embeddings, first, second), mated)


def copies(images: np.ndarray, shift: int = 1) -> list[np.ndarray]:
    """Return test pictures as they are, moved to each side, and all of these mirrored: ten copies."""
    padded = np.pad(images, ((0, 0), (shift, shift), (shift, shift), (0, 0)), mode="edge")
    places = [(shift, shift), (0, shift), (2 * shift, shift), (shift, 0), (shift, 2 * shift)]
    height, width = images.shape[1:3]
    moved = [padded[:, top : top + height, left : left + width] for top, left in places]
    return moved + [picture[:, :, ::-1] for picture in moved]


@dataclass(frozen=True)
class Parts:
    """The pictures of one training: to learn from, other pictures of the same people, and new people."""

    train: FaceDataset
    test: FaceDataset
    new: FaceDataset


def parts(faces: FaceDataset, case: Case, seed: int) -> Parts:
    """Deal people and pictures: no two seeds have a person in common, neither among the known nor among the new.

    The new people of a seed are the known ones of the next.  A larger number of pictures includes the smaller, and
    fewer people are some of the more.
    """
    people = np.random.default_rng(0).permutation(len(faces.names))
    known = people[seed * PEOPLE :][: case.people]
    new = np.take(people, np.arange(PEOPLE) + (seed + 1) * PEOPLE, mode="wrap")
    random = np.random.default_rng(seed)
    orders = [random.permutation(np.flatnonzero(faces.labels == person)) for person in known]
    train = np.concatenate([order[TEST_PICTURES:][: case.pictures] for order in orders])
    test = np.concatenate([order[:TEST_PICTURES] for order in orders])
    return Parts(
        faces.subset(train).renumber(), faces.subset(test).renumber(), faces.subset(np.isin(faces.labels, new))
    )


@functools.cache
def _trainee(changes: str, people: int, steps: int) -> Trainee:
    return Trainee(changes, people, steps)


def measure(faces: FaceDataset, case: Case, seed: int) -> dict[str, float]:
    """Train once and return the scores, each a fraction."""
    dealt = parts(faces, case, seed)
    trained = _trainee(case.changes, case.people, case.steps).train(dealt.train, seed)
    return {
        "training": trained.accuracy(dealt.train),
        "accuracy": trained.accuracy(dealt.test),
        "averaged": trained.averaged_accuracy(dealt.test),
        "new_people_eer": trained.equal_error_rate(dealt.new),
    }


def row(case: Case, runs: list[dict[str, float]]) -> dict:
    """Return a row of the table as it is stored."""
    return {**asdict(case), "runs": [{name: round(score, 4) for name, score in run.items()} for run in runs]}
