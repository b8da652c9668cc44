"""Copies of LFW from elsewhere: used where all of it is there, refused with the set's own message where it is not."""

import os
import tarfile
from pathlib import Path

import numpy as np
import pytest
from faces_on_disk import make_small_lfw_official, write_lfw

from course_utils.datasets import DatasetUnavailableError, is_available, lfw, load_faces, storage


@pytest.fixture(autouse=True)
def small_lfw(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "course"))
    monkeypatch.setenv("TQDM_DISABLE", "1")
    monkeypatch.delenv("SCIKIT_LEARN_DATA", raising=False)
    return make_small_lfw_official(monkeypatch, lfw)


@pytest.fixture
def home(tmp_path):
    return write_lfw(tmp_path / "scikit") / "lfw_home"


def one_folder_deeper(home):
    pictures = home / "lfw_funneled"
    pictures.rename(home / "inner")
    pictures.mkdir()
    (home / "inner").rename(pictures / "lfw_funneled")
    (pictures / "readme.txt").write_text("from elsewhere")


def as_kaggle_has_it(home):
    one_folder_deeper(home)
    (home / "lfw_funneled" / "lfw_funneled").rename(home / "lfw_funneled" / "lfw-deepfunneled")
    (home / "lfw_funneled").rename(home / "lfw-deepfunneled")


def files_of_other_systems(home):
    (home / "lfw_funneled/Cid/._Cid_0001.jpg").write_bytes(b"of macOS")
    (home / "lfw_funneled/Cid/Thumbs.db").write_bytes(b"of Windows")
    (home / "lfw_funneled/.DS_Store").write_bytes(b"of macOS")


def endings_in_capitals(home):
    (home / "lfw_funneled/Cid/Cid_0001.jpg").rename(home / "lfw_funneled/Cid/Cid_0001.JPG")


def lines_of_windows(home):
    path = home / "pairs.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


HARMLESS = [one_folder_deeper, as_kaggle_has_it, files_of_other_systems, endings_in_capitals, lines_of_windows]


@pytest.mark.parametrize("change", HARMLESS)
def test_a_copy_that_has_everything_is_used(home, change):
    expected = load_faces("lfw", path=home, size=8)
    change(home)
    assert is_available("lfw", path=home)
    found = load_faces("lfw", path=home, size=8)
    assert found.attributes["file"].tolist() == expected.attributes["file"].tolist()
    np.testing.assert_array_equal(found.images, expected.images)
    np.testing.assert_array_equal(found.pairs["view2"].second, expected.pairs["view2"].second)


def renamed_picture(home):
    (home / "lfw_funneled/Cid/Cid_0001.jpg").rename(home / "lfw_funneled/Cid/Cid_0002.jpg")


def picture_without_a_number(home):
    (home / "lfw_funneled/Cid/Cid_0001.jpg").rename(home / "lfw_funneled/Cid/Cid_first.jpg")


def renamed_person(home):
    (home / "lfw_funneled/Cid").rename(home / "lfw_funneled/Sid")


def folder_for_a_picture(home):
    path = home / "lfw_funneled/Cid/Cid_0001.jpg"
    path.unlink()
    path.mkdir()


def pipe_for_a_picture(home):
    path = home / "lfw_funneled/Cid/Cid_0001.jpg"
    path.unlink()
    os.mkfifo(path)


def broken_link_for_a_picture(home):
    path = home / "lfw_funneled/Cid/Cid_0001.jpg"
    path.unlink()
    path.symlink_to(home / "nothing")


def folder_for_the_pairs(home):
    (home / "pairs.txt").unlink()
    (home / "pairs.txt").mkdir()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (renamed_picture, r"Cid/Cid_0001\.jpg is missing, which pairsDevTrain\.txt names: files were renamed"),
        (picture_without_a_number, r"Cid_first\.jpg is not named as LFW names its pictures"),
        (renamed_person, r"Cid/Cid_0001\.jpg is missing, which pairsDevTrain\.txt names: files were renamed"),
        (folder_for_a_picture, "not complete: 5 pictures of 2 people instead of 6 of 3"),
        (broken_link_for_a_picture, "not complete: 5 pictures of 2 people instead of 6 of 3"),
        (pipe_for_a_picture, "not complete: 5 pictures of 2 people instead of 6 of 3"),
        (folder_for_the_pairs, r"pairs\.txt is missing"),
    ],
)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has neither links nor named pipes in folders")
def test_a_broken_copy_gets_the_sets_own_message(home, damage, message):
    damage(home)
    with pytest.raises(DatasetUnavailableError, match=f"The set 'lfw' could not be loaded(.|\n)*{message}"):
        load_faces("lfw", path=home, size=8)


def test_what_may_not_be_read_is_named_and_the_next_source_is_tried(home, monkeypatch):
    read_bytes, locked = Path.read_bytes, "Cid_0001.jpg"

    def refuse(path):
        if path.name == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(home))
    with pytest.raises(DatasetUnavailableError, match=r"Cid_0001\.jpg cannot be read: Permission denied\n  - download"):
        load_faces("lfw", size=8)
    monkeypatch.setattr(lfw, "_holds_lfw", lambda _: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    assert not is_available("lfw", path=home)


def test_an_archive_that_is_none_gets_the_sets_own_message(small_lfw, monkeypatch, tmp_path):
    (tmp_path / "archive.tgz").write_bytes(b"no archive")
    monkeypatch.setattr(lfw, "fetch", lambda *_: tmp_path / "archive.tgz")
    with pytest.raises(DatasetUnavailableError, match="is no archive that can be read"):
        load_faces("lfw", size=8)


@pytest.mark.parametrize("error", [RuntimeError("encrypted"), MemoryError(), tarfile.TarError(), SyntaxError("token")])
def test_a_cache_that_fails_in_any_way_is_built_again(home, monkeypatch, error):
    expected = load_faces("lfw", path=home, size=8)

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(storage.np, "load", fail)
    with pytest.warns(UserWarning, match=r"(is damaged|memory is free\)): the pictures are read again"):
        np.testing.assert_array_equal(load_faces("lfw", path=home, size=8).images, expected.images)
