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


def measure(real: transfer.RealFaces) -> list[dict]:
    """Return the scores of pictures as they are cropped, and aligned."""
    embed = transfer.network_embedding(networks.load_network("embedding"))
    finder = networks.load_network("landmarks")

    def embed_aligned(images: np.ndarray) -> np.ndarray:
        return embed(alignment.align(images, landmarks.find(finder, images)))

    scored = {CROPPED: real.score(embed), ALIGNED: real.score(embed_aligned)}
    return [{"faces": how, **{name: round(value, 4) for name, value in each.items()}} for how, each in scored.items()]


def main() -> None:
    """Measure, print and store."""
    rows = measure(transfer.RealFaces(load_faces("lfw", size=transfer.SIZE), load_faces("olivetti")))
    for row in rows:
        transfer.show({"method": row["faces"], **row})
    results.store("alignment", rows)


if __name__ == "__main__":
    main()
