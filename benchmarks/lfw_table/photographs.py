"""Load LFW once in each of the sizes that systems look at."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks import landmark_accuracy
from benchmarks.lfw_table import descriptors, professional
from benchmarks.transfer import baselines
from benchmarks.transfer.people import SIZE
from course_utils import alignment, pretrained
from course_utils.datasets import FaceDataset, load_faces
from course_utils.dlib_network import Embedded


@dataclass(frozen=True)
class Photographs:
    """LFW as the systems see it; each version is made when it is asked for."""

    described: dict = field(default_factory=dict)

    def load(self, **options) -> FaceDataset:
        """Return LFW with its pairs; options as `load_faces` takes them."""
        return load_faces("lfw", **options)

    @cached_property
    def lfw(self) -> FaceDataset:
        """The "face" crop at 64 x 64 pixels, in colour, with the pairs."""
        return self.load(size=SIZE)

    @cached_property
    def aligned(self) -> np.ndarray:
        """The same, laid in place by eyes and mouth, which the course's landmark network finds: (n, 64, 64, 3)."""
        found = landmark_accuracy.find(pretrained.load_network("landmarks"), self.lfw.images)
        return alignment.align(self.lfw.images, found)

    @cached_property
    def gradients(self) -> np.ndarray:
        """Histograms of oriented gradients (n, numbers) of all pictures, as `benchmarks.transfer` takes them."""
        return baselines.gradients(self.lfw.images)

    @cached_property
    def large(self) -> np.ndarray:
        """The "face" crop at 128 x 128 pixels, in grey."""
        return self.load(size=descriptors.SIDE, color=False).images

    def descriptors(self, descriptor: str, cell: int) -> np.ndarray:
        """Return descriptors (n, numbers) of all pictures."""
        key = descriptor, cell
        if key not in self.described:
            self.described[key] = descriptors.describe(self.large, descriptor, cell)
        return self.described[key]

    @cached_property
    def compared(self) -> np.ndarray:
        """The pictures that View 1's test pairs and View 2's pairs compare, rising: (pictures,)."""
        return np.union1d(*(self.lfw.pairs[view].pictures for view in ("view1_test", "view2")))

    @cached_property
    def whole(self) -> Embedded:
        """The professional network's embeddings of all pictures that are `compared`, found in the whole photographs."""
        files: list[Path] = professional.photographs()
        return professional.embed_photographs([files[picture] for picture in self.compared])
