"""Where in a face does a network see that it laughs?  Covered bands of the face, and what is still right then.

Run it from the repository: ``python -m benchmarks.occlusion``; it takes about five minutes of two cores.  Lesson 01
shows the result.  The article's network learns from the rendered people of ``train`` to tell a laugh from a neutral
face, and answers for those of ``dev``.  Nothing was chosen by these scores.

A row for each kind of training pictures (``trained on``): whole faces, eyes covered, mouth covered.  Its runs, one for
each seed, are accuracies: ``training`` on the training pictures, ``whole`` on dev pictures as they are, ``rows TOP`` on
dev pictures whose band of rows from TOP on is covered.  ``answers same`` on dev pictures covered as those of training.
"""

from course_utils import environment

environment.setup()

from course_utils import results
from course_utils.protocols import occlusion
from course_utils.protocols.occlusion import EYES, MOUTH, SEEDS, TOPS

TRAINED_ON = {"whole faces": None, "eyes covered": EYES, "mouth covered": MOUTH}


def scores_of(model, train, dev, average) -> dict[str, float]:
    """Return the accuracies of a network that was trained on whole faces, by what is covered."""
    images, labels = dev
    scores = {"training": occlusion.accuracy(model, *train), "whole": occlusion.accuracy(model, *dev)}
    for top in sorted({*TOPS, EYES, MOUTH}):
        scores[f"rows {top}"] = occlusion.accuracy(model, occlusion.covered(images, top, average), labels)
    return scores


def main() -> None:
    """Measure, print and store the table."""
    train, dev = occlusion.laughing_or_neutral("train"), occlusion.laughing_or_neutral("dev")
    average = train[0].mean(axis=0).astype("uint8")
    rows = []
    for name, top in TRAINED_ON.items():
        seen = [(images if top is None else occlusion.covered(images, top, average), labels)
                for images, labels in (train, dev)]  # fmt: skip
        runs = []
        for seed in SEEDS:
            model = occlusion.train(*seen[0], seed)
            if top is None:
                scores = scores_of(model, train, dev, average)
            else:
                scores = {"training": occlusion.accuracy(model, *seen[0]), "same": occlusion.accuracy(model, *seen[1])}
            runs.append({score: round(value, 4) for score, value in scores.items()})
            print(name, seed, runs[-1], flush=True)
        intervals = {"student_t": list(runs[0])}
        shown = results.complete({"runs": runs}, intervals)
        print(name, {score: [round(shown[score + end], 3) for end in ("", "_low", "_high")] for score in runs[0]})
        rows.append({"trained on": name, "runs": runs})
    every = list(dict.fromkeys(score for row in rows for score in row["runs"][0]))
    results.store("occlusion", rows, {"student_t": every})


if __name__ == "__main__":
    main()
