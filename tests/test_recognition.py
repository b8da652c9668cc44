"""The whole way from a photograph to a name: what each step says, for pictures of every kind."""

from functools import cache

import numpy as np
import pytest
from PIL import Image

from course_utils import environment

environment.setup()

import keras

from course_utils import alignment, detection, pretrained, recognition
from course_utils.datasets import load_faces
from course_utils.gallery import EmptyGalleryError, Gallery, OtherNetworkError
from course_utils.recognition import Embedder, Recogniser


def coarse(images: np.ndarray) -> np.ndarray:
    """A template for tests: grey pictures of 4 x 4, less their mean."""
    grey = images.mean(axis=-1).reshape(len(images), 4, 8, 4, 8).mean(axis=(2, 4)).reshape(len(images), 16)
    return grey - grey.mean(axis=1, keepdims=True)


COARSE = Embedder(coarse, name="coarse", size=32)


@cache
def photographs() -> list[np.ndarray]:
    """Rendered faces in larger pictures, of three people, in each of which the detector finds one face."""
    faces = load_faces("rendered", split="dev", people=12, pictures=1, size=112)
    padded = [np.pad(face, ((48, 64), (72, 72), (0, 0)), mode="edge") for face in faces.images]
    return [picture for picture in padded if len(detection.detect_faces(picture)) == 1][:3]


def recogniser(threshold: float = 0.9, **options) -> Recogniser:
    """One that knows the person in the first photograph."""
    made = Recogniser(COARSE, Gallery("coarse"), threshold, **{"align": False} | options)
    made.enrol("Ada", photographs()[:1])
    return made


def steps(report) -> dict[str, str]:
    return dict(report.steps)


# -- the outcome of each step ------------------------------------------------------------------------------------------


def test_a_known_person_is_named_and_each_step_says_what_it_did():
    (report,) = recogniser().identify(photographs()[:1])
    assert list(steps(report)) == ["read", "detect", "align", "embed", "compare", "decide"]
    assert steps(report)["read"] == "256 x 224 pixels"
    assert steps(report)["detect"].startswith("one face, ")
    assert steps(report)["embed"] == "16 numbers"
    assert steps(report)["compare"] == "with 1 person; the highest score is 1.000"
    assert steps(report)["decide"] == "Ada, because 1.000 is at or above the threshold 0.900"
    assert (report.answer.name, report.face.shape, report.template.shape) == ("Ada", (32, 32, 3), (16,))
    assert str(report).splitlines()[0] == "picture 0"
    assert str(report).splitlines()[-1] == "  decide   Ada, because 1.000 is at or above the threshold 0.900"


def test_a_stranger_is_nobody():
    (report,) = recogniser(threshold=0.9999).identify(photographs()[1:2])
    assert report.answer.name is None
    assert steps(report)["decide"].startswith("nobody, because 0.")
    assert "below the threshold 1.000" in steps(report)["decide"]


def test_of_several_faces_the_largest_most_central_one_is_taken():
    large = np.asarray(Image.fromarray(photographs()[0]).resize((512, 448)))
    together = np.zeros((448, 768, 3), np.uint8) + 128
    together[:, :512], together[100:324, 512:] = large, photographs()[1]
    (report,) = recogniser().identify([together])
    assert steps(report)["detect"].startswith("2 faces; the largest, most central one was taken, ")
    assert report.answer.name == "Ada"


@pytest.mark.parametrize(
    ("picture", "step", "outcome"),
    [
        (np.full((200, 200, 3), 90, np.uint8), "detect", "no face found"),
        (np.zeros((9, 12, 3), np.uint8), "read", "refused: too small, 12 x 9 pixels; a face needs at least 24"),
        (np.zeros((300, 20, 3), np.uint8), "read", "refused: too small, 20 x 300 pixels; a face needs at least 24"),
        (np.zeros((24, 24), np.uint8), "detect", "no face found"),
    ],
)
def test_a_picture_without_a_face_ends_where_it_fails(picture, step, outcome):
    (report,) = recogniser().identify([picture])
    assert report.steps[-1] == (step, outcome)
    assert (report.answer, report.face, report.template) == (None, None, None)


@pytest.mark.parametrize("shape", ["(height, width)", "(height, width, 1)"])
def test_a_grey_picture_is_as_good_as_one_in_three_equal_channels(shape):
    grey = photographs()[0].mean(axis=-1).round().astype(np.uint8)
    known = recogniser()
    asked = grey if shape == "(height, width)" else grey[..., np.newaxis]
    first, second = known.identify([asked, np.repeat(grey[..., np.newaxis], 3, axis=-1)])
    assert steps(first)["read"] == "256 x 224 pixels, grey, in three channels now"
    np.testing.assert_array_equal(first.template, second.template)


def test_files_are_read_and_what_is_no_picture_is_refused(tmp_path):
    Image.fromarray(photographs()[0]).save(tmp_path / "Ada.png")
    (tmp_path / "list.jpg").write_text("bread, milk")
    reports = recogniser().identify([tmp_path / "Ada.png", str(tmp_path / "list.jpg"), tmp_path / "missing.jpg"])
    assert [report.picture for report in reports] == ["Ada.png", "list.jpg", "missing.jpg"]
    assert reports[0].answer.name == "Ada"
    assert "not a picture of a known format" in steps(reports[1])["read"]
    assert steps(reports[2])["read"] == "refused: there is no such file"


