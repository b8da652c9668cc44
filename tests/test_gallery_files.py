"""A gallery's file: whole or not at all, nobody else's, without pickle, and without those who were withdrawn."""

import errno
import os
import stat
from pathlib import Path

import numpy as np
import pytest
from fresh_python import run_program

from course_utils.gallery import Gallery, GalleryFileError, OtherNetworkError, files, roster
from tools.machine_speed import allowed

ADA, BEN = [[2.0, 0.1, 0.0], [4.0, 1.0, 0.2]], [[0.0, 3.0, 0.1], [0.0, 1.0, 1.0]]


@pytest.fixture
def path(tmp_path):
    """The file of a gallery of two."""
    gallery = Gallery("a network", "best", threshold=0.99)
    gallery.enrol("Ada", ADA)
    gallery.enrol("Bj\u00f6rk", BEN)
    gallery.save(tmp_path / "people.npz")
    return tmp_path / "people.npz"


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


# -- what a file holds -------------------------------------------------------------------------------------------------


def test_a_gallery_comes_back_as_it_was(path):
    gallery = Gallery.load(path, "a network")
    assert (gallery.names, gallery.strategy, gallery.path) == (("Ada", "Bj\u00f6rk"), "best", path)
    assert [entry.event for entry in gallery.log] == ["enrolled", "enrolled"]
    assert gallery.threshold == 0.99
    assert [answer.name for answer in gallery.identify([ADA[0], [1, 1, 1]])] == ["Ada", None]
    gallery.enrol("Cleo", [[0, 0, 1]])
    gallery.withdraw("Ada")
    gallery.save()
    again = Gallery.load(path)
    assert again.names == ("Bj\u00f6rk", "Cleo")
    assert [each.name for each in again.search([[0, 0, 1]])[0]] == ["Cleo", "Bj\u00f6rk"]
    with pytest.raises(ValueError, match="have 3 numbers, and these have 2"):
        again.enrol("Dora", [[1, 0]])


def test_an_emptied_gallery_comes_back_and_still_knows_its_network(path):
    gallery = Gallery.load(path)
    for name in gallery.names:
        gallery.withdraw(name)
    again = Gallery.load(path)
    assert len(again) == 0
    assert again.network == "a network"
    with pytest.raises(ValueError, match="have 3 numbers, and these have 2"):
        again.enrol("Dora", [[1, 0]])


def test_a_gallery_of_another_network_is_refused(path):
    with pytest.raises(OtherNetworkError, match=r"compared with people\.npz: .* 'another'"):
        Gallery.load(path, network="another")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_only_its_owner_may_read_the_file(path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_pickle_is_in_it_and_none_is_read(path, tmp_path):
    with np.load(path, allow_pickle=False) as stored:
        assert {name: stored[name].dtype.kind for name in stored.files} == {
            "references": "f",
            "owners": "i",
            "about": "u",
        }
    np.savez(tmp_path / "pickled.npz", references=np.array([{}]), owners=np.zeros(1), about=np.zeros(1))
    with pytest.raises(GalleryFileError, match="damaged, or is no gallery"):
        Gallery.load(tmp_path / "pickled.npz")


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"there is no file .*people\.npz"):
        Gallery.load(tmp_path / "people.npz")


@pytest.mark.parametrize("kept", [0, 1, 0.3, 0.9, -1])
def test_a_truncated_file_is_refused(path, kept):
    content = path.read_bytes()
    path.write_bytes(content[: int(kept * len(content)) if 0 < kept < 1 else kept])
    with pytest.raises(GalleryFileError, match="Restore it from a copy, or enrol the people again"):
        Gallery.load(path)


