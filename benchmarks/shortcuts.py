"""Can anything but the person give the person away?  Classifiers try to tell all people apart from less than a picture.

Run it from the repository: ``python -m benchmarks.shortcuts``.  It takes a few minutes on two cores.

Every input is given half of the pictures of each person to learn from, and is scored on the other half: once with looks
mixed, once with the looks (hair, beard, make-up) of the test pictures never seen.  Several simple classifiers try, and
the best counts, chosen on the test pictures themselves: that can only overstate what is given away.

The rule: nothing that varies from picture to picture tells people apart better than chance by more than 2 % of the
pictures.  It binds the columns of pictures.csv (one by one, in groups, all together) and the colours and textures of
background and clothes, away from edges.  It does not bind pixels left in their place: their outline is the head's,
which is the person's.  Nor the pixels of glasses, too thin to be seen without the skin beside them; nor hair, which
belongs to person and look; nor the positions of the eyes, which are of the face.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from course_utils import results
from course_utils.datasets import FaceDataset, rendered
from course_utils.environment import progress

Input = tuple[str, bool, Callable[[], np.ndarray]]  # name, whether the rule binds it, what makes the numbers

MARGIN = 0.02  # above chance
SMALL, LARGE = 16, 56  # pixels: for classifiers, and for colours and textures
COMPONENTS = 120
BINS = 8  # of a histogram
INTERVALS = {"wilson": ["accuracy"]}
EDGE = 2  # pixels of `LARGE`: so far from an edge nothing of the other side has come over by blur or compression
GROUPS = {  # how the names of the columns begin
    "pose": ("yaw", "pitch", "roll", "distance", "zoom", "shift"),
    "expression and gaze": ("expression", "strength", "asymmetry", "eyes_closed", "gaze"),
    "light": ("environment", "ambient", "lamp", "rim"),
    "background": ("background", "blur_of_background"),
    "camera": ("exposure", "contrast", "saturation", "white_balance", "tint", "defocus", "motion", "sharp", "noise"),
    "glasses and covers": ("glasses", "cover"),
    "clothes": ("clothes",),
}


def main() -> int:
    """Measure every input, print and store the table; return 1 where the rule is broken."""
    faces = rendered.load(size=LARGE)
    rows = measure(faces, list(inputs(faces, rendered.load_masks(size=LARGE), rendered.shot_factors())))
    for row in (results.complete(row, INTERVALS) for row in rows):
        print(f"{row['input']:50s} {row['split']:11s} {row['accuracy']:7.2%}  [{row['low']:.2%}, {row['high']:.2%}]  "
              f"{row['accuracy'] / row['chance']:5.1f} times chance")  # fmt: skip
    results.store("shortcuts", rows, INTERVALS)
    broken = violations(rows)
    print(f"chance {rows[0]['chance']:.2%}; the rule is {'broken by: ' + ', '.join(broken) if broken else 'kept'}")
    return int(bool(broken))


def measure(faces: FaceDataset, shown: list[Input]) -> list[dict]:
    """Return one row per input and split."""
    splits = {"by picture": by_picture(faces), "by look": by_look(faces)}
    chance = 1 / len(np.unique(faces.labels))
    rows = []
    for name, bound, make in progress(shown, "inputs"):
        features = make()
        for split, in_training in splits.items():
            correct, classifier = best_score(features, faces.labels, in_training)
            rows.append(
                {"input": name, "split": split, "successes": correct, "trials": int((~in_training).sum()),
                 "chance": round(chance, 5), "classifier": classifier, "bound": bound}
            )  # fmt: skip
    return rows


def violations(rows: list[dict]) -> list[str]:
    """Return the inputs that break the rule."""
    return list(
        dict.fromkeys(
            row["input"] for row in rows if row["bound"] and row["successes"] / row["trials"] > row["chance"] + MARGIN
        )
    )


def by_picture(faces: FaceDataset, seed: int = 0) -> np.ndarray:
    """Return for each picture whether it is in the training half, half of each person's, drawn."""
    random = np.random.default_rng(seed)
    order = pd.Series(random.permutation(len(faces))).groupby(faces.labels).rank().to_numpy()
    return order <= np.bincount(faces.labels)[faces.labels] / 2


def by_look(faces: FaceDataset) -> np.ndarray:
    """Return for each picture whether its look is in the larger half of the looks."""
    look = faces.attributes["look"].to_numpy()
    return look <= look.max() // 2


