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

from course_utils import results
from course_utils.datasets import load_faces
from course_utils.protocols.augmentation_value import (
    CHANGES,
    CROWDS,
    FEWER_STEPS,
    OF_EACH,
    PEOPLE,
    PICTURES,
    SEEDS,
    SIZE,
    STEPS,
    WITH,
    WITHOUT,
    Trainee,
    parts,
)

INTERVALS = {"student_t": ["mean"]}


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
