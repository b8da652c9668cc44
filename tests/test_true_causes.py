"""What fails for want of memory or of open files is told so, and not as damage of a file that is whole."""

import errno
from pathlib import Path

import numpy as np
import pytest
import scipy.io
from picture_files import picture, save

from course_utils.datasets import DatasetUnavailableError, image_files, load_faces, olivetti, storage
from course_utils.datasets.unavailable import UnusableSourceError, first_usable
from course_utils.gallery import Gallery, GalleryFileError
from course_utils.system_faults import system_fault
from course_utils.training.checkpoint_folder import CheckpointFolder

TOO_MANY = OSError(errno.EMFILE, "Too many open files")


@pytest.fixture(autouse=True)
def quiet(monkeypatch, tmp_path):
    monkeypatch.setenv("TQDM_DISABLE", "1")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "course"))
    monkeypatch.delenv("SCIKIT_LEARN_DATA", raising=False)


def failing(error):
    def fail(*_, **__):
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TOO_MANY, "cannot be read (Too many open files): the pictures are read again"),
        (MemoryError(), "cannot be read (not enough memory is free): the pictures are read again"),
        (OSError("Failed to interpret the file as a pickle"), "is damaged: the pictures are read again"),
        (KeyError("content_sha256"), "is damaged: the pictures are read again"),
    ],
)
def test_why_a_cache_is_of_no_use(tmp_path, monkeypatch, error, said):
    storage.save_cache(tmp_path / "numbers.npz", numbers=np.arange(3))
    monkeypatch.setattr(np, "load", failing(error))
    with pytest.warns(UserWarning) as caught:
        assert storage.load_cache(tmp_path / "numbers.npz") is None
    assert f"The cache numbers.npz {said}" in str(caught[0].message)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TOO_MANY, "cannot be read: Too many open files"),
        (MemoryError(), "there is not enough free memory for it"),
        (ValueError("Unknown mat file type"), "olivettifaces.mat is damaged"),
    ],
)
def test_why_a_source_is_of_no_use(tmp_path, monkeypatch, error, said):
    (tmp_path / olivetti.FILE.filename).write_bytes(b"faces")
    monkeypatch.setattr(scipy.io, "loadmat", failing(error))
    with pytest.raises(DatasetUnavailableError) as caught:
        load_faces("olivetti", path=tmp_path)
    assert said in str(caught.value)


def test_the_next_source_is_tried_where_memory_was_too_short():
    assert first_usable("a set", [("first", failing(MemoryError())), ("second", lambda: 2)], "") == 2
    assert first_usable("a set", [("first", failing(UnusableSourceError("no"))), ("second", lambda: 2)], "") == 2


def test_a_picture_that_no_process_can_be_started_for_is_refused_and_the_others_load(tmp_path, monkeypatch):
    save(tmp_path / "Ann" / "a.png")
    save(tmp_path / "Ann" / "b.tiff", picture(size=(30, 30)))
    monkeypatch.setattr(image_files, "decodes_quickly", lambda content: content.startswith(b"\x89PNG"))
    monkeypatch.setattr(image_files.subprocess, "Popen", failing(TOO_MANY))
    faces = load_faces("folder", path=tmp_path, size=8)
    assert (len(faces), faces.refused) == (1, (("Ann/b.tiff", "cannot be decoded: Too many open files"),))


def test_why_a_gallery_is_not_read(tmp_path, monkeypatch):
    gallery = Gallery("a network")
    gallery.enrol("Ada", [[0, 1]])
    gallery.save(tmp_path / "people.npz")
    monkeypatch.setattr(np, "load", failing(TOO_MANY))
    with pytest.raises(GalleryFileError, match=r"people\.npz cannot be read: Too many open files\."):
        Gallery.load(tmp_path / "people.npz")


def test_why_a_checkpoint_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "000001-0000001-0123456789abcdef.npz").write_bytes(b"")
    folder = CheckpointFolder(tmp_path)
    with pytest.warns(UserWarning, match="is damaged: the training goes on"):
        assert folder.newest() is None
    monkeypatch.setattr(Path, "read_bytes", failing(TOO_MANY))
    with pytest.warns(UserWarning, match=r"cannot be read \(Too many open files\): the training goes on"):
        assert folder.newest() is None


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (TOO_MANY, "Too many open files"),
        (PermissionError(errno.EACCES, "Permission denied"), "Permission denied"),
        (MemoryError(), "not enough memory is free"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), None),
        (OSError("Failed to interpret the file as a pickle"), None),
        (ValueError("truncated"), None),
    ],
)
def test_faults_of_the_system_are_told_from_those_of_a_file(error, fault):
    assert system_fault(error) == fault