def inputs(faces: FaceDataset, masks: np.ndarray, columns: list[str]) -> Iterator[Input]:
    """Yield what classifiers are shown.

    Parameters
    ----------
    faces : FaceDataset
    masks : ndarray of uint8, shape (n, size, size)
        Of the same pictures, at the same size.
    columns : list of str
        Columns of ``faces.attributes`` that vary per picture.
    """
    attributes = faces.attributes
    for name in columns:
        yield f"column {name}", True, lambda name=name: numbers(attributes[[name]])
    for name, group in column_groups(columns).items():
        yield f"columns of {name}", True, lambda group=group: numbers(attributes[group])
    yield "all columns of pictures.csv", True, lambda: numbers(attributes[columns])
    parts = {part: masks == value for value, part in enumerate(rendered.MASK_CLASSES)}
    for part in ("background", "clothes"):
        yield f"{part}: colours and textures", True, lambda part=part: appearance(faces.images, inner(parts[part]))
    yield "positions of the eyes", False, lambda: numbers(attributes[list(rendered.EYES)])
    for part in ("background", "clothes", "worn", "hair"):
        yield f"{part}: pixels in their place", False, lambda part=part: pixels(faces.images, parts[part])
    for part in ("worn", "hair"):
        yield f"{part}: colours and textures", False, lambda part=part: appearance(faces.images, parts[part])
    yield "mean colour of the picture", False, lambda: faces.images.mean(axis=(1, 2))
    yield "outlines only (the mask)", False, lambda: shrunk(np.repeat(masks[..., np.newaxis] * 50, 3, -1))
    yield "whole picture", False, lambda: shrunk(faces.images)


def column_groups(columns: list[str]) -> dict[str, list[str]]:
    """Return the columns by what they are about; those that no group knows are "other things"."""
    groups = {name: [column for column in columns if column.startswith(starts)] for name, starts in GROUPS.items()}
    known = {column for group in groups.values() for column in group}
    groups["other things"] = [column for column in columns if column not in known]
    return {name: group for name, group in groups.items() if group}


def numbers(table: pd.DataFrame) -> np.ndarray:
    """Return a table as numbers: words as one column each, colours (#rrggbb) as red, green and blue."""
    parts = []
    for name, column in table.items():
        if pd.api.types.is_numeric_dtype(column):
            parts.append(column.to_numpy(float)[:, np.newaxis])
        elif column.str.fullmatch("#[0-9a-f]{6}").all():
            parts.append(np.array([list(bytes.fromhex(color[1:])) for color in column], float))
        else:
            parts.append(pd.get_dummies(table[[name]]).to_numpy(float))
    return np.concatenate(parts, axis=1)


def appearance(images: np.ndarray, shown: np.ndarray) -> np.ndarray:
    """Describe pixels without their place: histograms of colour and of its change to the right and downwards.

    Pixels whose right or lower neighbour is not shown say nothing about change, so that no outline comes in.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, h, w, 3)
    shown : ndarray of bool, shape (n, h, w)

    Returns
    -------
    ndarray, shape (n, 6 * BINS + 6)
        Shares of the pixels shown, and mean and spread of each channel; zeros where nothing is shown.
    """
    rows = np.zeros((len(images), 6 * BINS + 6))
    paired = shown[:, :-1, :-1] & shown[:, 1:, :-1] & shown[:, :-1, 1:]
    for row, image, seen, with_neighbours in zip(rows, images, shown, paired, strict=True):
        colors = image[seen].astype(float)
        if len(colors) == 0:
            continue
        values = image.astype(np.int16)
        change = abs(values[:-1, 1:] - values[:-1, :-1]) + abs(values[1:, :-1] - values[:-1, :-1])
        change = change[with_neighbours]
        histograms = [np.histogram(colors[:, k], BINS, (0, 256))[0] / len(colors) for k in range(3)]
        histograms += [np.histogram(change[:, k], BINS, (0, 64))[0] / max(len(change), 1) for k in range(3)]
        row[:] = np.concatenate([*histograms, colors.mean(0) / 255, colors.std(0) / 255])
    return rows


def inner(shown: np.ndarray) -> np.ndarray:
    """Return the pixels, (n, h, w), that are more than `EDGE` away from all that are not shown."""
    from scipy.ndimage import binary_erosion

    return binary_erosion(shown, np.ones((1, 2 * EDGE + 1, 2 * EDGE + 1), bool), border_value=1)


def pixels(images: np.ndarray, shown: np.ndarray) -> np.ndarray:
    """Return small pictures on which everything is grey that is not shown."""
    return shrunk(np.where(shown[..., np.newaxis], images, 127).astype(np.uint8))


def shrunk(images: np.ndarray) -> np.ndarray:
    """Return pictures (n, size, size, 3) scaled to `SMALL`, as rows."""
    from PIL import Image

    small = [Image.fromarray(image).resize((SMALL, SMALL), Image.Resampling.BICUBIC) for image in images]
    return np.stack([np.asarray(image, np.float32).ravel() / 255 for image in small])


def best_score(features: np.ndarray, labels: np.ndarray, in_training: np.ndarray) -> tuple[int, str]:
    """Return how many test pictures the best of the classifiers gets right, and its name."""
    from sklearn.decomposition import PCA
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.preprocessing import StandardScaler

    features = StandardScaler().fit(features[in_training]).transform(features)
    if features.shape[1] > COMPONENTS:
        features = PCA(COMPONENTS, random_state=0).fit(features[in_training]).transform(features)
    classifiers = {
        "nearest picture": KNeighborsClassifier(1),
        "normal distributions": GaussianNB(var_smoothing=1e-2),
        "linear discriminant": LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.1),
    }
    scores = {}
    for name, classifier in classifiers.items():
        answers = classifier.fit(features[in_training], labels[in_training]).predict(features[~in_training])
        scores[name] = int((answers == labels[~in_training]).sum())
    best = max(scores, key=scores.get)
    return scores[best], best


if __name__ == "__main__":
    sys.exit(main())
