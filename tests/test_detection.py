"""The face detector, on the one portrait that everybody may use, and on made-up boxes."""

import numpy as np
import pytest
from PIL import Image
from skimage import data

from course_utils.detection import FaceNotFoundError, _merge, crop_face, detect_faces, main_face

FACE = (67, 175, 101, 101)  # Eileen Collins's face in skimage.data.astronaut(), by eye: brows to chin


@pytest.fixture(scope="module")
def astronaut():
    return data.astronaut()


def assert_close(box, expected, tolerance):
    np.testing.assert_allclose(box, expected, atol=tolerance)


def test_the_astronaut_is_found_once(astronaut):
    boxes = detect_faces(astronaut)
    assert boxes.shape == (1, 4)
    assert boxes.dtype == np.int64
    assert_close(boxes[0], FACE, 15)


def test_the_same_face_in_other_number_types_sizes_and_places(astronaut):
    assert_close(detect_faces(astronaut.mean(axis=2))[0], FACE, 15)
    assert_close(detect_faces(astronaut / 255)[0], FACE, 15)
    large = np.asarray(Image.fromarray(astronaut).resize((1536, 1536)))
    assert_close(detect_faces(large)[0], np.array(FACE) * 3, 45)
    below = np.pad(astronaut[:300, 100:400], ((100, 0), (0, 0), (0, 0)))
    assert_close(detect_faces(below)[0], np.array(FACE) + np.array([100, -100, 0, 0]), 15)


def test_the_same_answer_every_time(astronaut):
    assert all(np.array_equal(detect_faces(astronaut), detect_faces(astronaut)) for _ in range(3))


@pytest.mark.parametrize("picture", [np.zeros((100, 80), np.uint8), np.zeros((10, 300, 3), np.uint8), data.coffee()])
def test_no_face_no_box(picture):
    assert detect_faces(picture).shape == (0, 4)
    with pytest.raises(FaceNotFoundError, match="No face was found"):
        crop_face(picture, size=32)


@pytest.mark.parametrize("shape", [(5,), (5, 5, 4), (0, 5), (2, 5, 5, 3)])
def test_wrong_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="image: expected the shape"):
        detect_faces(np.zeros(shape, np.uint8))


def test_crop_is_the_box_scaled(astronaut):
    face = crop_face(astronaut, size=64)
    assert (face.shape, face.dtype) == ((64, 64, 3), np.uint8)
    top, left, height, width = detect_faces(astronaut)[0]
    expected = Image.fromarray(astronaut[top : top + height, left : left + width]).resize((64, 64), Image.BICUBIC)
    assert np.array_equal(face, np.asarray(expected))
    assert crop_face(astronaut[..., 0], size=16).shape == (16, 16)


def test_crop_with_a_given_box_and_margin():
    image = np.arange(100, dtype=np.uint8).reshape(10, 10)
    assert np.array_equal(crop_face(image, 4, box=(2, 3, 4, 4)), image[2:6, 3:7])
    assert np.array_equal(crop_face(image, 8, box=(2, 3, 4, 4), margin=0.5), image[0:8, 1:9])
    beyond = crop_face(image, 4, box=(-2, 8, 4, 4))  # over the edge: the edge is repeated
    assert beyond.tolist() == [[8, 9, 9, 9], [8, 9, 9, 9], [8, 9, 9, 9], [18, 19, 19, 19]]
    with pytest.raises(ValueError, match="expected uint8"):
        crop_face(image / 255, 4)


def test_main_face_is_the_largest_and_most_central():
    middle, corner, small = (40, 40, 20, 20), (0, 0, 22, 22), (45, 45, 10, 10)
    assert main_face(np.array([corner, small, middle]), (100, 100)).tolist() == list(middle)
    assert main_face(np.array([corner, small]), (100, 100)).tolist() == list(corner)


def test_overlapping_windows_become_one_box_with_their_votes():
    windows = np.array([[10, 10, 40, 40], [12, 10, 40, 40], [10, 14, 40, 40], [20, 20, 15, 15], [80, 80, 30, 30]])
    boxes, votes = _merge(windows.astype(float))
    assert boxes.tolist() == [[10, 10, 40, 40], [80, 80, 30, 30]]  # the small window lies inside the first box
    assert votes.tolist() == [3, 1]
    boxes, votes = _merge(np.empty((0, 4)))
    assert boxes.shape == (0, 4) and votes.shape == (0,)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"scale_step": 1}, "scale_step: expected a number over 1"),
        ({"scale_step": 0.9}, "scale_step: expected a number over 1"),
        ({"min_face": 0}, "min_face: expected a number over 0"),
        ({"min_face": 2}, "min_face: expected a number over 0"),
    ],
)
def test_impossible_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        detect_faces(np.zeros((30, 30), np.uint8), **options)
