"""The sets of faces: what a FaceDataset guarantees, and Olivetti and LFW from every place they can come from."""

import io
import pickle
import subprocess
import sys
import time
import zlib
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest
from faces_on_disk import (
    PEOPLE,
    REAL,
    Server,
    make_small_lfw_official,
    names_in,
    needs_real_data,
    sha256,
    write_lfw,
)
from fresh_python import cost
from PIL import Image
from scipy.io import savemat

from course_utils.datasets import (
    DatasetUnavailableError,
    FaceDataset,
    Pairs,
    data_folder,
    is_available,
    lfw,
    load_faces,
    olivetti,
    storage,
)
from course_utils.datasets.download import RemoteFile
from course_utils.datasets.faces import PairSets
from tools.machine_speed import allowed

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def own_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "course"))
    monkeypatch.setenv("TQDM_DISABLE", "1")
    monkeypatch.delenv("SCIKIT_LEARN_DATA", raising=False)
    return tmp_path / "course"


@pytest.fixture
def server():
    server = Server()
    yield server
    server.close()


def faces(per_label=(4, 4, 4), **changes) -> FaceDataset:
    labels = np.repeat(np.arange(len(per_label)), per_label)
    images = np.zeros((len(labels), 5, 6, 3), np.uint8)
    images[:, 0, 0, 0] = np.arange(len(labels))  # each picture can be told
    names = [f"person {label}" for label in range(len(per_label))]
    attributes = pd.DataFrame({"number": np.arange(len(labels))})
    return FaceDataset(**{"images": images, "labels": labels, "names": names, "attributes": attributes, **changes})


def numbers(dataset: FaceDataset) -> list[int]:
    return dataset.images[:, 0, 0, 0].tolist()


# --- FaceDataset


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"images": np.zeros((12, 5, 6, 3))}, "expected uint8 of shape"),
        ({"images": np.zeros((12, 5, 6), np.uint8)}, r"got uint8 of shape \(12, 5, 6\)"),
        ({"images": [[0]]}, "images: expected uint8.*got list"),
        ({"images": np.zeros((0, 5, 6, 3), np.uint8)}, "at least one picture"),
        ({"labels": np.zeros(12, np.int32)}, "expected int64 of shape"),
        ({"labels": np.zeros(11, np.int64)}, r"labels: expected int64 of shape \(12,\)"),
        ({"labels": np.full(12, 3, np.int64)}, "from 0 to 2"),
        ({"labels": np.full(12, -1, np.int64)}, "from 0 to 2"),
        ({"names": ["a", "a", "b"]}, "the same name"),
        ({"attributes": pd.DataFrame({"number": [1, 2]})}, "one row per picture"),
    ],
)
def test_wrong_arrays_are_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        faces(**changes)


def test_arrays_are_read_only_and_the_callers_stay_writable():
    images = np.zeros((12, 5, 6, 3), np.uint8)
    dataset = faces(images=images)
    for part in (dataset, dataset.subset([1, 2]), *dataset.split(0.25)):
        with pytest.raises(ValueError, match="read-only"):
            part.images[0] = 255
        with pytest.raises(ValueError, match="read-only"):
            part.labels[0] = 1
    images[0] = 7


def test_repr_says_what_it_is_and_nothing_about_the_machine():
    text = repr(faces((1, 3), name="tiny", description="made up", provenance="a test", licence="free"))
    assert text.splitlines() == [
        "FaceDataset 'tiny': made up",
        "  pictures:   4, each 5 x 6 pixels, RGB, uint8",
        "  labels:     2 people, 1 to 3 pictures each",
        "  provenance: a test",
        "  licence:    free",
    ]
    assert "1 picture each" in repr(faces((1, 1)))


def test_subset_keeps_order_labels_and_attributes():
    part = faces().subset([11, 0, -3])
    assert numbers(part) == [11, 0, 9]
    assert part.labels.tolist() == [2, 0, 2]
    assert part.attributes["number"].tolist() == [11, 0, 9]
    assert part.attributes.index.tolist() == [0, 1, 2]
    assert part.names == ("person 0", "person 1", "person 2")
    assert numbers(faces().subset(faces().labels == 1)) == [4, 5, 6, 7]


