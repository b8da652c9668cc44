"""What it is worth to lay real faces by their eyes and mouths before they are compared.

Run it from the repository: ``python -m benchmarks.alignment``.  It needs LFW and Olivetti, as `benchmarks.transfer`
does, whose scores these are, and takes some minutes on two cores.

Both networks come with the course (`course_utils.networks`) and were trained on rendered people only: one compares
faces, the other finds eyes and mouths.  Whether to align is a question to View 1; View 2 and Olivetti were scored once.
"""

from course_utils import environment

environment.setup()

import numpy as np

from benchmarks import landmarks, transfer
from course_utils import alignment, networks, results
from course_utils.datasets import load_faces

CROPPED, ALIGNED = "as cropped", "aligned"


def align(images: np.ndarray) -> np.ndarray:
    """Return pictures laid by the eyes and mouths that the network finds in them."""
    return alignment.align(images, landmarks.find(networks.load_network("landmarks"), images))


def measure(real: transfer.RealFaces) -> list[dict]:
    """Return the scores of pictures as they are cropped, and aligned."""
    embed = transfer.network_embedding(networks.load_network("embedding"))
    scored = {CROPPED: real.score(embed), ALIGNED: real.score(lambda images: embed(align(images)))}
    return [{"faces": how, **{name: round(value, 4) for name, value in each.items()}} for how, each in scored.items()]


def main() -> None:
    """Measure, print and store."""
    rows = measure(transfer.RealFaces(load_faces("lfw", size=transfer.SIZE), load_faces("olivetti")))
    for row in rows:
        transfer.show({"method": row["faces"], **row})
    results.store("alignment", rows)


if __name__ == "__main__":
    main()
