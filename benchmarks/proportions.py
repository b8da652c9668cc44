"""Are rendered people built like people?  Distances in the face, on photographs and on rendered pictures.

Run it from the repository: ``python -m benchmarks.proportions``.  It needs LFW (downloaded on first use, or found
through the variable SCIKIT_LEARN_DATA) and uv, which `make setup` installs, and takes some minutes.

One detector finds the landmarks in both, so that what it gets wrong, it gets wrong in both.  Distances are in units of
that between the irises.  For each: the median of pictures from the front; and how far chance moves it from person to
person, and from one picture of a person to another (standard deviations, by the analysis of variance of one factor,
from people with two pictures or more).  A set whose people differ in other ways than people do teaches a network to
look at the wrong things.

The photographs are those of View 1's training pairs, which are there for choosing.  ``--pictures FOLDER`` also writes
the mean faces to look at, of real people: the folder must not be in the repository.
"""

from course_utils import environment

environment.setup()

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import transform

from benchmarks.realism import check_outside
from benchmarks.transfer.real_faces import version
from course_utils import results
from course_utils.augmentation import LUMA
from course_utils.datasets import FaceDataset, load_faces

DETECTOR = "mediapipe==0.10.14"
SIZE = 112
SEED, RESAMPLED = 0, 400
AS_MEASURED = {
    "people": f"interval as measured, runs not stored: bootstrap of people, {RESAMPLED} repeats, of the difference of "
    "two medians (benchmarks.proportions.interval)"
}
IRISES, EDGES, NOSE_TIP = (468, 473), (234, 454), 1
IRISES_IN_MEAN = (38, 40), (74, 40)  # x and y in pixels of the mean face
FRONT, NEARLY = (0.06, 0.2), (0.15, 0.45)  # how far nose and edges may lie off the middle: see `is_within`

WIDTHS = {  # landmark at the right, landmark at the left
    "face, at the cheekbones": (234, 454),
    "jaw": (172, 397),
    "forehead": (103, 332),
    "mouth": (61, 291),
    "nose, at its wings": (98, 327),
    "between the inner corners of the eyes": (133, 362),
    "between the outer corners of the eyes": (33, 263),
    "between the brows": (55, 285),
    "iris": (469, 471),
}
HEIGHTS = {  # (upper landmarks, lower landmarks), right and left
    "opening of the eye": ((159, 386), (145, 374)),
    "brow, above the pupil": ((105, 334), IRISES),
    "brow, inner end": ((55, 285), IRISES),
    "base of the nose, below the pupil": (IRISES, (2, 2)),
    "mouth, below the pupil": (IRISES, (13, 14)),
    "chin, below the pupil": (IRISES, (152, 152)),
    "opening of the mouth": ((13, 13), (14, 14)),
    "upper lip": ((0, 0), (13, 13)),
    "lower lip": ((14, 14), (17, 17)),
}


def find_landmarks(images: np.ndarray) -> np.ndarray:
    """Return 478 landmarks per picture, (n, 478, 2), in shares of the picture; not a number where no face is found.

    Raises
    ------
    SystemExit
        If uv is missing, or the detector cannot be installed or fails; the message says why.
    """
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}") or shutil.which("uv")
    if uv is None:
        raise SystemExit("proportions: uv is not installed. Run `make setup` and use the environment that it makes.")
    with tempfile.TemporaryDirectory() as folder:
        pictures, marks = Path(folder) / "pictures.npy", Path(folder) / "marks.npy"
        np.save(pictures, images)
        script = Path(__file__).with_name("mediapipe_landmarks.py")
        command = [uv, "run", "--quiet", "--no-project", "--isolated", "--with", DETECTOR, script, pictures, marks]
        run = subprocess.run([str(word) for word in command], stderr=subprocess.PIPE, text=True, check=False)
        if run.returncode:
            raise SystemExit(f"proportions: {DETECTOR} found no landmarks:\n{run.stderr[-2000:]}")
        return np.load(marks)


def in_the_face(marks: np.ndarray) -> np.ndarray:
    """Return landmarks seen from between the irises: x along the line through them, in units of their distance."""
    right, left = (marks[:, iris] for iris in IRISES)
    along = left - right
    distance = np.linalg.norm(along, axis=1)[:, None, None]
    x = (along / distance[:, 0])[:, None]
    y = np.stack([-x[..., 1], x[..., 0]], axis=-1)
    offsets = (marks - ((right + left) / 2)[:, None]) / distance
    return np.stack([(offsets * x).sum(-1), (offsets * y).sum(-1)], axis=-1)


