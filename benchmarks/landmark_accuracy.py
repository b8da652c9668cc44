"""Measure how accurately a landmark network trained only on rendered people works on photographs.

Run it from the repository: ``python -m benchmarks.landmark_accuracy``.  It needs LFW (downloaded on first use, or found
through the variable SCIKIT_LEARN_DATA), what `face_renderer` needs, and uv, which `make setup` installs; it takes about
a quarter of an hour on two cores.

The positions in a rendered picture follow from its seed, so the network (`course_utils.alignment`) needs nobody's
labels.  It learns from the people of the embedded set's training part, each picture shifted, turned and scaled anew,
and changed as `augmentation.transfer_pipeline` does.  Errors are distances from the right place in units of that
between the eyes.  On other rendered people the right place is known; on photographs, those of View 1's training pairs,
the landmarks of MediaPipe are taken for it, which has errors of its own.  "Always the same place" does not look at the
picture: what a fixed crop gives.

What the network is good for, `benchmarks.transfer_comparison` measures.
"""

from course_utils import environment

environment.setup()

from dataclasses import replace

import keras
import numpy as np

from benchmarks import proportions
from benchmarks.fingerprints import code_of, fingerprint
from benchmarks.transfer.real_faces import version
from course_utils import alignment, augmentation, results, training, whole_files
from course_utils.datasets import FaceDataset, load_faces, storage
from tools.rendered_set.known_landmarks import landmarks
from tools.rendered_set.plan import make_plan

SEED = 0
VARIANTS = 5  # of each picture, drawn once
EPOCHS, BATCH_SIZE, RATE = 2, 128, 2e-3
# Of the variants, standard deviations: of the scale's logarithm, in radians, in shares of the side.
SCALE, TURN, SHIFT = 0.07, 0.12, 0.04
IRISES, MOUTH = proportions.IRISES, (61, 291, 13, 14)  # MediaPipe's: the corners, and the lips where they meet


def varied(images: np.ndarray, places: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pictures, each turned, scaled and shifted at random, and where eyes and mouth have come to lie."""
    random = np.random.default_rng(seed)
    n = len(images)
    factor = np.exp(random.normal(0, SCALE, n) + 1j * random.normal(0, TURN, n))
    middle = 0.5 + 0.5j
    shift = middle - factor * middle + random.normal(0, SHIFT, n) + 1j * random.normal(0, SHIFT, n)
    return alignment.warp(images, factor, shift), alignment.moved(places, factor, shift)


def train() -> keras.Model:
    """Return the trained network, from the cache if it was trained before."""
    faces = rendered_part("train")
    name = fingerprint(faces, CODE, VARIANTS, EPOCHS, BATCH_SIZE, RATE, SCALE, TURN, SHIFT, SEED)
    weights = storage.cache_folder() / "landmarks" / f"{name}.weights.h5"
    network = alignment.landmark_network(SEED)
    if not weights.exists():
        places = places_in("train")
        fit(network, np.repeat(faces.images, VARIANTS, axis=0), np.repeat(places, VARIANTS, axis=0))
        weights.parent.mkdir(parents=True, exist_ok=True)
        with whole_files.replacing(weights) as part:
            network.save_weights(part)
    network.load_weights(weights)
    return network


def fit(network: keras.Model, images: np.ndarray, places: np.ndarray) -> None:
    """Train the network on variants of pictures."""
    images, places = varied(images, places, SEED)
    batches = training.Batches(images, places.astype(np.float32), batch_size=BATCH_SIZE, seed=SEED)
    # Without its first layer, which would turn and shift pictures but not the places.
    changes = keras.Sequential(augmentation.transfer_pipeline(SEED).layers[1:])
    pictures = keras.Input(images.shape[1:])
    trained = keras.Model(pictures, network(changes(pictures)))
    rate = keras.optimizers.schedules.CosineDecay(RATE, EPOCHS * len(batches))
    trained.compile(optimizer=keras.optimizers.Adam(rate), loss="mean_absolute_error")
    trained.fit(batches, epochs=EPOCHS, callbacks=[training.progress_bar()], verbose=0)


# Read when this module is: a file that is edited while the benchmark runs is not what was run.
CODE = code_of(alignment, augmentation, varied, fit)


def rendered_part(*parts: str) -> FaceDataset:
    """Return the pictures of some parts of the embedded set."""
    faces = load_faces("rendered", size=alignment.SIDE)
    return faces.subset(faces.attributes["split"].isin(parts).to_numpy())


def places_in(*parts: str) -> np.ndarray:
    """Return where eyes and mouth lie in the pictures of `rendered_part`, (n, 3, 2)."""
    plan = make_plan()
    return landmarks(replace(plan, people=tuple(person for person in plan.people if person.split in parts)))


def find(network: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return where eyes and mouth are in pictures of 64 x 64 pixels, (n, 3, 2)."""
    return network.predict(images, batch_size=256, verbose=0)


def errors(found: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the distances of landmarks from the right places, (n, 3), in units of that between the eyes."""
    between = np.linalg.norm(right[:, 0] - right[:, 1], axis=-1)
    return np.linalg.norm(found - right, axis=-1) / between[:, np.newaxis]


def table(pictures: str, found: np.ndarray, right: np.ndarray) -> list[dict]:
    """Return a row for the network and one for the fixed places: median and 90th percentile of the errors."""
    rows = []
    fixed = np.broadcast_to(np.median(right, axis=0), right.shape)
    for method, places in (("network", found), ("always the same place", fixed)):
        row = {"pictures": pictures, "method": method, "number": len(right)}
        for landmark, distances in zip(alignment.POINTS, errors(places, right).T, strict=True):
            middle, high = np.percentile(distances, (50, 90))
            row |= {f"{landmark} median": round(float(middle), 4), f"{landmark} 90 %": round(float(high), 4)}
        rows.append(row)
    return rows


def detected(images: np.ndarray) -> np.ndarray:
    """Return where MediaPipe sees irises and mouth, (n, 3, 2); not a number where it finds no face."""
    marks = proportions.find_landmarks(images)
    return np.concatenate([marks[:, IRISES], marks[:, MOUTH].mean(axis=1, keepdims=True)], axis=1)


def main() -> None:
    """Train, measure, print and store."""
    network = train()
    others = rendered_part("dev", "test")
    rows = table("rendered people", find(network, others.images), places_in("dev", "test"))
    lfw = load_faces("lfw", size=proportions.SIZE)
    which = lfw.pairs["view1_train"].pictures
    right = detected(lfw.images[which])
    seen = np.isfinite(right[:, 0, 0])
    small = load_faces("lfw", size=alignment.SIDE).images[which]
    rows += table("photographs", find(network, small[seen]), right[seen])
    for row in rows:
        far = (f"{point} {row[f'{point} median']:.3f} ({row[f'{point} 90 %']:.3f})" for point in alignment.POINTS)
        print(f"{row['pictures']:16} {row['method']:22} {'  '.join(far)}")
    results.store("landmark_accuracy", rows, photographs=version(lfw))


if __name__ == "__main__":
    main()