def test_pictures_that_are_faces_already_are_taken_whole():
    face = photographs()[0][48:160, 72:184]
    made = Recogniser(COARSE, Gallery("coarse"), 0.9, detect=False, align=False)
    (report,) = made.look([face])
    assert steps(report)["detect"] == "not asked for; all of the picture"
    np.testing.assert_array_equal(report.face, detection.crop_face(face, 32, box=(0, 0, 112, 112)))


@pytest.mark.parametrize(
    ("picture", "found"),
    [
        (np.zeros((40, 40, 3)), "float64"),
        (np.zeros((40, 40, 4), np.uint8), r"\(40, 40, 4\)"),
        (np.zeros(40, np.uint8), r"\(40,\)"),
    ],
)
def test_an_array_that_is_no_picture_is_an_error(picture, found):
    with pytest.raises(ValueError, match=f"picture 1: expected uint8 .* got .*{found}"):
        recogniser().identify([photographs()[0], picture])


# -- alignment ---------------------------------------------------------------------------------------------------------


def test_a_tilted_face_is_turned_upright():
    """Faces as the network knows them, each tilted by 15 degrees and shown as they are."""
    faces = load_faces("rendered", split="dev", people=6, pictures=1, size=112).images
    around = [np.pad(face, ((56, 56), (56, 56), (0, 0)), mode="edge") for face in faces]
    tilted = [
        np.asarray(Image.fromarray(picture).rotate(15, Image.Resampling.BICUBIC))[56:168, 56:168] for picture in around
    ]
    embedder = Embedder(coarse, name="coarse", size=32)
    made = Recogniser(embedder, Gallery("coarse"), 0.9, detect=False)
    reports = made.look(tilted)
    turns = [int(steps(report)["align"].split()[2]) for report in reports]
    assert np.median(turns) == pytest.approx(
        15, abs=4
    )  # rows count downwards: a turn to the left is undone by one to the right
    upright = made.look(faces)
    by = np.array(
        [np.corrcoef(one.template, other.template)[0, 1] for one, other in zip(reports, upright, strict=True)]
    )
    plain = Recogniser(embedder, Gallery("coarse"), 0.9, detect=False, align=False)
    without = np.array([
        np.corrcoef(one.template, other.template)[0, 1]
        for one, other in zip(plain.look(tilted), plain.look(faces), strict=True)
    ])  # fmt: skip
    assert np.median(by) > np.median(without)


def test_eyes_that_are_found_where_none_can_be_leave_the_face_as_it_is(monkeypatch):
    made = recogniser(align=True)
    monkeypatch.setattr(made.landmarks, "predict", lambda images, verbose: alignment.TEMPLATE[np.newaxis, ::-1])
    (report,) = made.look(photographs()[:1])
    assert steps(report)["align"] == "eyes and mouth not found; the face as it was cut out"
    np.testing.assert_array_equal(report.face, recogniser().look(photographs()[:1])[0].face)


# -- embedders ---------------------------------------------------------------------------------------------------------


def test_the_course_s_network_is_an_embedder_with_its_fingerprint_for_a_name():
    embedder, again = (Embedder(pretrained.load_network("embedding")) for _ in range(2))
    assert (embedder.name, embedder.size) == (again.name, 64)
    assert Embedder(pretrained.load_network("embedding_first")).name != embedder.name
    gallery = Gallery(embedder.name)
    made = Recogniser(embedder, gallery, threshold=0.5)
    made.enrol("Ada", photographs()[:1])
    assert [report.answer.name for report in made.identify(photographs())] == ["Ada", None, None]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Embedder(coarse), "give it a name and a size"),
        (lambda: Embedder(coarse, size=32), "give it a name and a size"),
        (
            lambda: Embedder(keras.Sequential([keras.Input((None, None, 3)), keras.layers.Conv2D(2, 3)])),
            "which square size",
        ),
        (
            lambda: Embedder(lambda images: images[:, 0, 0, 0], name="n", size=32)(np.zeros((2, 32, 32, 3))),
            r"\(2, numbers\)",
        ),
    ],
)
def test_an_embedder_that_cannot_be_used_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


# -- enrolment ---------------------------------------------------------------------------------------------------------


def test_somebody_is_enrolled_with_all_pictures_that_show_a_face():
    made = Recogniser(COARSE, Gallery("coarse", "best"), 0.9, align=False)
    reports = made.enrol("Ada", [photographs()[0], np.zeros((100, 100, 3), np.uint8), photographs()[0]])
    assert [report.template is not None for report in reports] == [True, False, True]
    assert made.gallery.log[0].count == 2


def test_without_a_face_nobody_is_enrolled():
    made = recogniser()
    with pytest.raises(
        ValueError, match=r"Nobody was enrolled as 'Ben', .* \(picture 0: no face found; picture 1: refused: "
    ):
        made.enrol("Ben", [np.zeros((100, 100, 3), np.uint8), np.zeros((9, 9, 3), np.uint8)])
    with pytest.raises(ValueError, match="no picture"):
        made.enrol("Ben", [])
    assert made.gallery.names == ("Ada",)


def test_a_gallery_of_another_network_is_refused():
    with pytest.raises(OtherNetworkError, match="templates of 'another', and the embedder is 'coarse'"):
        Recogniser(COARSE, Gallery("another"), 0.5, align=False)


def test_nobody_can_be_found_in_an_empty_gallery():
    with pytest.raises(EmptyGalleryError):
        Recogniser(COARSE, Gallery("coarse"), 0.5, align=False).identify(photographs())
    assert detection._cascade().window_width == recognition.SMALLEST