@pytest.mark.parametrize("indices", [[], [12], [-13], [0.5], [True], [[0, 1]]])
def test_subset_refuses_what_is_no_list_of_pictures(indices):
    with pytest.raises(IndexError):
        faces().subset(indices)


def test_renumber_keeps_the_names_that_occur():
    part = faces().subset([11, 0]).renumber()
    assert part.labels.tolist() == [1, 0]
    assert part.names == ("person 0", "person 2")


@pytest.mark.parametrize("by", ["image", "identity"])
@pytest.mark.parametrize(
    "sizes", [{"test_size": 0.25}, {"test_size": 0.25, "validation_size": 0.25}, {"test_size": 10}]
)
def test_parts_are_disjoint_complete_and_repeatable(by, sizes):
    dataset = faces((10,) * 8 if by == "image" else (6,) * 14)
    parts = dataset.split(by=by, seed=3, **sizes)
    assert len(parts) == (3 if "validation_size" in sizes else 2)
    assert sorted(number for part in parts for number in numbers(part)) == numbers(dataset)
    assert [numbers(part) for part in dataset.split(by=by, seed=3, **sizes)] == [numbers(part) for part in parts]
    assert [numbers(part) for part in dataset.split(by=by, seed=4, **sizes)] != [numbers(part) for part in parts]
    assert all(numbers(part) != sorted(numbers(part)) for part in parts if len(part) > 2)


def test_split_by_image_is_stratified():
    train, validation, test = faces((20, 40, 60)).split(0.25, validation_size=0.2)
    assert np.bincount(test.labels).tolist() == [5, 10, 15]
    assert np.bincount(validation.labels).tolist() == [4, 8, 12]
    assert np.bincount(train.labels).tolist() == [11, 22, 33]
    assert (train.name, validation.name, test.name) == (
        "faces, train part",
        "faces, validation part",
        "faces, test part",
    )


def test_split_by_identity_shares_nobody():
    parts = faces((1, 2, 3, 4, 5, 6, 7, 8)).split(2, by="identity", validation_size=1)
    people = [set(part.labels.tolist()) for part in parts]
    assert [len(group) for group in people] == [5, 1, 2]
    assert set.union(*people) == set(range(8))


@pytest.mark.parametrize(
    ("per_label", "options", "message"),
    [
        ((4, 1), {}, "1 of 2 labels have a single picture.*'person 1'"),
        ((4, 4, 4), {"test_size": 2}, "2 pictures cannot show 3 labels"),
        ((2, 2), {"test_size": 2, "validation_size": 1}, "single picture"),
        ((4, 4), {"test_size": 0.6, "validation_size": 0.4}, "Nothing is left to train on: 8 pictures"),
        ((4, 4), {"test_size": 2, "by": "identity"}, "Nothing is left to train on: 2 labels"),
        ((4, 4), {"test_size": 1.5}, "test_size: expected a share"),
        ((4, 4), {"test_size": 0}, "test_size: expected a share"),
        ((4, 4), {"validation_size": -0.1}, "validation_size: expected a share"),
        ((4, 4), {"by": "person"}, 'expected "image" or "identity"'),
    ],
)
def test_impossible_splits_say_why(per_label, options, message):
    with pytest.raises(ValueError, match=message):
        faces(per_label).split(**options)


def test_pairs_name_their_pictures_each_once():
    assert Pairs([5, 1, 5], [2, 5, 0], [True, False, False], [0, 0, 0]).pictures.tolist() == [0, 1, 2, 5]


@pytest.mark.parametrize("chosen", [[True, False, True], [0, 2]])
def test_some_pairs_keep_all_that_is_known_of_them(chosen):
    some = Pairs([5, 1, 4], [2, 5, 0], [True, False, False], [0, 1, 2]).subset(np.array(chosen))
    assert [some.first.tolist(), some.second.tolist()] == [[5, 4], [2, 0]]
    assert [some.same.tolist(), some.fold.tolist()] == [[True, False], [0, 2]]


def test_pairs_check_themselves_and_stay_with_the_full_set():
    pairs = Pairs([0, 1], [2, 3], [True, False], [0, 0])
    assert (len(pairs), pairs.same.dtype, pairs.first.dtype) == (2, bool, np.int64)
    with pytest.raises(ValueError, match="read-only"):
        pairs.same[0] = False
    with pytest.raises(ValueError, match="one value per pair"):
        Pairs([0, 1], [2], [True, False], [0, 0])
    dataset = faces(pairs=PairSets({"view2": pairs}))
    assert "pairs:      view2 (2)" in repr(dataset)
    with pytest.raises(LookupError, match="the names are view2"):
        dataset.pairs["view3"]
    with pytest.raises(LookupError, match="part of the set"):
        dataset.subset([0]).pairs["view2"]
    with pytest.raises(LookupError, match="this set has no pairs"):
        faces().pairs["view2"]


