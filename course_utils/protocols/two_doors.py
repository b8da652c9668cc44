"""Let two networks look at the same photographs, each in its own way, so that both can keep the door of lesson 09.

Both take whole photographs of `SIZE` x `SIZE` pixels.  Each finds the face with its own detector; where that finds
none, both take the middle of the photograph, so that nobody is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from course_utils import detection
from course_utils.dlib_network import DlibNetwork
from course_utils.recognition import Embedder

if TYPE_CHECKING:
    import keras

SIZE = 250  # pixels, as the photographs of LFW
MIDDLE = (SIZE // 4, SIZE // 4, SIZE // 2, SIZE // 2)  # top, left, height, width


def course_embedder(network: keras.Model) -> Embedder:
    """Return an embedder of whole photographs, by a network that takes faces.

    Parameters
    ----------
    network : keras.Model
        Takes faces (n, height, width, 3) with values 0..255, gives (n, numbers).
    """
    faces = Embedder(network)

    def embed(images: np.ndarray) -> np.ndarray:
        return faces(np.stack([face_in(image, faces.size) for image in images]))

    return Embedder(embed, name=faces.name, size=SIZE)


def professional_embedder(network: DlibNetwork) -> Embedder:
    """Return an embedder of whole photographs, by dlib's network.

    A gallery compares by the cosine, and dlib's network learned to be compared by the distance; its embeddings have
    nearly the same length, so that both say nearly the same.
    """

    def embed(images: np.ndarray) -> np.ndarray:
        return network.embed(images, otherwise=MIDDLE).embeddings

    return Embedder(embed, name="dlib's residual network", size=SIZE)


def face_in(image: np.ndarray, size: int) -> np.ndarray:
    """Return the face in a photograph, as the course's detector finds it; the middle where it finds none.

    Parameters
    ----------
    image : ndarray of uint8, shape (SIZE, SIZE, 3)
    size : int
        Height and width of what comes back, in pixels.

    Returns
    -------
    ndarray of uint8, shape (size, size, 3)
    """
    boxes = detection.detect_faces(image)
    box = detection.main_face(boxes, image.shape[:2]) if len(boxes) else np.array(MIDDLE)
    return detection.crop_face(image, size, box=box)
