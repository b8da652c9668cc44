"""What fails for want of memory or of open files is told so, and not as damage of a file that is whole."""

import errno

import numpy as np
import pytest
import scipy.io
from picture_files import picture, save

from course_utils.datasets import DatasetUnavailableError, image_files, load_faces, olivetti, storage
from course_utils.datasets.unavailable import UnusableSourceError, first_usable

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
        (MemoryError(), "does not fit into the free memory, or is damaged: the pictures are read again"),
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
