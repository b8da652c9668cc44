"""How often a stranger is taken for somebody while the gallery grows, and what the formula 1 - (1 - FMR)^N says.

Run it from the repository: ``python -m benchmarks.gallery_size``; it renders 1,000 people first, which takes about two
minutes on two cores and goes on where it was interrupted.  Lesson 09 shows the result.

The network is `pretrained.load_network("embedding")`, which has seen none of these people.  Nothing is trained here.
Two galleries, each with one picture of each person:

- ``embedded``: the 320 people of the embedded set's part "train".  The strangers are one half of the people of "dev",
  with all their pictures; the threshold is chosen on the other half.  Lesson 09 measures this part again.
- ``rendered``: 1,000 other people, rendered for this purpose.  The strangers are the 320 people of "train", with 20
  pictures each; the threshold is chosen on the 80 people of "dev".

A row for each gallery, each wanted false match rate and each number of enrolled people.  Its runs are the strangers: of
each, the fraction of searches that return anybody, over the stranger's pictures and 100 random galleries of that size.
With one person enrolled it is the stranger's false match rate, taken over all people of the gallery.
"""

from course_utils import environment

environment.setup()

from pathlib import Path

import numpy as np

from course_utils import pretrained, results
from course_utils.datasets import FaceDataset, load_faces, rendered, storage
from course_utils.protocols import galleries
from tools.rendered_set import assemble, plan
from tools.rendered_set.people import renderer_fingerprint

NAME = "gallery_size"
SIZE = 64  # pixels along a side, which the network wants
PEOPLE, SEED = 1000, 9  # rendered for the large gallery; the network's people have the seeds 1 and 2
ORDERS = 100  # random galleries of each size
RATES = {"embedded": (0.001,), "rendered": (0.01, 0.001, 0.0001)}  # wanted false match rates
SIZES = {"embedded": (1, 10, 32, 100, 320), "rendered": (1, 10, 100, 320, 1000)}
INTERVALS = {"student_t": ["mean"]}


def rendered_gallery() -> Path:
    """Render one picture of each of the 1,000 people into the cache, if they are not there; return their folder."""
    folder = storage.cache_folder() / NAME / f"{PEOPLE}-seed-{SEED}-{renderer_fingerprint()}"
    if not (folder / rendered.SUMS).exists():  # the last file that is written
        assemble.build_set(plan.make_plan(PEOPLE, pictures=1, looks=1, seed=SEED), folder)
    return folder


def embeddings_of(network, faces: FaceDataset) -> np.ndarray:
    """Return the normalised embeddings of all pictures."""
    return galleries.normalised(network.predict(faces.images, batch_size=100, verbose=0))


def rows_of(gallery: str, templates: np.ndarray, development: np.ndarray, strangers: np.ndarray, people) -> list[dict]:
    """Return the rows of one gallery.

    Parameters
    ----------
    gallery : str
        Its name.
    templates : ndarray, shape (enrolled people, numbers)
    development, strangers : ndarray, shapes (pictures, numbers)
        Normalised embeddings of those who choose the threshold, and of those who are counted.
    people : ndarray of int, shape (pictures,)
        Who is in each picture of the strangers, from 0.
    """
    rows = []
    for rate in RATES[gallery]:
        threshold = galleries.threshold_for(development @ templates.T, rate)
        matches = strangers @ templates.T >= threshold
        sizes = SIZES[gallery]
        found = galleries.growing_gallery(matches, sizes, ORDERS, seed=0)
        found[0] = matches.mean(axis=1)  # one person enrolled: each in turn, which is exact
        for enrolled, fraction in zip(sizes, found, strict=True):
            runs = [round(float(value), 6) for value in galleries.by_person(fraction, people)]
            rows.append(
                {
                    "gallery": gallery,
                    "wanted_fmr": rate,
                    "threshold": round(threshold, 4),
                    "enrolled": enrolled,
                    "runs": runs,
                }
            )
    return rows


def main() -> None:
    """Measure, print and store the table."""
    network = pretrained.load_network("embedding")
    train, dev = (load_faces("rendered", split=split, size=SIZE) for split in ("train", "dev"))
    of_train, of_dev = (embeddings_of(network, faces) for faces in (train, dev))
    first_pictures = of_train[train.attributes["number"].to_numpy() == 1]
    second_half = dev.labels >= len(dev.names) // 2
    strangers = dev.labels[second_half] - len(dev.names) // 2
    rows = rows_of("embedded", first_pictures, of_dev[~second_half], of_dev[second_half], strangers)
    others = load_faces("rendered", path=rendered_gallery(), size=SIZE)
    rows += rows_of("rendered", embeddings_of(network, others), of_dev, of_train, train.labels)
    for row in rows:
        row = results.complete(row, INTERVALS)
        words = f"{row['gallery']:9} FMR {row['wanted_fmr']:6} threshold {row['threshold']} N {row['enrolled']:4}"
        print(f"{words}: FPIR {row['mean']:.4f} [{row['low']:.4f}, {row['high']:.4f}]")
    results.store(NAME, rows, INTERVALS)


if __name__ == "__main__":
    main()
