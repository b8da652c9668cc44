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

from collections.abc import Callable
from dataclasses import asdict

import numpy as np

from benchmarks.transfer.embeddings import compare, network_embedding
from benchmarks.transfer.people import SIZE, People, load_people
from benchmarks.transfer.real_faces import AS_MEASURED, version, with_interval
from benchmarks.transfer.recipe import Recipe
from benchmarks.transfer.table import rounded
from benchmarks.transfer.training import train
from course_utils import metrics, results
from course_utils.datasets import FaceDataset, load_faces, storage

PEOPLE, MOST = 240, 20  # people, and pictures of each at most
SEED = 0
AREA = "view1_test_auc"


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


def area_with_interval(scores: list[np.ndarray], lfw: FaceDataset, of: Callable[..., float]) -> dict:
    """Return a number that depends on areas under curves of View 1's test pairs, with its interval by people.

    Parameters
    ----------
    scores : list of ndarray, shapes (n,)
        Of the pairs, by each network.
    lfw : FaceDataset
        The photographs.
    of : callable
        Function of the areas.

    Returns
    -------
    dict
        The columns of a row, as `results.store` takes them.
    """
    pairs = lfw.pairs["view1_test"]

    def measure(rows, mated, weights=None):  # rows: which comparisons; the networks' scores are drawn together
        return of(*(metrics.roc_auc(each[rows.astype(int)], mated, weights) for each in scores))

    people = lfw.labels[pairs.first], lfw.labels[pairs.second]
    values = with_interval(AREA, "dyadic", measure, np.arange(len(pairs)), *people)
    return rounded({AREA: values[AREA], results.AS_MEASURED: {AREA: values[f"{AREA}_interval"]}})


def main() -> None:
    """Measure, print and store."""
    lfw, recipe = load_faces("lfw", size=SIZE), Recipe()
    pairs = lfw.pairs["view1_test"]
    sets = {"rendered people": load_people(People(people=PEOPLE)), "photographs": photographed(lfw)}
    scores, rows = [], []
    for name, faces in environment.progress(sets.items(), "networks"):
        network = train(faces, recipe, SEED, storage.cache_folder() / "transfer")
        scores.append(compare(network_embedding(network), lfw.images, pairs))
        rows.append({"trained on": name, "people": len(np.unique(faces.labels)), "pictures": len(faces),
                     **area_with_interval(scores[-1:], lfw, lambda area: area), "recipe": asdict(recipe)})  # fmt: skip
    difference = area_with_interval(scores, lfw, lambda first, second: second - first)
    rows.append({"trained on": "photographs less rendered people", **difference})
    for row in (results.complete(row, {}) for row in rows):
        print(f"{row['trained on']:34} {row[AREA]:.3f} [{row[f'{AREA}_low']:.3f}, {row[f'{AREA}_high']:.3f}]")
    results.store("transfer_limits", rows, as_measured=AS_MEASURED, photographs=version(lfw))


if __name__ == "__main__":
    main()