def test_one_changed_byte_of_a_template_is_noticed(path):
    content = bytearray(path.read_bytes())
    at = content.index(files.read(path).references[0].tobytes())
    content[at + 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(GalleryFileError, match="damaged"):
        Gallery.load(path)


BROKEN = {
    "an unknown format": {"format": 2},
    "a person without a template": {"people": [["Ada", "1"], ["Ben", "2"], ["Cleo", "3"]]},
    "a name twice": {"people": [["Ada", "1"], ["Ada", "2"]]},
    "another length": {"numbers": 5},
    "no log": {"log": None},
    "a log of something else": {"log": [["enrolled", 3]]},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_content_that_does_not_fit_together_is_refused(path, change):
    content = files.read(path)
    files.write(path, files.Content(content.references, content.owners, content.about | change))
    with pytest.raises(GalleryFileError, match="damaged, or is no gallery"):
        Gallery.load(path)


# -- whole or not at all -----------------------------------------------------------------------------------------------

# One program imports NumPy and the gallery, and forks for each moment: 20 imports would take most of the test's time.
KILL_WHILE_IT_SAVES = """
import os, random, signal, sys, time
from pathlib import Path
import numpy as np
from course_utils.gallery import Gallery, GalleryFileError, files

path, longest = Path(sys.argv[1]), float(sys.argv[2])
galleries, moments = {}, random.Random(0)
for title, people in (("old", 600), ("new", 900)):
    galleries[title] = Gallery("a network")
    templates = np.random.default_rng(0).normal(size=(people, 128))
    galleries[title].enrol_labelled(templates, np.arange(people), [f"{title} {k}" for k in range(people)])

def save_without_end(ready):
    galleries["old"].save(path)
    os.write(ready, b".")
    while True:
        for title in ("new", "old"):
            galleries[title].path = None  # either writes over the other
            galleries[title].save(path)

for _ in range(20):
    started, ready = os.pipe()
    if not (child := os.fork()):
        save_without_end(ready)
    os.read(started, 1)
    time.sleep(moments.uniform(0, longest))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    left = len(files.parts(path))
    try:
        names = Gallery.load(path).names
    except (OSError, GalleryFileError) as error:
        print("neither", left, error)
        continue
    same = [title for title, gallery in galleries.items() if gallery.names == names]
    print(same[0] if same else "neither", left)
Gallery.load(path).save()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no kill -9")
def test_a_gallery_that_is_killed_while_it_saves_is_the_old_one_or_the_new_one(tmp_path):
    path = tmp_path / "people.npz"
    printed = run_program("-c", KILL_WHILE_IT_SAVES, path, allowed(0.05)).stdout.splitlines()
    contents, left = zip(*(line.split()[:2] for line in printed), strict=True)
    assert len(contents) == 20
    assert set(contents) == {"old", "new"}
    assert max(map(int, left)) > 0, "none of the 20 moments was in the middle of a save"
    assert names_in(tmp_path) == ["people.npz"], "what a killed save left is deleted by the next one"


@pytest.mark.parametrize("fails", ["np.savez", "os.fsync", "os.replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(path, monkeypatch, fails):
    before = path.read_bytes()

    def refuse(*arguments, **options):
        if fails == "np.savez":
            arguments[0].write(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    gallery = Gallery.load(path)
    gallery.enrol("Cleo", [[0, 0, 1]])
    with monkeypatch.context() as patch:
        patch.setattr({"np": np, "os": os}[fails[:2]], fails[3:], refuse)
        with pytest.raises(OSError, match=r"could not be written to .*No space left.*as it was before"):
            gallery.save()
        with pytest.raises(OSError, match="No space left"):
            gallery.withdraw("Ada")
    assert path.read_bytes() == before
    assert names_in(path.parent) == ["people.npz"]
    assert gallery.names == ("Ada", "Bj\u00f6rk", "Cleo"), "who could not be deleted from the file is not withdrawn"
    assert [entry.event for entry in gallery.log] == ["enrolled"] * 3
    assert gallery.withdraw("Ada").complete


def test_a_file_is_flushed_before_it_takes_the_old_ones_place(path, monkeypatch):
    calls = []
    for name in ("fsync", "replace"):
        call = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *given, name=name, call=call: (calls.append(name), call(*given))[1])
    Gallery.load(path).save()
    assert calls == ["fsync", "replace", "fsync"]  # the file, the step, the folder


def test_a_second_program_is_told_that_it_would_undo_a_change(path):
    one, other = Gallery.load(path), Gallery.load(path)
    one.withdraw("Ada")
    other.enrol("Cleo", [[0, 0, 1]])
    for call in (other.save, lambda: other.withdraw("Cleo")):
        with pytest.raises(GalleryFileError, match="changed by another program"):
            call()
    assert Gallery.load(path).names == ("Bj\u00f6rk",)
    assert other.names == ("Ada", "Bj\u00f6rk", "Cleo")


# -- withdrawn from the file, and planted remains ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Ada", "Bj\u00f6rk"])
def test_who_is_withdrawn_is_gone_from_the_file(path, name):
    gallery = Gallery.load(path)
    rows = gallery._roster.templates.of(gallery._roster.people[name].ids)
    stored = path.read_bytes()
    assert name.encode() in stored
    assert all(row.tobytes() in stored for row in rows)
    assert gallery.withdraw(name).complete
    stored = path.read_bytes()
    assert name.encode() not in stored
    assert not any(row.tobytes() in stored for row in rows)


def found_in(report) -> set[str]:
    return {finding.where for finding in report.findings if finding.found}


def test_a_file_that_keeps_the_person_is_reported(path, monkeypatch):
    monkeypatch.setattr(files, "write", lambda path, content: None)
    report = Gallery.load(path).withdraw("Ada")
    assert [(each.where, each.found) for each in report.findings if each.found] == [("file", 1), ("file", 2)]


def test_memory_that_keeps_the_templates_is_reported(path, monkeypatch):
    monkeypatch.setattr(roster.ExactIndex, "remove", lambda self, ids: None)
    assert found_in(Gallery.load(path).withdraw("Ada")) == {"memory"}


def test_a_log_that_keeps_names_is_reported(path, monkeypatch):
    """The planted fault: names in place of random references."""
    monkeypatch.setattr(roster.Roster, "add", lambda self, name, kept, reference=None, add=roster.Roster.add: (
        add(self, name, kept, name)
    ))  # fmt: skip
    gallery = Gallery("a network")
    gallery.enrol("Ada", ADA)
    gallery.save(path)
    assert found_in(gallery.withdraw("Ada")) == {"log", "file"}


def test_what_a_killed_save_left_is_reported(path, monkeypatch):
    path.with_name("people.npz.abc.part").write_bytes(path.read_bytes())
    assert Gallery.load(path).withdraw("Ada").complete, "it is deleted"
    path.with_name("people.npz.abc.part").write_bytes(b"")
    monkeypatch.setattr(files.Path, "unlink", lambda self, missing_ok=False: None)
    assert found_in(Gallery.load(path).withdraw("Bj\u00f6rk")) == {"left-over files"}
