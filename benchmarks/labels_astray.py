"""Five trainings whose labels do not fit the loss, or the pictures: the printouts of exercise 2.4.

Run it from the repository: ``python -m benchmarks.labels_astray``; it takes a minute on two cores.  The exercise shows
the stored printouts: they are told apart by their numbers, which differ a little on another machine.
"""

from course_utils import environment

environment.setup()

from collections.abc import Callable

import keras
import numpy as np
from keras import layers

from course_utils import results, training
from course_utils.datasets import FaceDataset, load_faces

SEED, SIZE = 0, 32  # pixels
PEOPLE = 40


def network(last: Callable[[], list[layers.Layer]]) -> keras.Model:
    """Return a small network for pictures, with last layers that are made here, after the seed that they draw from."""
    keras.utils.set_random_seed(SEED)
    convolutions = [layers.Conv2D(width, 3, strides=2, padding="same", activation="relu") for width in (16, 32)]
    return keras.Sequential(
        [keras.Input((SIZE, SIZE, 3)), layers.Rescaling(1 / 255), *convolutions, layers.Flatten(), *last()]
    )


def fit(model: keras.Model, images: np.ndarray, labels: np.ndarray, loss, epochs: int, rate: float = 1e-3) -> dict:
    """Train and return the history: the loss, and the accuracy where there are classes."""
    metrics = [] if loss is each_with_each else ["accuracy"]
    model.compile(optimizer=keras.optimizers.Adam(rate), loss=loss, metrics=metrics)
    batches = training.Batches(images, labels, batch_size=40, seed=SEED)
    return model.fit(batches, epochs=epochs, callbacks=[training.progress_bar()], verbose=0).history


def each_with_each(truth, answer):
    """Return the squared error as one writes it with NumPy in mind: (n,) less (n, 1) is (n, n)."""
    return keras.ops.mean(keras.ops.square(keras.ops.reshape(truth, (-1,)) - answer))


def said(history: dict, name: str, *epochs: int, digits: int = 3) -> str:
    """Return a value of some epochs, counted from one, in words."""
    values = ", ".join(f"{history[name][epoch - 1]:.{digits}f}" for epoch in epochs)
    return f"{name} {values} in epoch{'s' if len(epochs) > 1 else ''} {', '.join(map(str, epochs))}"


def forty(faces: FaceDataset) -> list[str]:
    """Train with the numbers of people as the labels of a yes-or-no loss."""
    model = network(lambda: [layers.Dense(1, activation="sigmoid")])
    history = fit(model, faces.images, faces.labels, "binary_crossentropy", epochs=3)
    return [
        f"{len(faces)} pictures of {PEOPLE} people",
        said(history, "loss", 1, 2, 3, digits=1),
        said(history, "accuracy", 1, 2, 3),
    ]


def glasses(faces: FaceDataset) -> list[str]:
    """Train with a softmax behind a single unit."""
    wears = (faces.attributes["glasses"] != "none").to_numpy().astype("float32")
    model = network(lambda: [layers.Dense(1, activation="softmax")])
    history = fit(model, faces.images, wears, "binary_crossentropy", epochs=6)
    answers = np.unique(model.predict(faces.images, verbose=0))
    return [
        f"{len(faces)} pictures, {wears.mean():.1%} of them with glasses: yes or no?",
        said(history, "accuracy", *range(1, 7)),
        f"all answers after that: {', '.join(f'{answer:.1f}' for answer in answers)}",
    ]


def four(faces: FaceDataset) -> list[str]:
    """Train with probabilities taken for logits; the last layer hides the softmax, which Keras would notice."""
    some = faces.subset(faces.labels < 4)
    model = network(lambda: [layers.Dense(4, activation="softmax"), layers.Reshape((4,))])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    history = fit(model, some.images, some.labels, loss, epochs=60, rate=3e-3)
    answers = model.predict(some.images, verbose=0)
    right, certain = np.sum(answers.argmax(axis=1) == some.labels), np.sum(answers.max(axis=1) > 0.99)
    return [
        f"{len(some)} pictures of 4 people",
        said(history, "loss", 1, 20, 40, 60),
        f"{right} of the {len(some)} answers are right; {certain} answers give one person more than 0.99",
    ]


def crowd(faces: FaceDataset) -> list[str]:
    """Train with labels that belong to other pictures."""
    shuffled = np.random.default_rng(SEED).permutation(faces.labels)
    histories = [
        fit(network(lambda: [layers.Dense(PEOPLE, activation="softmax")]), faces.images, labels,
            "sparse_categorical_crossentropy", epochs=6)
        for labels in (shuffled, faces.labels)
    ]  # fmt: skip
    return [
        f"{len(faces)} pictures of {PEOPLE} people",
        said(histories[0], "loss", 1, 3, 6, digits=2),
        said(histories[0], "accuracy", 1, 3, 6),
        f"the same network and pictures, with labels from another file: {said(histories[1], 'loss', 6, digits=2)}",
    ]


def ages(faces: FaceDataset) -> list[str]:
    """Train with labels (n,) and answers (n, 1) combined each with each."""
    years = faces.attributes["age"].to_numpy("float32")
    model = network(lambda: [layers.Dense(1)])
    history = fit(model, faces.images, years, each_with_each, epochs=60)
    answers = model.predict(faces.images, verbose=0)
    return [
        f"{len(faces)} pictures; the ages of the people have the mean {years.mean():.1f} and the variance "
        f"{years.var():.1f}",
        "squared error: " + said(history, "loss", 1, 10, 20, 60, digits=1),
        f"all answers lie between {answers.min():.0f} and {answers.max():.0f}",
    ]


RUNS = {"forty": forty, "glasses": glasses, "four": four, "crowd": crowd, "ages": ages}


def main() -> None:
    """Train, print and store the printouts."""
    faces = load_faces("rendered", people=PEOPLE, size=SIZE)
    rows = [{"run": name, "printed": run(faces)} for name, run in RUNS.items()]
    for row in rows:
        print(row["run"], *row["printed"], sep="\n  ")
    results.store("labels_astray", rows)


if __name__ == "__main__":
    main()
