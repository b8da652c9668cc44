"""Measure whether centring gains because it uses photographs that are also compared in LFW's View 2.

Run it from the repository: ``python -m benchmarks.transfer_centring``.  It needs LFW, as `benchmarks.transfer` does,
and takes a few minutes on two cores.

`benchmarks.transfer` centres embeddings by their mean over the pictures of View 1's training pairs.  LFW's two views
overlap by design: many of these pictures are also in the test folds of View 2.  No name and no label is used, but a
strict protocol uses nothing of a fold that is scored.  So the network that comes with the course is scored three times:
as it is; centred as in `benchmarks.transfer`; and centred only by pictures that no pair of View 2 uses.

All three score the same pairs, and the accuracies are stored by fold.  So the data card can say what centring gains on
each fold: what a fold's pairs have in common cancels, and ten differences have a standard error of their own.
"""

from course_utils import environment

environment.setup()

import numpy as np

from benchmarks.transfer.embeddings import Embed, network_embedding
from benchmarks.transfer.people import SIZE
from benchmarks.transfer.real_faces import version
from benchmarks.transfer.table import rounded
from course_utils import metrics, pretrained, results
from course_utils.datasets import FaceDataset, load_faces

INTERVALS = {"folds": ["view2"], "mean": ["view2_auc"]}


def centrings(lfw: FaceDataset) -> dict[str, np.ndarray]:
    """Return by name the pictures (n,) of LFW whose mean embedding is subtracted; nothing is where there are none."""
    train = lfw.pairs["view1_train"].pictures
    return {
        "as it is": np.array([], int),
        "centred by View 1's training pictures": train,
        "centred by those that View 2 does not use": np.setdiff1d(train, lfw.pairs["view2"].pictures),
    }


def measure(embed: Embed, lfw: FaceDataset) -> list[dict]:
    """Return a row for each centring: the accuracy on each fold of View 2, and the area under the ROC curve."""
    pairs, ways = lfw.pairs["view2"], centrings(lfw)
    used = np.unique(np.concatenate([pairs.pictures, *ways.values()]))
    places = {name: np.searchsorted(used, pictures) for name, pictures in ways.items()}
    first, second = np.searchsorted(used, pairs.first), np.searchsorted(used, pairs.second)
    embeddings, rows = embed(lfw.images[used]), []
    for name, pictures in places.items():
        mean = embeddings[pictures].mean(axis=0) if len(pictures) else 0
        scores = metrics.cosine_similarity(embeddings - mean, first, second)
        by_fold = metrics.fold_accuracies(scores, pairs.same, pairs.fold)
        run = {"view2_by_fold": by_fold.tolist(), "view2_auc": metrics.roc_auc(scores, pairs.same)}
        rows.append({"method": name, "pictures": len(pictures), "runs": [rounded(run)]})
    return rows


def main() -> None:
    """Measure, print and store."""
    lfw = load_faces("lfw", size=SIZE)
    rows = measure(network_embedding(pretrained.load_network("embedding")), lfw)
    for row in (results.complete(row, INTERVALS) for row in rows):
        print(f"{row['method']:42} {row['pictures']:5,} pictures  View 2 {row['view2_accuracy']:.4f} "
              f"+- {row['view2_standard_error']:.4f}  AUC {row['view2_auc']:.4f}")  # fmt: skip
    results.store("transfer_centring", rows, INTERVALS, photographs=version(lfw))


if __name__ == "__main__":
    main()
