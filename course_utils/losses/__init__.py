"""Teach a network to tell people apart: losses written in Keras 3 operations only, so that every backend runs them.

There are two kinds.  In `margins`, each embedding is compared with one learned direction per person; these are thrown
away after training.  In `pairs`, the embeddings of a batch are compared with each other; the batch must hold several
pictures of each person (`course_utils.training.PeopleBatches`).
"""

from course_utils.losses.margins import ArcFace, CosFace, CosineLogits
from course_utils.losses.pairs import Contrastive, Triplet

__all__ = ["ArcFace", "Contrastive", "CosFace", "CosineLogits", "Triplet"]