def is_within(faces: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """Return which faces look to the front: the tip of the nose, and both edges together, lie near the middle."""
    nose, edges = np.abs(faces[:, NOSE_TIP, 0]), np.abs(faces[:, EDGES, 0].sum(1))
    return (nose < limits[0]) & (edges < limits[1])


def distances(faces: np.ndarray) -> dict[str, np.ndarray]:
    """Return every distance, (n,), in units of that between the irises."""
    widths = {name: np.linalg.norm(faces[:, a] - faces[:, b], axis=1) for name, (a, b) in WIDTHS.items()}
    heights = {
        name: faces[:, list(lower), 1].mean(1) - faces[:, list(upper), 1].mean(1)
        for name, (upper, lower) in HEIGHTS.items()
    }
    return widths | heights


def spreads(values: np.ndarray, people: np.ndarray) -> tuple[float, float]:
    """Return the standard deviations between people and between pictures of one, from those with two or more."""
    _, who, counts = np.unique(people, return_inverse=True, return_counts=True)
    values, who = values[counts[who] > 1], who[counts[who] > 1]
    _, who, counts = np.unique(who, return_inverse=True, return_counts=True)
    means = np.bincount(who, values) / counts
    within = ((values - means[who]) ** 2).sum() / (len(values) - len(counts))
    between = (counts * (means - values.mean()) ** 2).sum() / (len(counts) - 1)
    usual = (len(values) - (counts**2).sum() / len(values)) / (len(counts) - 1)
    return float(np.sqrt(max(0.0, between - within) / usual)), float(np.sqrt(within))


def interval(values: list[np.ndarray], people: list[np.ndarray]) -> tuple[float, float]:
    """Return the 95 % interval of the difference of two sets' medians, the second less the first, by person."""
    random = np.random.default_rng(SEED)
    grouped = [[v[p == person] for person in np.unique(p)] for v, p in zip(values, people, strict=True)]

    def median(groups):
        return np.median(np.concatenate([groups[k] for k in random.integers(len(groups), size=len(groups))]))

    drawn = [median(grouped[1]) - median(grouped[0]) for _ in range(RESAMPLED)]
    return tuple(float(bound) for bound in np.percentile(drawn, (2.5, 97.5)))


def measure(marks: list[np.ndarray], people: list[np.ndarray]) -> list[dict]:
    """Return a row per distance, for photographs and rendered pictures (in this order)."""
    seen = [np.isfinite(each[:, 0, 0]) for each in marks]
    faces = [in_the_face(each[ok]) for each, ok in zip(marks, seen, strict=True)]
    people = [each[ok] for each, ok in zip(people, seen, strict=True)]
    front, nearly = ([is_within(each, limits) for each in faces] for limits in (FRONT, NEARLY))
    found = [distances(each) for each in faces]
    rows = []
    for name in found[0]:
        values = [each[name] for each in found]
        straight = [v[ok] for v, ok in zip(values, front, strict=True)]
        low, high = interval(straight, [p[ok] for p, ok in zip(people, front, strict=True)])
        row = {"distance": name}
        for kind, v, s, p, ok in zip(("photographs", "rendered"), values, straight, people, nearly, strict=True):
            between, within = spreads(v[ok], p[ok])
            row |= {kind: float(np.median(s)), f"{kind}_between": between, f"{kind}_within": within}
            row[f"{kind}_pictures"] = len(s)
        row = {key: round(value, 4) if isinstance(value, float) else value for key, value in row.items()}
        difference = {"low": round(low, 4), "high": round(high, 4), "by": "people"}
        rows.append({**row, results.AS_MEASURED: {"difference": difference}})
    return rows


def chosen() -> list[FaceDataset]:
    """Return the photographs of View 1's training pairs, and of every rendered person four pictures."""
    lfw, rendered = load_faces("lfw", size=SIZE), load_faces("rendered", size=SIZE, pictures=4)
    return [lfw.subset(lfw.pairs["view1_train"].pictures), rendered]


def mean_face(images: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """Return the mean of the pictures, grey, each laid with its irises on the same places and at the same contrast."""
    total = np.zeros((SIZE, SIZE))
    seen = np.isfinite(marks[:, 0, 0])
    for image, irises in zip(images[seen] @ LUMA, marks[seen][:, IRISES] * SIZE, strict=True):
        to_picture = transform.SimilarityTransform.from_estimate(IRISES_IN_MEAN, irises)
        laid = transform.warp(image, to_picture, mode="edge")
        total += (laid - laid.mean()) / laid.std()
    return total / seen.sum()


def main() -> None:
    """Measure, print and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=Path, help="folder for the mean faces, outside the repository")
    options = parser.parse_args()
    check_outside(options.pictures)
    sets = chosen()
    marks = [find_landmarks(faces.images) for faces in environment.progress(sets, "landmarks")]
    rows = measure(marks, [faces.labels for faces in sets])
    for row in rows:
        print(f"{row['distance']:38} {row['photographs']:.3f} {row['rendered']:.3f}  people "
              f"{row['photographs_between']:.3f} {row['rendered_between']:.3f}  pictures "
              f"{row['photographs_within']:.3f} {row['rendered_within']:.3f}")  # fmt: skip
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
        means = [mean_face(faces.images, each) for faces, each in zip(sets, marks, strict=True)]
        sheet = np.hstack([*means, 2 * (means[1] - means[0])])
        Image.fromarray(np.clip(128 + 70 * sheet, 0, 255).astype("uint8")).save(options.pictures / "mean_faces.png")
    results.store("proportions", rows, as_measured=AS_MEASURED, photographs=version(sets[0]))


if __name__ == "__main__":
    main()
