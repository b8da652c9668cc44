"""What augmentation buys: who of 20 people, for 1 to 16 training pictures of each, with it and without; and what not.

Run it from the repository: ``python -m benchmarks.augmentation_value``; it takes about eight minutes of one core.
Lesson 04 shows the result.  Everything happens on rendered people.  Each seed takes other people, other pictures of
them, other initial weights; with and without augmentation share all of these.  Each training has the same number of
steps, whatever the number of pictures.  The strengths were not tuned on these scores.

Parts of the table, by ``part``:

- ``pictures``: accuracy on four other pictures of each of 20 people, and the equal error rate on 20 new people, for
  different numbers of training pictures; also with the answers averaged over changed copies of each test picture.
- ``people``: the equal error rate on the same new people, for different numbers of people with four pictures each.
- ``steps``: accuracy with 16 pictures of each of 20 people, after fewer steps.
- ``changes``: accuracy with eight pictures of each of 20 people, by what is changed.
"""

from course_utils import environment

environment.setup()

import keras
import numpy as np

from course_utils import augmentation, metrics, results
from course_utils.datasets import FaceDataset, load_faces

SIZE = 24  # pixels along a side
PEOPLE, PICTURES, TEST_PICTURES = 20, (1, 2, 4, 8, 16), 4
CROWDS, OF_EACH = (5, 20, 80), 4
SEEDS = range(5)
STEPS, FEWER_STEPS, BATCH_SIZE = 1500, (300,), 16
WITHOUT, WITH = "none", "medium"
INTERVALS = {"student_t": ["mean"]}
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


def row(runs: list[float], **what) -> dict:
    """Return a row of the table, and print it with its mean and interval."""
    stored = {**what, "runs": [round(value, 4) for value in runs]}
    shown = results.complete(stored, INTERVALS)
    print(*what.values(), f"{shown['mean']:.3f}  [{shown['low']:.3f}, {shown['high']:.3f}]", sep="  ", flush=True)
    return stored


def measure_pictures(faces, new, changes: str, pictures: int, trainee: Trainee) -> list[dict]:
    """Train with a number of pictures of each person; return rows."""
    scores = []
    for seed in SEEDS:
        train, test = parts(faces, PEOPLE, pictures, seed)
        trainee.train(train.images, train.labels, seed)
        scores.append(
            {
                "accuracy": trainee.accuracy(test.images, test.labels),
                "accuracy, averaged over copies": trainee.averaged_accuracy(test.images, test.labels),
                "new people: equal error rate": trainee.equal_error_rate(new),
            }
        )
    what = {"part": "pictures", "changes": changes, "people": PEOPLE, "pictures": pictures}
    return [row([score[name] for score in scores], **what, measure=name) for name in scores[0]]


def scores_of_changes(faces, trainee: Trainee, pictures: int, steps: int = STEPS) -> list[float]:
    """Return the accuracy on other pictures of the same people, for every seed."""
    scores = []
    for seed in SEEDS:
        train, test = parts(faces, PEOPLE, pictures, seed)
        trainee.train(train.images, train.labels, seed, steps)
        scores.append(trainee.accuracy(test.images, test.labels))
    return scores


def found(rows: list[dict], **what) -> list[float]:
    """Return the runs of a row that was measured already: the same seeds trained the same networks."""
    return next(row["runs"] for row in rows if what.items() <= row.items())


def main() -> None:
    """Measure, print and store the table."""
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        tf.config.threading.set_intra_op_parallelism_threads(1)  # faster for so small a network, and repeats itself
        tf.config.threading.set_inter_op_parallelism_threads(1)
    faces = load_faces("rendered", split="train", size=SIZE)
    new = load_faces("rendered", split="dev", people=20, pictures=10, size=SIZE)
    rows = []
    for changes in (WITHOUT, WITH):
        trainee = Trainee(CHANGES[changes], PEOPLE)
        for pictures in PICTURES:
            rows += measure_pictures(faces, new, changes, pictures, trainee)
        for steps in FEWER_STEPS:
            runs = scores_of_changes(faces, trainee, PICTURES[-1], steps)
            rows.append(
                row(runs, part="steps", changes=changes, pictures=PICTURES[-1], steps=steps, measure="accuracy")
            )
    error, same = "new people: equal error rate", {"part": "pictures", "people": PEOPLE}
    for people in CROWDS:
        for changes in (WITHOUT, WITH):
            what = {"part": "people", "changes": changes, "people": people, "pictures": OF_EACH, "measure": error}
            if people == PEOPLE:
                runs = found(rows, **same, changes=changes, pictures=OF_EACH, measure=error)
            else:
                trainee, runs = Trainee(CHANGES[changes], people), []
                for seed in SEEDS:
                    train, _test = parts(faces, people, OF_EACH, seed)
                    trainee.train(train.images, train.labels, seed)
                    runs.append(trainee.equal_error_rate(new))
            rows.append(row(runs, **what))
    for changes, make in CHANGES.items():
        if changes in (WITHOUT, WITH):
            runs = found(rows, **same, changes=changes, pictures=8, measure="accuracy")
        else:
            runs = scores_of_changes(faces, Trainee(make, PEOPLE), pictures=8)
        rows.append(row(runs, part="changes", changes=changes, people=PEOPLE, pictures=8, measure="accuracy"))
    results.store("augmentation_value", rows, INTERVALS)


if __name__ == "__main__":
    main()
