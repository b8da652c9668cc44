"""Load 200 small pictures, face or not a face, which come with scikit-image: for the article's program, offline."""

import numpy as np

from course_utils.datasets.faces import FaceDataset

N_FACES = 100  # the first 100 of the 200 pictures are faces


def load() -> FaceDataset:
    """Return 100 faces (label 1) and 100 patches of background (label 0), 25 x 25, grey in three equal channels."""
    import pandas as pd
    from skimage import data

    grey = np.rint(data.lfw_subset() * 255).astype(np.uint8)
    labels = (np.arange(len(grey)) < N_FACES).astype(np.int64)
    return FaceDataset(
        images=np.repeat(grey[..., np.newaxis], 3, axis=-1),
        labels=labels,
        names=("not a face", "face"),
        attributes=pd.DataFrame({"number": np.arange(len(grey))}),
        name="lfw_subset",
        description="real faces, and background from the same photographs",
        licence="photographs from the news, chosen for research; the people in them were not asked",
        provenance="scikit-image, skimage.data.lfw_subset(), from Labeled Faces in the Wild",
        label_noun="classes",
    )


def is_available() -> bool:
    """Return True: the pictures are part of the scikit-image package."""
    return True
