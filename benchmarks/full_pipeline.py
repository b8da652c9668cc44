"""Lesson 05's network over several seeds: face or not, who is it, and are two the same; rendered people and real ones.

Run it from the repository: ``python -m benchmarks.full_pipeline``.  It needs Olivetti (downloaded on first use, or
found through the variable SCIKIT_LEARN_DATA) and takes about fifteen minutes on two cores.  Lesson 05 shows the result.
No choice is made on any test picture: the network and the numbers of epochs were fixed before the first run.
"""

from course_utils import environment

environment.setup()

import keras
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course_utils import results
from course_utils.datasets import FaceDataset, load_faces
from course_utils.metrics import equal_error_rate
from course_utils.training import train_network

SEEDS = range(5)
EPOCHS = {"lfw_subset": 10, "rendered": 25, "olivetti": 40}
INTERVALS = {"student_t": ["mean"]}


def pixels(faces: FaceDataset) -> np.ndarray:
    """Return the pictures as rows of numbers in 0..1, the input of the simple baselines."""
    return faces.images.reshape(len(faces), -1) / 255


def face_or_not(faces: FaceDataset, seed: int) -> dict[str, float]:
    """Score the network and a logistic regression on pixels, on the same 30 test pictures."""
    train, validation, test = faces.split(test_size=30, validation_size=30, seed=seed)
    model, _ = train_network(train, validation, epochs=EPOCHS["lfw_subset"], seed=seed)
    simple = LogisticRegression(max_iter=2000).fit(pixels(train), train.labels)
    return {
        "face or not, network": model.evaluate(test.images, test.labels, verbose=0)[1],
        "face or not, logistic regression on pixels": simple.score(pixels(test), test.labels),
    }


def who_is_it(people: FaceDataset, seed: int) -> dict[str, float]:
    """Closed-set identification: 40 people, half of the pictures of each to train on, half to test."""
    train, test = people.split(test_size=0.5, seed=seed)
    model, _ = train_network(train, test, outputs=len(people.names), epochs=EPOCHS[people.name], seed=seed)
    nearest = KNeighborsClassifier(1).fit(pixels(train), train.labels)
    simple = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)).fit(pixels(train), train.labels)
    return {
        "who of 40, network": model.evaluate(test.images, test.labels, verbose=0)[1],
        "who of 40, logistic regression on pixels": simple.score(pixels(test), test.labels),
        "who of 40, nearest picture by pixels": nearest.score(pixels(test), test.labels),
    }


def known_and_new(people: FaceDataset, seed: int) -> dict[str, float]:
    """Verification with the features of a network that knows 30 people: new pictures of them, and 10 new people."""
    known, new = people.split(test_size=10, by="identity", seed=seed)
    known = known.renumber()
    train, test = known.split(test_size=0.5, seed=seed)
    model, _ = train_network(train, test, outputs=len(known.names), epochs=EPOCHS[people.name], seed=seed)
    highest = model.predict(new.images, verbose=0).max(axis=1)
    return {
        "verification, known people: equal error rate": verification_error(model, test),
        "verification, new people: equal error rate": verification_error(model, new),
        "new people: mean of the highest probability": float(highest.mean()),
        "new people: share named with probability over 0.5": float((highest > 0.5).mean()),
    }


def verification_error(model: keras.Model, faces: FaceDataset) -> float:
    """Compare all pairs of pictures by the cosine of the last hidden layer's values; return the equal error rate."""
    embed = keras.Model(model.inputs, model.layers[-3].output)
    features = embed.predict(faces.images, verbose=0)
    features = features / np.linalg.norm(features, axis=1, keepdims=True)
    first, second = np.triu_indices(len(faces), k=1)
    similarity = (features[first] * features[second]).sum(axis=1)
    return equal_error_rate(similarity, faces.labels[first] == faces.labels[second])


def summaries(name: str, runs: list[dict[str, float]]) -> list[dict]:
    """Return one row of the table per measure, with its runs; print each with its mean and 95 % interval."""
    rows = []
    for measure in runs[0]:
        rows.append({"set": name, "measure": measure, "runs": [round(float(run[measure]), 4) for run in runs]})
        row = results.complete(rows[-1], INTERVALS)
        print(f"{name:10s} {measure:45s} {row['mean']:.3f}  [{row['low']:.3f}, {row['high']:.3f}]", flush=True)
    return rows


def main() -> None:
    """Run every seed on every set, print the table, store it."""
    faces = load_faces("lfw_subset")
    seeds = environment.progress(SEEDS, "lfw_subset: seeds")
    rows = summaries("lfw_subset", [face_or_not(faces, seed) for seed in seeds])
    for people in (load_faces("rendered", people=40, size=64), load_faces("olivetti")):
        seeds = environment.progress(SEEDS, f"{people.name}: seeds")
        rows += summaries(people.name, [{**who_is_it(people, seed), **known_and_new(people, seed)} for seed in seeds])
    results.store("full_pipeline", rows, INTERVALS)


if __name__ == "__main__":
    main()
