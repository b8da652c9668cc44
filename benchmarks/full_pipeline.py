"""Lesson 05's network over several seeds: face or not, who is it, and are two the same; rendered people and real ones.

Run it from the repository: ``python -m benchmarks.full_pipeline``.  It needs Olivetti (downloaded on first use, or
found through the variable SCIKIT_LEARN_DATA) and takes about ten minutes on two cores.  Each seed is kept in the
course's cache, so what was interrupted goes on where it stopped: run the same command again.  Lesson 05 shows the
result.
No choice is made on any test picture: the network and the numbers of epochs were fixed before the first run.
"""

from course_utils import environment

environment.setup()

import json
from collections.abc import Callable

import keras
from sklearn.neighbors import KNeighborsClassifier

from course_utils import results
from course_utils.datasets import FaceDataset, load_faces, rendered, storage
from course_utils.metrics import all_pairs, cosine_similarity, equal_error_rate
from course_utils.protocols.full_pipeline import as_rows, pixel_regression
from course_utils.training import train_network

SEEDS = range(5)
EPOCHS = {"lfw_subset": 10, "rendered": 25, "olivetti": 40}
INTERVALS = {"student_t": ["mean"]}


def face_or_not(faces: FaceDataset, seed: int) -> dict[str, float]:
    """Score the network and a logistic regression on pixels, on the same 30 test pictures."""
    train, _validation, test = faces.split(test_size=30, validation_size=30, seed=seed)
    model, _ = train_network(train, None, epochs=EPOCHS["lfw_subset"], seed=seed)
    simple = pixel_regression().fit(train.images, train.labels)
    return {
        "face or not, network": model.evaluate(test.images, test.labels, verbose=0)[1],
        "face or not, network, on its training pictures": model.evaluate(train.images, train.labels, verbose=0)[1],
        "face or not, logistic regression on pixels": simple.score(test.images, test.labels),
    }


def who_is_it_simply(people: FaceDataset, seed: int) -> dict[str, float]:
    """Closed-set identification of 40 people by pixels: half of the pictures of each to learn from, half to test."""
    train, test = people.split(test_size=0.5, seed=seed)
    nearest = KNeighborsClassifier(1).fit(as_rows(train.images), train.labels)
    simple = pixel_regression().fit(train.images, train.labels)
    return {
        "which of 40, logistic regression on pixels": simple.score(test.images, test.labels),
        "which of 40, logistic regression on pixels, on its training pictures": simple.score(
            train.images, train.labels
        ),
        "which of 40, nearest picture by pixels": nearest.score(as_rows(test.images), test.labels),
    }


def who_is_it(people: FaceDataset, seed: int) -> dict[str, float]:
    """Closed-set identification of 40 people by the network, on the same pictures."""
    train, test = people.split(test_size=0.5, seed=seed)
    model, _ = train_network(train, None, outputs=len(people.names), epochs=EPOCHS[people.name], seed=seed)
    return {"which of 40, network": model.evaluate(test.images, test.labels, verbose=0)[1]}


def known_and_new(people: FaceDataset, seed: int) -> dict[str, float]:
    """Verification with the features of a network that knows 30 people: new pictures of them, and 10 new people."""
    known, new = people.split(test_size=10, by="identity", seed=seed)
    known = known.renumber()
    train, test = known.split(test_size=0.5, seed=seed)
    model, _ = train_network(train, None, outputs=len(known.names), epochs=EPOCHS[people.name], seed=seed)
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
    embeddings = embed.predict(faces.images, verbose=0)
    first, second, mated = all_pairs(faces.labels)
    return equal_error_rate(cosine_similarity(embeddings, first, second), mated)


def scores(measure: Callable, people: FaceDataset, seed: int) -> dict[str, float]:
    """Return what a measure gives for one seed on one set, from the cache if it was measured before."""
    name = f"{measure.__name__}_{people.name}_{rendered.version()}_{seed}.json"
    path = storage.cache_folder() / "full_pipeline" / name
    if path.is_file():
        return json.loads(path.read_text(encoding="utf-8"))
    measured = {name: round(float(score), results.DIGITS) for name, score in measure(people, seed).items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    results.write(path, measured)
    return measured


def summaries(name: str, runs: list[dict[str, float]]) -> list[dict]:
    """Return one row of the table per measure, with its runs; print each with its mean and 95 % interval."""
    rows = []
    for measure in runs[0]:
        rows.append({"set": name, "measure": measure, "runs": [run[measure] for run in runs]})
        row = results.complete(rows[-1], INTERVALS)
        print(f"{name:10s} {measure:66s} {row['mean']:.3f}  [{row['low']:.3f}, {row['high']:.3f}]", flush=True)
    return rows


ABOUT_PEOPLE = (who_is_it_simply, who_is_it, known_and_new)
SETS = (
    ("lfw_subset", {}, (face_or_not,)),
    ("rendered", {"split": "train", "people": 40, "size": 64}, ABOUT_PEOPLE),
    ("olivetti", {}, ABOUT_PEOPLE),
)


def main() -> None:
    """Run every seed on every set, print the table, store it."""
    rows = []
    for name, options, measures in SETS:
        faces = load_faces(name, **options)
        for measure in measures:
            seeds = environment.progress(SEEDS, f"{name}, {measure.__name__}: seeds")
            rows += summaries(name, [scores(measure, faces, seed) for seed in seeds])
    results.store("full_pipeline", rows, INTERVALS)


if __name__ == "__main__":
    main()
