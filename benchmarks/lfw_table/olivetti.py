"""Score LFW's systems on Olivetti's 40 people as well; what they learn from LFW, they learn from View 1's people.

Nothing is chosen here: each system is scored once, with the candidate that View 1 chose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import pandas as pd
from PIL import Image

from benchmarks.lfw_table import rules
from benchmarks.lfw_table.photographs import Photographs
from benchmarks.lfw_table.systems import SYSTEMS
from benchmarks.transfer.people import SIZE
from benchmarks.transfer.real_faces import framed_like_lfw, with_interval
from course_utils import dlib_network, metrics
from course_utils.datasets import FaceDataset, Pairs, load_faces
from course_utils.datasets.faces import PairSets

ENLARGED = 256  # pixels along a side, in which dlib's detector looks for a face
BORDER = 64  # pixels around it, with repeated edges: the detector wants to see the face's surroundings


@dataclass(frozen=True)
class WithOlivetti(Photographs):
    """LFW and behind it Olivetti, whose pairs stand in the place of View 1's test pairs."""

    def load(self, **options) -> FaceDataset:
        """Return both as one set, in LFW's frame."""
        return behind(Photographs.load(self, **options), load_faces("olivetti"))

    @cached_property
    def compared(self) -> np.ndarray:
        """Olivetti's pictures, rising: (pictures,)."""
        return self.lfw.pairs["view1_test"].pictures

    @cached_property
    def whole(self) -> dlib_network.Embedded:
        """The professional network's embeddings of Olivetti's pictures; the whole picture where it finds no face."""
        box = (BORDER, BORDER, ENLARGED, ENLARGED)
        return dlib_network.load().embed(map(enlarged, load_faces("olivetti").images), otherwise=box)


def enlarged(image: np.ndarray) -> np.ndarray:
    """Return a picture (height, width, 3), enlarged and with a border, as dlib's detector needs it."""
    large = np.asarray(Image.fromarray(image).resize((ENLARGED, ENLARGED), Image.Resampling.BICUBIC))
    return np.pad(large, ((BORDER, BORDER), (BORDER, BORDER), (0, 0)), mode="edge")


def behind(lfw: FaceDataset, olivetti: FaceDataset) -> FaceDataset:
    """Return LFW with Olivetti's pictures and people behind its own, all pairs of them as View 1's test pairs."""
    framed = framed_like_lfw(olivetti.images, scale=lfw.images.shape[1] // SIZE)
    first, second, same = metrics.all_pairs(olivetti.labels)
    pairs = Pairs(first + len(lfw), second + len(lfw), same, np.zeros(len(first), int))
    return replace(
        lfw,
        images=np.concatenate([lfw.images, framed]),
        labels=np.concatenate([lfw.labels, olivetti.labels + len(lfw.names)]),
        names=(*lfw.names, *(f"Olivetti {name}" for name in olivetti.names)),
        attributes=pd.concat([lfw.attributes, pd.DataFrame(index=range(len(olivetti)))], ignore_index=True),
        pairs=PairSets({**{view: lfw.pairs[view] for view in ("view1_train", "view2")}, "view1_test": pairs}),
    )


def measure(name: str, chosen: dict, photographs: WithOlivetti) -> dict:
    """Return the area under the ROC curve and the equal error rate of a system, with intervals by people."""
    lfw = photographs.lfw
    pairs = lfw.pairs["view1_test"]
    scores = rules.score_view1(SYSTEMS[name].make(photographs, **chosen), lfw)
    measured = partial(with_interval, by="pigeonhole", scores=scores, first_person=lfw.labels[pairs.first],
                       second_person=lfw.labels[pairs.second])  # fmt: skip
    return {
        **measured("olivetti_auc", measure=metrics.roc_auc),
        **measured("olivetti_eer", measure=metrics.equal_error_rate),
    }
