"""Where in a face does a network see that it laughs?  Covered bands of the face, and what is still right then.

Run it from the repository: ``python -m benchmarks.occlusion``; it takes about four minutes of two cores, and goes on
where it was interrupted.  To measure again, delete the stored table first.  Lesson 01 shows the result.  A small
network learns from the rendered people of ``train`` to tell a laugh from a neutral face, and answers for those of
``dev``.  Nothing was chosen by these scores.

A row for each kind of training pictures (``trained on``): whole faces, eyes covered, mouth covered.  Its runs, one for
each seed, are accuracies: ``training`` on the training pictures, ``whole`` on dev pictures as they are, ``rows TOP`` on
dev pictures whose band of rows from TOP on is covered, ``same`` on dev pictures covered as those of training.
"""

from course_utils import environment

environment.setup()

import keras

from course_utils import results
from course_utils.protocols import occlusion
from course_utils.protocols.occlusion import EYES, MOUTH, SEEDS, SEEDS_COVERED, TOPS

NAME = "occlusion"
TRAINED_ON = {"whole faces": None, "eyes covered": EYES, "mouth covered": MOUTH}


def scores_of(model, images, labels, average) -> dict[str, float]:
    """Return the accuracies of a network that was trained on whole faces, by what is covered."""
    scores = {"whole": occlusion.accuracy(model, images, labels)}
    for top in TOPS:
        scores[f"rows {top}"] = occlusion.accuracy(model, occlusion.covered(images, top, average), labels)
    return scores


def stored_runs() -> dict[str, list[dict]]:
    """Return the runs that are stored already, by what was trained on."""
    if NAME not in results.names():
        return {}
    return {row["trained on"]: row["runs"] for row in results.read(NAME)["rows"]}


def store(runs: dict[str, list[dict]]) -> None:
    """Store what is measured so far, but for a row with a single run: it has no interval."""
    runs = {name: row for name, row in runs.items() if len(row) > 1}
    if not runs:
        return
    scores = list(dict.fromkeys(score for row in runs.values() for run in row for score in run))
    results.store(NAME, [{"trained on": name, "runs": row} for name, row in runs.items()], {"student_t": scores})


def main() -> None:
    """Measure, print and store the table."""
    train, dev = occlusion.laughing_or_neutral("train"), occlusion.laughing_or_neutral("dev")
    average = train[0].mean(axis=0).astype("uint8")
    runs = stored_runs()
    for name, top in TRAINED_ON.items():
        images, unseen = (part[0] if top is None else occlusion.covered(part[0], top, average) for part in (train, dev))
        done = runs.setdefault(name, [])
        for seed in (SEEDS if top is None else SEEDS_COVERED)[len(done) :]:
            keras.utils.set_random_seed(seed)
            model = occlusion.network()
            occlusion.train(model, images, train[1], seed)
            scores = {"training": occlusion.accuracy(model, images, train[1])}
            if top is None:
                scores |= scores_of(model, *dev, average)
            else:
                scores["same"] = occlusion.accuracy(model, unseen, dev[1])
            done.append({score: round(value, 4) for score, value in scores.items()})
            print(name, seed, done[-1], flush=True)
            store(runs)


if __name__ == "__main__":
    main()
