"""What is gained between a face and the cosine, with a trained network as it is: faces laid in place, noise weighed.

Run it from the repository: ``python -m benchmarks.transfer_comparison``.  It needs LFW and Olivetti, as
`benchmarks.transfer` does, whose scores these are, and takes a quarter of an hour on two cores.

Both networks come with the course (`course_utils.pretrained`) and were trained on rendered people only: one compares
faces, the other finds eyes and mouths.  The rows differ in two things:

- Faces are compared as they are cropped; or aligned, laid by their eyes and mouths; or both, the embeddings added.
- Linear discriminant analysis, of the people who come with the course and whom the network has not seen: it takes the
  embeddings to axes on which pictures of one person differ alike in all directions, so that the cosine no longer heeds
  most what says least of a person.  (In speaker recognition, within-class covariance normalisation: A. O. Hatch,
  S. Kajarekar and A. Stolcke, Interspeech 2006.)  No real face is needed for it either.

Which row is best is a question to View 1, and its answer is `CHOSEN`; View 2 and Olivetti were scored with a
discriminant only after that, once.  Without one they had been scored before.

Each row also keeps the scores of a few pairs (`sample`), which a test measures again in seconds.
"""

from course_utils import environment

environment.setup()

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer

from benchmarks import landmark_accuracy
from benchmarks.transfer.embeddings import Embed, compare, network_embedding, remembered
from benchmarks.transfer.people import SIZE, People, load_people
from benchmarks.transfer.real_faces import AS_MEASURED, RealFaces, version
from benchmarks.transfer.table import intervals, rounded, row, show
from course_utils import alignment, pretrained, results
from course_utils.datasets import FaceDataset, load_faces

# How far the scatter within people is taken for the same in all directions; on View 1, 0.05 to 0.2 are as good.
SHRINKAGE = 0.1
DISCRIMINANT = ", discriminant"  # ends the names of the ways that have one
CHOSEN = f"both{DISCRIMINANT}"
SAMPLED_PAIRS, PEOPLE_FOR_SAMPLE = 40, 40


def discriminant(embed: Embed, faces: FaceDataset) -> Embed:
    """Return embeddings, made as long as each other, on all axes of a linear discriminant analysis of these people."""
    analysis = make_pipeline(Normalizer(), LinearDiscriminantAnalysis(solver="eigen", shrinkage=SHRINKAGE))
    analysis.fit(embed(faces.images), faces.labels)
    return lambda images: analysis.transform(embed(images))


def ways() -> dict[str, Embed]:
    """Return the embeddings by the network that comes with the course, by how faces are laid before."""
    network, finder = pretrained.load_network("embedding"), pretrained.load_network("landmarks")
    embed = network_embedding(network)
    cropped = remembered(embed)
    aligned = remembered(lambda images: embed(alignment.align(images, landmark_accuracy.find(finder, images))))

    def both(images: np.ndarray) -> np.ndarray:
        return cropped(images) + aligned(images)

    return {"as cropped": cropped, "aligned": aligned, "both": both}


def comparisons(faces: FaceDataset) -> dict[str, Embed]:
    """Return the embeddings that are held against each other, by name; discriminants are those of `faces`."""
    plain = ways()
    return plain | {f"{name}{DISCRIMINANT}": discriminant(way, faces) for name, way in plain.items()}


def measure(real: RealFaces) -> list[dict]:
    """Return the scores of each way to compare faces."""
    people = load_people(People())
    ways, samples = comparisons(people), sample(real.lfw, people)
    return [
        row(name, [real.score(embed)], sample=samples[name])
        for name, embed in environment.progress(ways.items(), "comparisons")
    ]


def sample(lfw: FaceDataset, people: FaceDataset) -> dict[str, list[float]]:
    """Return the scores of a few of View 1's test pairs, by each way; the discriminants are those of a few people."""
    pairs = lfw.pairs["view1_test"]
    chosen = np.linspace(0, len(pairs) - 1, SAMPLED_PAIRS).astype(int)
    few = pairs.subset(chosen)
    ways = comparisons(people.subset(np.flatnonzero(people.labels < PEOPLE_FOR_SAMPLE)))
    return rounded({name: compare(embed, lfw.images, few).tolist() for name, embed in ways.items()})


def main() -> None:
    """Measure, print and store."""
    real = RealFaces(load_faces("lfw", size=SIZE), load_faces("olivetti"))
    rows = measure(real)
    for each in rows:
        show(each)
    results.store("transfer_comparison", rows, intervals(rows), AS_MEASURED, photographs=version(real.lfw))


if __name__ == "__main__":
    main()
