"""How often a stranger is taken for somebody while the gallery grows, and what the formula 1 - (1 - FMR)^N says.

Run it from the repository: ``python -m benchmarks.gallery_size``; it takes about a minute of one core.  Lesson 09 shows
the result, and measures a part of it again.

The network is `pretrained.load_network("embedding")`, which has seen none of these people; nothing is trained.  The
320 people of the embedded set's part "train" are enrolled with one picture each.  Of the 80 people of "dev", one half
chooses the threshold for a wanted false match rate, and the other half are the strangers, with 20 pictures each; then
the halves change places.

A row for each wanted rate and each number of enrolled people.  Its runs are the 80 strangers, the second half first: of
each, the fraction of searches that return anybody, over the stranger's pictures and 100 random galleries of that size.
With one person enrolled it is the stranger's false match rate, taken over all 320 people.
"""

from course_utils import environment

environment.setup()

import numpy as np

from course_utils import pretrained, results
from course_utils.datasets import load_faces
from course_utils.protocols import galleries

NAME = "gallery_size"
PICTURES = 20  # of each person
ORDERS = 100  # random galleries of each size
RATES = (0.01, 0.001, 0.0001)  # wanted false match rates
SIZES = (1, 10, 32, 100, 320)
INTERVALS = {"student_t": ["mean"]}


def by_stranger(templates: np.ndarray, development: np.ndarray, strangers: np.ndarray, rate: float) -> np.ndarray:
    """Return how often each stranger is taken for somebody, (sizes, people).

    Parameters
    ----------
    templates : ndarray, shape (320, numbers)
        Of the enrolled people.
    development, strangers : ndarray, shapes (people, pictures, numbers)
        Normalised embeddings of those who choose the threshold, and of those who are counted.
    rate : float
        The wanted false match rate.
    """
    threshold = galleries.threshold_for(development @ templates.T, rate)
    matches = (strangers @ templates.T >= threshold).reshape(-1, len(templates))
    found = galleries.growing_gallery(matches, SIZES, ORDERS, seed=0)
    found[0] = matches.mean(axis=1)  # one person enrolled: each in turn, which is exact
    return found.reshape(len(SIZES), len(strangers), -1).mean(axis=2)


def table(people: np.ndarray, others: np.ndarray) -> list[dict]:
    """Return the rows, from normalised embeddings (people, pictures, numbers)."""
    templates, first, second = people[:, 0], others[: len(others) // 2], others[len(others) // 2 :]
    rows = []
    for rate in RATES:
        halves = [by_stranger(templates, *parts, rate) for parts in ((first, second), (second, first))]
        for enrolled, runs in zip(SIZES, np.concatenate(halves, axis=1), strict=True):
            rows.append({"wanted_fmr": rate, "enrolled": enrolled, "runs": [round(float(run), 6) for run in runs]})
    return rows


def main() -> None:
    """Measure, print and store the table."""
    network = pretrained.load_network("embedding")
    people, others = (
        galleries.normalised(network.predict(faces.images, batch_size=100, verbose=0)).reshape(-1, PICTURES, 128)
        for faces in (load_faces("rendered", split=split, size=64) for split in ("train", "dev"))
    )
    rows = table(people, others)
    for row in rows:
        row = results.complete(row, INTERVALS)
        case = f"FMR {row['wanted_fmr']:6} N {row['enrolled']:3}"
        print(f"{case}: FPIR {row['mean']:.4f} [{row['low']:.4f}, {row['high']:.4f}]")
    results.store(NAME, rows, INTERVALS)


if __name__ == "__main__":
    main()