# --- the registry


def test_unknown_set_and_options_are_refused_by_name():
    with pytest.raises(ValueError, match=r"no set of faces named 'celebs'.*lfw_subset, olivetti, lfw, folder"):
        load_faces("celebs")
    with pytest.raises(ValueError, match="celebs"):
        is_available("celebs")
    with pytest.raises(TypeError, match=r"load_faces\('olivetti'\) has no option 'sise'; its options are: path"):
        load_faces("olivetti", sise=3)
    with pytest.raises(TypeError, match="it takes no options"):
        load_faces("lfw_subset", size=3)
    with pytest.raises(TypeError, match="needs the option 'path'"):
        load_faces("folder")


def test_import_is_instant_and_light():
    seconds, loaded = cost("import course_utils.datasets")
    assert not loaded & {"tensorflow", "keras", "pandas", "sklearn", "skimage", "scipy", "PIL", "pooch"}
    assert seconds < 0.3


def test_data_folder_is_the_variable_or_beside_the_course(monkeypatch, tmp_path):
    assert data_folder() == tmp_path / "course"
    monkeypatch.delenv("COURSE_DATA")
    assert data_folder() == ROOT / "data"
    monkeypatch.setattr(storage, "CHECKOUT", tmp_path)  # an installed course: no checkout around it
    assert data_folder() != tmp_path / "data"
    assert "face-recognition-course" in str(data_folder())


def test_lfw_subset_is_offline_and_complete():
    dataset = load_faces("lfw_subset")
    assert is_available("lfw_subset")
    assert dataset.images.shape == (200, 25, 25, 3)
    assert dataset.labels.tolist() == [1] * 100 + [0] * 100
    assert dataset.names == ("not a face", "face")
    assert (dataset.images == dataset.images[..., :1]).all()
    assert dataset.images.std() > 30  # 0 to 255, not 0 to 1


# --- caches


def test_a_cache_comes_back_as_it_was(tmp_path):
    path = tmp_path / "new" / "numbers.npz"
    storage.save_cache(path, numbers=np.arange(5), names=np.array(["é", "b"]))
    stored = storage.load_cache(path)
    assert stored["numbers"].tolist() == [0, 1, 2, 3, 4]
    assert stored["names"].tolist() == ["é", "b"]
    assert names_in(path.parent) == ["numbers.npz"]
    assert storage.load_cache(tmp_path / "missing.npz") is None


