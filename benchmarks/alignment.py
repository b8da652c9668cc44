"""What it is worth to lay real faces by their eyes and mouths before they are compared.

Run it from the repository: ``python -m benchmarks.alignment``.  It needs LFW, as `benchmarks.transfer` does, whose
scores these are, and takes some minutes on two cores.

Both networks come with the course (`course_utils.networks`) and were trained on rendered people only: one compares
faces, the other finds eyes and mouths.  View 1 alone is looked at.
"""

from course_utils import environment

environment.setup()

from dataclasses import replace

import numpy as np

from benchmarks import landmarks, transfer
from course_utils import alignment, networks, results
from course_utils.datasets import FaceDataset, load_faces

CROPPED, ALIGNED = "as cropped", "aligned"


def of_view1(lfw: FaceDataset) -> FaceDataset:
    """Return LFW with the pictures of View 1's pairs aligned; the others, which are not looked at, stay as they are."""
    used = np.unique(np.concatenate([lfw.pairs[f"view1_{part}"].pictures for part in ("train", "test")]))
    images = lfw.images.copy()
    images[used] = alignment.align(images[used], landmarks.find(networks.load_network("landmarks"), images[used]))
    return replace(lfw, images=images)


def measure(lfw: FaceDataset) -> list[dict]:
    """Return View 1's scores of pictures as they are cropped, and aligned."""
    embed = transfer.network_embedding(networks.load_network("embedding"))
    scored = {how: transfer.RealFaces(faces).score(embed) for how, faces in ((CROPPED, lfw), (ALIGNED, of_view1(lfw)))}
    return [{"faces": how, **{name: round(value, 4) for name, value in each.items()}} for how, each in scored.items()]


def main() -> None:
    """Measure, print and store."""
    rows = measure(load_faces("lfw", size=transfer.SIZE))
    for row in rows:
        transfer.show({"method": row["faces"], **row})
    results.store("alignment", rows)


if __name__ == "__main__":
    main()
