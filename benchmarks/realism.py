"""Measure where rendered people differ from photographs: networks tell them apart, each by one part of the face.

Run it from the repository: ``python -m benchmarks.realism``.  It needs LFW (downloaded on first use, or found through
the variable SCIKIT_LEARN_DATA) and takes some minutes on two cores.  The photographs are of people of LFW's View 1,
which is there for choosing; nobody of View 2 is looked at alone.

A part at which the network is right half of the time cannot be told from a photograph.  A higher fraction means that
more differs, not that it looks worse: JPEG compression, resampling, pose and expression differ too.  Each person is in
one picture only, so a network is tested on people whom it has not seen, and each answer is about another person.  Every
patch is grey and scaled to the same mean and contrast, so that the shape of things decides, not the light; two rows ask
about colour and about sharpness alone.  ``--pictures FOLDER`` also writes pictures to look at: the
rendered faces that give themselves away most and least, where the network looks, and the photographs that are nearest.
They show real people: the folder must not be in the repository.
"""

from course_utils import environment

environment.setup()

import argparse
from pathlib import Path

import keras
import numpy as np
from PIL import Image
from scipy import ndimage
from skimage.feature import hog

from benchmarks.transfer.real_faces import version
from course_utils import results, training
from course_utils.augmentation import LUMA
from course_utils.datasets import FaceDataset, load_faces

SIZE = 112
N_PICTURES = 480  # of each kind, one of each person; there are so many rendered people
FOLDS, EPOCHS, SEED = 5, 8, 0
INTERVALS = {"wilson": ["told apart"]}
PATCH = 32  # pixels that every part is resized to
PARTS = {  # top, bottom, left, right as shares of the picture
    "whole picture": (0.0, 1.0, 0.0, 1.0),
    "hair and forehead": (0.0, 0.22, 0.15, 0.85),
    "brows": (0.19, 0.31, 0.18, 0.82),
    "eyes": (0.27, 0.41, 0.18, 0.82),
    "nose": (0.36, 0.64, 0.33, 0.67),
    "cheeks": (0.40, 0.70, 0.10, 0.90),
    "mouth": (0.61, 0.81, 0.25, 0.75),
    "chin and neck": (0.78, 1.0, 0.15, 0.85),
    "left edge": (0.0, 1.0, 0.0, 0.18),
}


def photographs() -> FaceDataset:
    """Return photographs of different people of LFW's View 1, of (SIZE, SIZE) pixels."""
    faces = load_faces("lfw", size=SIZE)
    return one_of_each(faces.subset(faces.pairs["view1_train"].pictures))


def rendered(path: str | None) -> np.ndarray:
    """Return rendered pictures, uint8 (n, SIZE, SIZE, 3): one of each person, or those of an .npz with ``images``."""
    if path is None:
        return one_of_each(load_faces("rendered", size=SIZE)).images
    images = np.load(path)["images"]
    return images[np.linspace(0, len(images) - 1, min(N_PICTURES, len(images))).astype(int)]


def one_of_each(faces: FaceDataset) -> FaceDataset:
    """Return one picture, drawn, of each of `N_PICTURES` people; of all people where there are fewer."""
    random = np.random.default_rng(SEED)
    order = random.permutation(len(faces))
    drawn = order[np.unique(faces.labels[order], return_index=True)[1]]
    return faces.subset(random.permutation(drawn)[:N_PICTURES])


def patches(images: np.ndarray, part: str) -> np.ndarray:
    """Return a part of every picture, grey, mean 0 and contrast 1, shape (n, PATCH, PATCH, 1)."""
    top, bottom, left, right = (round(share * SIZE) for share in PARTS[part])
    grey = images[:, top:bottom, left:right] @ LUMA
    zoom = (1, PATCH / grey.shape[1], PATCH / grey.shape[2])
    small = ndimage.zoom(ndimage.gaussian_filter(grey, (0, *(max(0, 0.5 / factor - 0.5) for factor in zoom[1:]))), zoom,
                         order=1)  # fmt: skip
    small = small - small.mean((1, 2), keepdims=True)
    return (small / (small.std((1, 2), keepdims=True) + 1e-6))[..., None].astype("float32")


def statistics(images: np.ndarray, kind: str) -> np.ndarray:
    """Return a few numbers per picture: of its colours, or of its detail at several scales."""
    scaled = images / 255
    if kind == "colour":
        flat = scaled.reshape(len(images), -1, 3)
        chroma = flat - flat.mean(-1, keepdims=True)
        return np.concatenate([flat.mean(1), flat.std(1), np.percentile(chroma, (5, 95), axis=1).swapaxes(0, 1).reshape(
            len(images), -1)], axis=1)  # fmt: skip
    grey = scaled @ LUMA
    blurred = [ndimage.gaussian_filter(grey, (0, sigma, sigma)) for sigma in (0.5, 1, 2, 4, 8)]
    bands = [(fine - coarse).std((1, 2)) for fine, coarse in zip([grey, *blurred], blurred, strict=False)]
    return np.log(np.stack(bands, axis=1) + 1e-4)