@pytest.mark.parametrize("damage", ["empty", "half", "text", "pickle", "other content"])
def test_a_damaged_cache_is_not_trusted(tmp_path, damage):
    path = tmp_path / "numbers.npz"
    storage.save_cache(path, numbers=np.arange(1000))
    content = path.read_bytes()
    if damage == "pickle":
        np.savez(path, numbers=np.array([object()]), allow_pickle=True)
    elif damage == "other content":
        np.savez(path, numbers=np.arange(1000)[::-1], content_sha256=np.array(storage._digest({"n": np.arange(3)})))
    else:
        path.write_bytes({"empty": b"", "half": content[: len(content) // 2], "text": b"hello"}[damage])
    with pytest.warns(UserWarning, match=r"numbers\.npz is damaged"):
        assert storage.load_cache(path) is None


def test_an_interrupted_write_leaves_the_old_cache(tmp_path, monkeypatch):
    path = tmp_path / "numbers.npz"
    storage.save_cache(path, numbers=np.arange(3))

    def write_half(file, **arrays):
        file.write(b"PK half of it")
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", write_half)
    with pytest.raises(KeyboardInterrupt):
        storage.save_cache(path, numbers=np.arange(4))
    assert names_in(tmp_path) == ["numbers.npz"]
    assert storage.load_cache(path)["numbers"].tolist() == [0, 1, 2]


def test_a_kill_while_writing_leaves_nothing_that_looks_complete(tmp_path):
    code = f"""
import os
from pathlib import Path
import numpy as np
from course_utils.datasets import storage
def write_half(file, **arrays):
    file.write(b"PK half of it")
    file.flush()
    os._exit(9)
np.savez = write_half
storage.save_cache(Path({str(tmp_path / "numbers.npz")!r}), numbers=np.arange(4))
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 9
    assert not (tmp_path / "numbers.npz").exists()
    assert storage.load_cache(tmp_path / "numbers.npz") is None


def test_no_room_for_a_cache_is_a_warning(tmp_path):
    (tmp_path / "in the way").write_text("a file")
    with pytest.warns(UserWarning, match="could not be kept"):
        storage.save_cache(tmp_path / "in the way" / "numbers.npz", numbers=np.arange(3))


# --- Olivetti


@pytest.fixture
def small_olivetti(monkeypatch, server):
    """Made-up pixels that the module takes for the official ones; the server has the original file."""
    pixels = np.random.default_rng(0).integers(0, 256, olivetti.SHAPE, dtype=np.uint8)
    columns = pixels.transpose(0, 2, 1).reshape(400, 4096)  # the files hold each picture column by column
    buffer = io.BytesIO()
    savemat(buffer, {"faces": columns.T})
    server.contents["/olivettifaces.mat"] = buffer.getvalue()
    file = RemoteFile(
        "olivettifaces.mat", sha256(buffer.getvalue()), (f"{server.url}/gone.mat", f"{server.url}/olivettifaces.mat")
    )
    monkeypatch.setattr(olivetti, "FILE", file)
    monkeypatch.setattr(olivetti, "PIXELS_SHA256", storage.array_sha256(pixels))
    return pixels, columns


def write_scikit_learn_olivetti(folder: Path, columns: np.ndarray) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    joblib.dump(columns, folder / "olivetti_py3.pkz", compress=6)  # as fetch_olivetti_faces does
    return folder


def test_olivetti_is_downloaded_once_from_the_second_mirror(small_olivetti, server, own_data_folder):
    assert not is_available("olivetti")
    dataset = load_faces("olivetti")
    assert np.array_equal(dataset.images[..., 1], small_olivetti[0])
    assert np.bincount(dataset.labels).tolist() == [10] * 40
    assert dataset.names[:2] == ("person_00", "person_01")
    assert dataset.attributes["number"].tolist() == list(range(10)) * 40
    assert is_available("olivetti")
    assert server.requests == ["/gone.mat", "/olivettifaces.mat"]
    server.close()
    assert np.array_equal(load_faces("olivetti").images, dataset.images)
    assert sorted(path.name for path in own_data_folder.rglob("*.*")) == ["olivetti.npz", "olivettifaces.mat"]


def test_olivetti_from_a_scikit_learn_folder_that_stays_as_it_was(small_olivetti, tmp_path, monkeypatch, server):
    folder = write_scikit_learn_olivetti(tmp_path / "scikit", small_olivetti[1])
    before = [(path, path.stat().st_mtime_ns) for path in sorted(tmp_path.joinpath("scikit").rglob("*"))]
    assert is_available("olivetti", path=folder)
    assert np.array_equal(load_faces("olivetti", path=folder).images[..., 0], small_olivetti[0])
    assert not is_available("olivetti")  # a named folder is read each time
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(folder))
    assert is_available("olivetti")
    assert np.array_equal(load_faces("olivetti").images[..., 0], small_olivetti[0])
    monkeypatch.delenv("SCIKIT_LEARN_DATA")
    assert is_available("olivetti")  # from the course's own copy now
    assert before == [(path, path.stat().st_mtime_ns) for path in sorted(tmp_path.joinpath("scikit").rglob("*"))]
    assert server.requests == []


def test_olivetti_pickle_is_never_run(small_olivetti, tmp_path):
    marker = tmp_path / "code was run"

    class Payload:
        def __reduce__(self):
            return Path.touch, (marker,)

    (tmp_path / "olivetti_py3.pkz").write_bytes(zlib.compress(pickle.dumps([Payload(), b"x" * 2_000_000])))
    with pytest.raises(DatasetUnavailableError, match="does not hold the Olivetti faces"):
        load_faces("olivetti", path=tmp_path)
    assert not marker.exists()


@pytest.mark.parametrize("content", [b"", b"not compressed", zlib.compress(b"short")])
def test_olivetti_from_a_damaged_pickle_is_refused(small_olivetti, tmp_path, content):
    (tmp_path / "olivetti_py3.pkz").write_bytes(content)
    with pytest.raises(DatasetUnavailableError, match=r"olivetti_py3\.pkz"):
        load_faces("olivetti", path=tmp_path)


def test_olivetti_with_one_changed_pixel_is_refused(small_olivetti, tmp_path):
    columns = small_olivetti[1].copy()
    columns[7, 7] ^= 1
    with pytest.raises(DatasetUnavailableError, match="SHA-256 of its pixels differs"):
        load_faces("olivetti", path=write_scikit_learn_olivetti(tmp_path, columns))


def test_olivetti_cache_that_is_damaged_is_built_again(small_olivetti, server):
    dataset = load_faces("olivetti")
    cache = storage.cache_folder() / "olivetti.npz"
    good = cache.read_bytes()
    cache.write_bytes(good[: len(good) // 2])
    with pytest.warns(UserWarning, match="damaged"):
        assert np.array_equal(load_faces("olivetti").images, dataset.images)
    assert storage.load_cache(cache) is not None


def test_olivetti_cache_of_other_faces_is_built_again(small_olivetti):
    cache = storage.cache_folder() / "olivetti.npz"
    storage.save_cache(cache, images=np.zeros(olivetti.SHAPE, np.uint8))
    assert np.array_equal(load_faces("olivetti").images[..., 0], small_olivetti[0])


def test_without_network_one_message_says_what_was_tried_and_what_to_do(small_olivetti, server, tmp_path, monkeypatch):
    server.behaviour["/olivettifaces.mat"] = 403
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(tmp_path))
    with pytest.raises(DatasetUnavailableError) as caught:
        load_faces("olivetti")
    message = str(caught.value)
    for part in (
        "'olivetti' could not be loaded",
        "neither olivetti_py3.pkz nor olivettifaces.mat",
        f"{server.url}/gone.mat: the server answered 404",
        f"{server.url}/olivettifaces.mat: the server answered 403",
        'load_faces("lfw_subset")',
        "Put olivettifaces.mat into",
        "SCIKIT_LEARN_DATA",
    ):
        assert part in message
    assert caught.value.__cause__ is None and caught.value.__context__ is None


# --- LFW


@pytest.fixture
def small_lfw(monkeypatch, server):
    server.contents.update(make_small_lfw_official(monkeypatch, lfw, server.url))


def test_lfw_is_read_from_the_archive_without_unpacking_it(small_lfw, server, own_data_folder):
    assert not is_available("lfw")
    dataset = load_faces("lfw", size=32)
    assert dataset.names == ("Ann Able", "Bob Baker", "Cid")
    assert np.bincount(dataset.labels).tolist() == list(PEOPLE.values())
    assert dataset.attributes["file"][3] == "Bob_Baker/Bob_Baker_0001.jpg"
    assert dataset.attributes["number"].tolist() == [1, 2, 3, 1, 2, 1]
    assert "funneled pictures (archive checked by SHA-256)" in repr(dataset)
    assert set(dataset.attributes["alignment"]) == {"funneled"}
    blue = dataset.images[..., 2].mean(axis=(1, 2))  # the archive is in another order: each picture in its place?
    np.testing.assert_allclose(blue, 80 * dataset.labels, atol=2)
    server.close()
    assert np.array_equal(load_faces("lfw", size=32).images, dataset.images)
    assert is_available("lfw", size=32)
    assert {path.name for path in own_data_folder.rglob("*.*")} == {
        "lfw-funneled.tgz",
        "pairs.txt",
        "pairsDevTrain.txt",
        "pairsDevTest.txt",
        "lfw1-32-face-color.npz",
    }


def test_lfw_pairs_point_at_the_right_pictures(small_lfw):
    dataset = load_faces("lfw", size=8)
    assert {view: len(pairs) for view, pairs in dataset.pairs.items()} == {
        "view1_train": 4,
        "view1_test": 2,
        "view2": 4,
    }
    view2 = dataset.pairs["view2"]
    assert view2.fold.tolist() == [0, 0, 1, 1]
    assert view2.same.tolist() == [True, False, True, False]
    files = dataset.attributes["file"].to_numpy()
    assert files[view2.first[3]] == "Cid/Cid_0001.jpg"
    assert files[view2.second[3]] == "Bob_Baker/Bob_Baker_0002.jpg"
    for pairs in dataset.pairs.values():
        assert np.array_equal(dataset.labels[pairs.first] == dataset.labels[pairs.second], pairs.same)


@pytest.mark.parametrize(
    ("crop", "size", "shape", "corner", "middle"),
    [
        ("face", 125, (125, 125), (70, 62), (132, 124)),
        ("scikit-learn", 125, (125, 94), (70, 78), (132, 124.5)),
        (None, 250, (250, 250), (0, 0), (124.5, 124.5)),
        ("face", 25, (25, 25), (72, 64), (132, 124)),  # each pixel is the mean of 5 x 5
    ],
)
def test_lfw_crops_are_where_they_are_said_to_be(small_lfw, tmp_path, crop, size, shape, corner, middle):
    image = load_faces("lfw", path=write_lfw(tmp_path), size=size, crop=crop).images[0]
    assert image.shape == (*shape, 3)
    np.testing.assert_allclose(image[0, 0, 1::-1].astype(int), corner, atol=3)  # green is the row, red the column
    np.testing.assert_allclose(image[..., 1::-1].mean(axis=(0, 1)), middle, atol=0.3)  # a column off would be 1


def test_lfw_in_grey_has_three_equal_channels(small_lfw, tmp_path):
    images = load_faces("lfw", path=write_lfw(tmp_path), color=False, size=16).images
    assert images.shape == (6, 16, 16, 3)
    assert (images == images[..., :1]).all()


def test_lfw_folder_is_never_written_and_has_a_cache_of_its_own(small_lfw, tmp_path, monkeypatch, own_data_folder):
    data = write_lfw(tmp_path / "scikit")
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    named = load_faces("lfw", path=data, size=8)
    load_faces("lfw", path=data / "lfw_home", size=8)
    assert set(named.attributes["alignment"]) == {"unknown"}
    assert "does not tell whether they are funneled" in repr(named)
    assert not is_available("lfw", size=8)
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(data))
    monkeypatch.setattr(lfw, "DEEP_FUNNELED_LISTING", lfw._fingerprint(data))
    assert set(load_faces("lfw", size=8).attributes["alignment"]) == {"deep-funneled"}
    assert before == {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    assert len(list(own_data_folder.rglob("*.npz"))) == 2


def test_lfw_minimum_of_pictures_renumbers_and_drops_the_pairs(small_lfw):
    dataset = load_faces("lfw", min_faces_per_person=2, size=8)
    assert dataset.names == ("Ann Able", "Bob Baker")
    assert dataset.labels.tolist() == [0, 0, 0, 1, 1]
    with pytest.raises(LookupError, match="min_faces_per_person left pictures out"):
        dataset.pairs["view2"]
    with pytest.raises(ValueError, match="the most that anybody has is 3"):
        load_faces("lfw", min_faces_per_person=4, size=8)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 251}, "size: expected"),
        ({"size": 7.5}, "size: expected"),
        ({"crop": "eyes"}, "'face', 'scikit-learn', None, got 'eyes'"),
        ({"min_faces_per_person": -1}, "min_faces_per_person: expected"),
    ],
)
def test_lfw_impossible_options_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        load_faces("lfw", **options)


def damage_missing(home):
    (home / "lfw_funneled/Cid/Cid_0001.jpg").unlink()


def damage_truncated(home):
    path = home / "lfw_funneled/Cid/Cid_0001.jpg"
    path.write_bytes(path.read_bytes()[:500])


def damage_size(home):
    Image.new("RGB", (100, 100)).save(home / "lfw_funneled/Cid/Cid_0001.jpg")


def damage_pairs(home):
    path = home / "pairs.txt"
    path.write_text(path.read_text().replace("Cid\t1", "Ann_Able\t1"))


def damage_no_pairs(home):
    (home / "pairsDevTest.txt").unlink()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (damage_missing, "not complete: 5 pictures of 2 people instead of 6 of 3"),
        (damage_truncated, r"Cid/Cid_0001\.jpg is damaged"),
        (damage_size, r"Cid_0001\.jpg is not 250 x 250"),
        (damage_pairs, r"pairs\.txt is not the official one"),
        (damage_no_pairs, r"pairsDevTest\.txt is missing"),
    ],
)
def test_lfw_folder_with_something_wrong_is_refused_by_name(small_lfw, tmp_path, damage, message, own_data_folder):
    data = write_lfw(tmp_path / "scikit")
    damage(data / "lfw_home")
    with pytest.raises(DatasetUnavailableError, match=message):
        load_faces("lfw", path=data, size=8)
    assert list(own_data_folder.rglob("*.npz")) == []


def test_lfw_cache_that_is_damaged_is_built_again(small_lfw):
    dataset = load_faces("lfw", size=8)
    [cache] = storage.cache_folder().glob("*.npz")
    content = bytearray(cache.read_bytes())
    content[300] ^= 255  # one byte of one picture
    cache.write_bytes(content)
    with pytest.warns(UserWarning, match="damaged"):
        assert np.array_equal(load_faces("lfw", size=8).images, dataset.images)


def test_lfw_broken_download_leaves_no_cache(small_lfw, server, own_data_folder):
    server.behaviour["/lfw-funneled.tgz"] = "break off"
    with pytest.raises(DatasetUnavailableError, match="broke off half-way"):
        load_faces("lfw", size=8)
    assert not is_available("lfw", size=8)
    del server.behaviour["/lfw-funneled.tgz"]
    assert len(load_faces("lfw", size=8)) == 6


def test_sources_are_those_of_scikit_learn():
    from sklearn.datasets import _lfw, _olivetti_faces

    theirs = [_olivetti_faces.FACES, _lfw.FUNNELED_ARCHIVE, *_lfw.TARGETS]
    ours = [olivetti.FILE, lfw.ARCHIVE, *lfw.PAIR_FILES.values()]
    assert {(file.filename, file.url, file.checksum) for file in theirs} == {
        (file.filename, file.urls[0], file.sha256) for file in ours
    }


# --- the true data


@needs_real_data
def test_real_olivetti_agrees_with_scikit_learn():
    from sklearn.datasets import fetch_olivetti_faces

    dataset = load_faces("olivetti", path=REAL)
    assert storage.array_sha256(dataset.images[..., 0]) == olivetti.PIXELS_SHA256
    theirs = fetch_olivetti_faces(data_home=REAL, download_if_missing=False)
    ours = dataset.images[..., 0].astype(np.float32)
    ours -= ours.min()
    np.testing.assert_allclose(ours / ours.max(), theirs.images, atol=1e-6)
    assert np.array_equal(dataset.labels, theirs.target)


@needs_real_data
def test_real_lfw_has_the_official_counts():
    folder = lfw.find_folder(REAL)
    files = lfw.list_pictures(folder)
    people = np.array([file.split("/")[0] for file in files])
    assert (len(files), len(set(people))) == (13_233, 5_749)
    counts = {}
    for view, file in lfw.PAIR_FILES.items():
        pairs = lfw.read_pairs(lfw._pair_file_in(folder.parent, file), files)
        counts[view] = (len(pairs), int(pairs.same.sum()), len(set(pairs.fold)))
        assert np.array_equal(people[pairs.first] == people[pairs.second], pairs.same)
    assert counts == {"view1_train": (2200, 1100, 1), "view1_test": (1000, 500, 1), "view2": (6000, 3000, 10)}
    assert files[pairs.first[0]] == "Abel_Pacheco/Abel_Pacheco_0001.jpg"
    assert files[pairs.second[0]] == "Abel_Pacheco/Abel_Pacheco_0004.jpg"
    assert np.bincount(pairs.fold).tolist() == [600] * 10
    assert all(pairs.same[pairs.fold == fold].sum() == 300 for fold in range(10))


@needs_real_data
def test_real_lfw_decodes_fast_and_like_scikit_learn_cuts_it():
    folder = lfw.find_folder(REAL)
    files = lfw.list_pictures(folder)[::100]
    start = time.perf_counter()
    for file in files:
        content = (folder / file).read_bytes()
        image = lfw._decode(file, content, (94, 125), lfw.CROPS["scikit-learn"], "RGB")
        assert np.array_equal(image, np.asarray(Image.open(folder / file))[70:195, 78:172])
        square = lfw._decode(file, content, (125, 125), lfw.CROPS["face"], "RGB")
        assert np.array_equal(square[:, 16:110], image)
    assert (time.perf_counter() - start) / len(files) < allowed(0.02)
