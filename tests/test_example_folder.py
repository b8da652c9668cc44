"""The folder of rendered photographs that lesson 05 writes, and the day that a photograph was taken on."""

import errno

import pytest
from PIL import Image

from course_utils.datasets import example_folder, load_faces
from course_utils.datasets.image_files import day_taken


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return example_folder.write_photographs(
        "dev", people=2, pictures=6, with_faults=True, folder=tmp_path_factory.mktemp("photographs")
    )


def test_every_person_has_a_folder_and_every_look_a_day(folder):
    faces = load_faces("folder", path=folder, crop=None)
    assert faces.names == load_faces("rendered", split="dev", people=2).names
    days = faces.attributes["day"][faces.labels == 1].tolist()
    assert len(days) == 6
    assert days[0] == days[5] == "2026-03-02"
    assert len(set(days)) == 5


def test_detection_refuses_what_is_no_face_and_says_why(folder):
    refused = dict(load_faces("folder", path=folder, crop="detect").refused)
    first = sorted(path.name for path in folder.iterdir())[0]
    assert refused[f"{first}/IMG_9001.jpg"].startswith("no face was found")
    assert refused[f"{first}/shopping list.jpg"].startswith("not a picture")


def test_the_photograph_on_its_side_is_read_upright(folder):
    first = sorted(folder.iterdir())[0]
    with Image.open(first / "IMG_0001.jpg") as stored:
        assert stored.size == (224, 256)
    faces = load_faces("folder", path=folder, crop=None)
    assert faces.attributes[["width", "height"]].drop_duplicates().to_numpy().tolist() == [[256, 224]]


def test_without_a_folder_a_temporary_one_is_made():
    folder = example_folder.write_photographs("dev", people=1, pictures=1)
    assert [path.name for path in folder.glob("*/*")] == ["IMG_0001.jpg"]


def test_a_full_disk_is_named_with_the_file(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(OSError, match=r"IMG_0001\.jpg could not be written \(No space left on device\)"):
        example_folder.write_photographs("dev", people=1, pictures=1, folder=tmp_path)


def saved(path, tags=(), original=None):
    exif = Image.Exif()
    for tag, value in tags:
        exif[tag] = value
    if original:
        exif.get_ifd(0x8769)[0x9003] = original
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    return path


def test_the_day_is_that_of_the_original_then_that_of_the_file(tmp_path):
    assert day_taken(saved(tmp_path / "a.jpg")) is None
    assert day_taken(saved(tmp_path / "b.jpg", [(0x0132, "2020:01:02 03:04:05")])) == "2020-01-02"
    both = saved(tmp_path / "c.jpg", [(0x0132, "2020:01:02 03:04:05")], "2019:12:31 23:59:59")
    assert day_taken(both) == "2019-12-31"


@pytest.mark.parametrize("time", ["0000:00:00 00:00:00", "yesterday", "    :  :     :  :  "])
def test_a_time_that_is_none_is_no_day(tmp_path, time):
    assert day_taken(saved(tmp_path / "a.jpg", original=time)) is None


def test_what_is_no_picture_has_no_day(tmp_path):
    (tmp_path / "a.jpg").write_text("bread")
    assert day_taken(tmp_path / "a.jpg") is None
