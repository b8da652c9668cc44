"""What holds a network back that was trained on rendered people: that they are rendered, or how it was trained.

Run it from the repository: ``python -m benchmarks.transfer_limits``.  It needs LFW, as `benchmarks.transfer` does,
whose network and recipe these are, and takes about half an hour on two cores.

One network is trained on rendered people, one for the same time on photographs of as many people, those of LFW's View 1
training list with the most pictures.  Both are scored on View 1's test pairs, which show nobody of that list.  How much
better the second one does is what rendering costs; what the second one lacks, the sizes of network, set and training.
It is the one network of the course that is trained on real faces with names; its weights stay in the cache.
"""

from course_utils import environment

environment.setup()

from dataclasses import asdict

import numpy as np

from benchmarks import transfer
from benchmarks.transfer import SIZE, People, Recipe
from course_utils import metrics, results
from course_utils.datasets import FaceDataset, load_faces, storage

PEOPLE, MOST = 240, 20  # people, and pictures of each at most
SEED = 0


def photographed(lfw: FaceDataset, people: int = PEOPLE, most: int = MOST) -> FaceDataset:
    """Return photographs of the people of View 1's training pairs who have the most, none of whom is in its test pairs.

    Raises
    ------
    ValueError
        If there are not so many such people.
    """
    train, test = (lfw.pairs[f"view1_{part}"] for part in ("train", "test"))
    known = np.setdiff1d(lfw.labels[train.pictures], lfw.labels[test.pictures])
    if len(known) < people:
        raise ValueError(f"View 1's training pairs show {len(known)} people, fewer than {people}.")
    counts = np.bincount(lfw.labels, minlength=len(lfw.names))[known]
    chosen = np.sort(known[np.argsort(-counts, kind="stable")[:people]])
    return lfw.subset(np.concatenate([np.flatnonzero(lfw.labels == person)[:most] for person in chosen])).renumber()


def area_with_interval(scores: list[np.ndarray], lfw: FaceDataset, of) -> dict[str, float]:
    """Return a number that depends on areas under curves of View 1's test pairs, with its interval by identity.

    Parameters
    ----------
    scores
        Of the pairs, by each network.
    lfw
        The photographs.
    of
        Function of the areas.
    """
    pairs = lfw.pairs["view1_test"]

    def measure(rows, mated, weights=None):  # rows: which comparisons; the networks' scores are drawn together
        return of(*(metrics.roc_auc(each[rows.astype(int)], mated, weights) for each in scores))

    people = lfw.labels[pairs.first], lfw.labels[pairs.second]
    values = transfer.with_interval("view1_test_auc", measure, np.arange(len(pairs)), *people)
    return {name: round(float(value), 4) for name, value in values.items()}


def main() -> None:
    """Measure, print and store."""
    lfw, recipe = load_faces("lfw", size=SIZE), Recipe()
    pairs = lfw.pairs["view1_test"]
    sets = {"rendered people": transfer.load_people(People(people=PEOPLE)), "photographs": photographed(lfw)}
    scores, rows = [], []
    for name, faces in environment.progress(sets.items(), "networks"):
        network = transfer.train(faces, recipe, SEED, storage.cache_folder() / "transfer")
        scores.append(transfer.compare(transfer.network_embedding(network), lfw.images, pairs))
        rows.append({"trained on": name, "people": len(np.unique(faces.labels)), "pictures": len(faces),
                     **area_with_interval(scores[-1:], lfw, lambda area: area), "recipe": asdict(recipe)})  # fmt: skip
    difference = area_with_interval(scores, lfw, lambda first, second: second - first)
    rows.append({"trained on": "photographs less rendered people", **difference})
    for row in rows:
        print(f"{row['trained on']:34} {row['view1_test_auc']:.3f} "
              f"[{row['view1_test_auc_low']:.3f}, {row['view1_test_auc_high']:.3f}]")  # fmt: skip
    results.store("transfer_limits", rows)


if __name__ == "__main__":
    main()
