"""Compare two ways to enrol several pictures of a person: their mean template, or the best of all of them.

Run it from the repository: ``python -m benchmarks.templates_per_person``; it takes about a minute of one core.

The course's embedding turns the pictures of the rendered set's development people into templates; the network has never
seen them.  Forty of the eighty people are enrolled with so many pictures each, drawn at random, and everybody's other
pictures come as probes: those of the forty are mated searches, those of the others non-mated.  At each strategy's own
threshold for a false positive identification rate (FPIR) of 1 %, the false negative identification rate (FNIR) is
counted.  That is repeated `DRAWS` times with other people and pictures, the same for both strategies.

A person is in half of the draws, so draws are not independent; people are.  Therefore the intervals are those of
`metrics.person_interval`, of the difference too.  The threshold's own uncertainty is not in them.
"""

from course_utils import environment

environment.setup()

import numpy as np

from benchmarks.kept_runs import use_one_thread
from course_utils import metrics, pretrained, results
from course_utils.datasets import load_faces
from course_utils.environment import progress
from course_utils.gallery import STRATEGIES, Gallery

PICTURES, DRAWS, ENROLLED, RATE = (1, 2, 3, 5, 8), 20, 40, 0.01
METHOD = "person"
AS_MEASURED = {METHOD: "interval as measured, runs not stored: by people (metrics.person_interval)"}


def draw(labels: np.ndarray, pictures: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the people who are enrolled, and the positions of the pictures that they are enrolled with."""
    members = random.permutation(np.unique(labels))[:ENROLLED]
    chosen = [random.choice(np.flatnonzero(labels == member), pictures, replace=False) for member in members]
    return members, np.concatenate(chosen)


def missed(
    templates: np.ndarray, labels: np.ndarray, chosen: np.ndarray, strategy: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each mated search whether the right person was missed, and whose search it was."""
    gallery = Gallery("embedding", strategy)
    gallery.enrol_labelled(templates[chosen], labels[chosen], [str(label) for label in range(labels.max() + 1)])
    probes = np.setdiff1d(np.arange(len(labels)), chosen)
    scores, truth = gallery.scores(templates[probes]), gallery.columns(map(str, labels[probes]))
    threshold = metrics.threshold_at_fpir(scores, truth, RATE)
    mated = np.flatnonzero(truth != metrics.NOBODY)
    right = (scores[mated].argmax(axis=1) == truth[mated]) & (scores[mated].max(axis=1) >= threshold)
    return ~right, labels[probes[mated]]


def bounds(values: np.ndarray, people: np.ndarray) -> tuple[float, dict]:
    """Return the mean of values and its interval by people, as results keep it."""
    mean, low, high = (round(value, 5) for value in metrics.person_interval(values, people))
    return mean, {"low": low, "high": high, "by": METHOD}


def measure(templates: np.ndarray, labels: np.ndarray, pictures: int, draws: int = DRAWS) -> dict:
    """Return a row of the table: FNIR of both strategies with so many pictures of each person, and its difference."""
    random = np.random.default_rng(pictures)
    errors, people = {strategy: [] for strategy in STRATEGIES}, []
    for _ in range(draws):
        _, chosen = draw(labels, pictures, random)
        for strategy in STRATEGIES:
            wrong, whose = missed(templates, labels, chosen, strategy)
            errors[strategy].append(wrong)
        people.append(whose)
    errors, people = {name: np.concatenate(each).astype(float) for name, each in errors.items()}, np.concatenate(people)
    row = {"pictures": pictures, "searches": len(people), "people": len(np.unique(people)), results.AS_MEASURED: {}}
    for name, values in {**errors, "best less mean": errors["best"] - errors["mean"]}.items():
        row[name], row[results.AS_MEASURED][name] = bounds(values, people)
    return row


def main() -> None:
    """Measure, print and store the table."""
    use_one_thread()
    faces = load_faces("rendered", split="dev", size=64)
    templates = pretrained.load_network("embedding").predict(faces.images, batch_size=100, verbose=0)
    rows = [measure(templates, faces.labels, pictures) for pictures in progress(PICTURES, "pictures per person")]
    for row in rows:
        shown = results.complete(row, {})
        print(f"{row['pictures']} pictures:", *(
            f"{name} {shown[name]:.4f} [{shown[f'{name}_low']:.4f}, {shown[f'{name}_high']:.4f}]"
            for name in row[results.AS_MEASURED]
        ), sep="  ")  # fmt: skip
    results.store("templates_per_person", rows, as_measured=AS_MEASURED)


if __name__ == "__main__":
    main()