def discriminator(shape: tuple[int, ...]) -> keras.Model:
    """Return a small network that gives the probability that an input is a photograph."""
    if len(shape) == 1:
        body = [keras.layers.Dense(32, activation="relu")]
    else:
        body = [
            *(keras.layers.Conv2D(width, 3, strides=2, padding="same", activation="relu") for width in (16, 32, 64)),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.4),
        ]
    model = keras.Sequential([keras.Input(shape), *body, keras.layers.Dense(1, activation="sigmoid")])
    model.compile(keras.optimizers.Adam(2e-3), loss="binary_crossentropy")
    return model


def tell_apart(inputs: np.ndarray, real: np.ndarray) -> np.ndarray:
    """Return for every input the probability that it is a photograph, from a network that did not see it."""
    fold = np.random.default_rng(SEED).permutation(len(real)) % FOLDS
    answers = np.zeros(len(real))
    for number in range(FOLDS):
        keras.utils.set_random_seed(SEED + number)
        model = discriminator(inputs.shape[1:])
        seen = fold != number
        epochs = EPOCHS if inputs.ndim == 4 else 5 * EPOCHS
        model.fit(training.Batches(inputs[seen], real[seen], seed=SEED), epochs=epochs, verbose=0)
        answers[~seen] = model.predict(inputs[~seen], verbose=0)[:, 0]
    return answers


def measure(real_images: np.ndarray, rendered_images: np.ndarray) -> tuple[list[dict], np.ndarray]:
    """Return one row for every part, and the probabilities by the whole picture."""
    images = np.concatenate([real_images, rendered_images])
    real = np.arange(len(images)) < len(real_images)
    rows = []
    kinds = [*PARTS, "colour", "detail"]
    for kind in environment.progress(kinds, "telling apart"):
        inputs = patches(images, kind) if kind in PARTS else statistics(images, kind)
        if kind not in PARTS:
            inputs = (inputs - inputs.mean(0)) / inputs.std(0)
        answers = tell_apart(inputs, real.astype("int64"))
        right = int(((answers > 0.5) == real).sum())
        rows.append({"part": kind, "successes": right, "trials": len(real)})
        if kind == "whole picture":
            whole = answers
    return rows, whole[~real]


def sheet(images: np.ndarray, columns: int) -> np.ndarray:
    """Return pictures (n, h, w, 3) side by side, ``columns`` in a row."""
    rows = [np.hstack(images[k : k + columns]) for k in range(0, len(images) - columns + 1, columns)]
    return np.vstack(rows)


def nearest(rendered_images: np.ndarray, real_images: np.ndarray, count: int = 7) -> np.ndarray:
    """Return a sheet: in each row a rendered face and the photographs most like it, by histograms of gradients."""

    def describe(images):
        return np.stack([hog(image @ LUMA, pixels_per_cell=(14, 14), cells_per_block=(2, 2)) for image in images])

    likeness = describe(rendered_images) @ describe(real_images).T
    order = np.argsort(-likeness, axis=1)[:, :count]
    rows = [[image, *real_images[row]] for image, row in zip(rendered_images, order, strict=True)]
    return sheet(np.concatenate(rows), count + 1)


def write_pictures(folder: Path, real_images: np.ndarray, rendered_images: np.ndarray, passes: np.ndarray) -> None:
    """Write the sheets to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    order = np.argsort(passes)
    sheets = {
        "most_rendered": sheet(rendered_images[order[:48]], 8),
        "least_rendered": sheet(rendered_images[order[::-1][:48]], 8),
        "nearest": nearest(rendered_images[order[len(order) // 2 :][:12]], real_images),
    }
    for name, picture in sheets.items():
        Image.fromarray(picture.astype("uint8")).save(folder / f"{name}.png")


def check_outside(folder: Path | None) -> None:
    """Refuse a folder for pictures of real people, if there is one, that lies in the repository.

    Raises
    ------
    SystemExit
        If it does.
    """
    if folder and folder.resolve().is_relative_to(environment.ROOT):
        raise SystemExit(f"{folder}: this folder is in the repository, and the pictures show real people.")


def main() -> None:
    """Measure, print and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rendered", help="an .npz with `images` instead of the embedded set; nothing is stored then")
    parser.add_argument("--pictures", type=Path, help="folder for pictures to look at, outside the repository")
    options = parser.parse_args()
    check_outside(options.pictures)
    real = photographs()
    real_images, rendered_images = real.images, rendered(options.rendered)
    rows, passes = measure(real_images, rendered_images)
    for row in (results.complete(row, INTERVALS) for row in rows):
        print(f"{row['part']:20} told apart {row['told apart']:.3f}  [{row['low']:.3f}, {row['high']:.3f}]")
    if options.pictures:
        write_pictures(options.pictures, real_images, rendered_images, passes)
    if not options.rendered:
        results.store("realism", rows, INTERVALS, photographs=version(real))


if __name__ == "__main__":
    main()
