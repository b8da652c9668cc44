"""Made-up people in the place of LFW's and Olivetti's."""

import numpy as np
import pandas as pd

from benchmarks.lfw_table import rules
from course_utils.datasets import FaceDataset, Pairs
from course_utils.datasets.faces import PairSets

FOLDS, PEOPLE, PICTURES = 4, 6, 4  # people in each fold, and pictures of each
LABELS = np.repeat(np.arange(FOLDS * PEOPLE), PICTURES)


def pairs_of(people: range) -> tuple[list, list]:
    """Compare two pairs of each person's pictures, and then two of them with the next person's."""
    following = [*people[1:], people[0]]
    mated = [(PICTURES * person + one, PICTURES * person + one + 1) for person in people for one in (0, 2)]
    others = [(PICTURES * person + one, PICTURES * other + one)
              for person, other in zip(people, following, strict=True) for one in (1, 2)]  # fmt: skip
    return tuple(zip(*mated, *others, strict=True))


def made_up_lfw(size: int = 64) -> FaceDataset:
    """A pattern of stripes for each person, with noise; the last fold's people are View 1's test people."""
    random = np.random.default_rng(0)
    own = random.uniform(40, 210, (FOLDS * PEOPLE, size // 8, size // 8, 1))
    own = np.repeat(np.kron(own[..., 0], np.ones((8, 8)))[..., np.newaxis], 3, axis=-1)
    images = np.clip(own[LABELS] + random.normal(0, 40, (len(LABELS), size, size, 3)), 0, 255).astype(np.uint8)
    folds = [range(fold * PEOPLE, (fold + 1) * PEOPLE) for fold in range(FOLDS)]
    first, second = (np.concatenate(side) for side in zip(*map(pairs_of, folds), strict=True))
    fold = np.repeat(np.arange(FOLDS), PEOPLE * PICTURES)
    view2 = Pairs(first, second, LABELS[first] == LABELS[second], fold)
    return FaceDataset(
        images=images,
        labels=LABELS.astype(np.int64),
        names=tuple(str(person) for person in range(FOLDS * PEOPLE)),
        attributes=pd.DataFrame({"alignment": "made-up"}, index=range(len(LABELS))),
        pairs=PairSets(
            {
                "view1_train": rules.of_folds(view2, [0, 1, 2]),
                "view1_test": rules.of_folds(view2, [3]),
                "view2": view2,
            }
        ),
    )


def made_up_olivetti() -> FaceDataset:
    """Three people like those of the made-up LFW."""
    return made_up_lfw().subset(np.arange(3 * PICTURES)).renumber()
