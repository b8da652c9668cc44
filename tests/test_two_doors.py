"""Two networks look at the same photographs: each finds the face in its own way, and nobody is left out."""

import numpy as np
import pytest

from course_utils import datasets, dlib_network, recognition
from course_utils.datasets import example_folder
from course_utils.protocols import two_doors


class Faces:
    """A network that takes faces of 64 x 64 pixels and says how bright the middle is."""

    input_shape = (None, 64, 64, 3)

    def get_weights(self):
        """Exist, as for a Keras model."""

    def predict(self, images, **_):
        assert images.shape[1:] == (64, 64, 3)
        return images[:, 32, 32].astype(float)


class Dlib:
    """dlib's network, as far as it is used."""

    def embed(self, images, otherwise):
        assert otherwise == two_doors.MIDDLE
        return dlib_network.Embedded(np.ones((len(images), 128), np.float32), np.ones(len(images), bool))


@pytest.fixture(scope="module")
def photographs():
    folder = example_folder.write_photographs("train", people=2, pictures=2)
    return datasets.load_faces("folder", path=folder, crop=None, size=two_doors.SIZE).images


def test_a_face_is_found_in_the_photograph_and_the_middle_is_taken_without_one(photographs, monkeypatch):
    face = two_doors.face_in(photographs[0], 64)
    assert face.shape == (64, 64, 3)
    monkeypatch.setattr(two_doors.detection, "detect_faces", lambda image: np.empty((0, 4), int))
    top, left, height, width = two_doors.MIDDLE
    middle = two_doors.face_in(photographs[0], height)
    np.testing.assert_array_equal(middle, photographs[0][top : top + height, left : left + width])


def test_both_embedders_take_whole_photographs(photographs, monkeypatch):
    monkeypatch.setattr(recognition, "network_fingerprint", lambda network: "the course's")
    ours = two_doors.course_embedder(Faces())
    theirs = two_doors.professional_embedder(Dlib())
    assert ours.size == theirs.size == two_doors.SIZE
    assert ours.name != theirs.name
    assert ours(photographs).shape == (4, 3)
    assert theirs(photographs).shape == (4, 128)
