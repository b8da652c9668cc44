"""The transfer benchmark on made-up pictures, and on a few real ones where they are."""

import json
from functools import partial

import numpy as np
import pandas as pd
import pytest
from faces_on_disk import REAL, needs_real_data

from benchmarks import transfer
from course_utils import results
from course_utils.datasets import FaceDataset, Pairs, load_faces
from course_utils.datasets.faces import PairSets

PEOPLE, PICTURES = 6, 4


def made_up_faces(people: int = PEOPLE, pictures: int = PICTURES, size: int = 64, pairs: bool = False) -> FaceDataset:
    """A colour per person, with noise."""
    random = np.random.default_rng(0)
    labels = np.repeat(np.arange(people), pictures)
    colours = random.uniform(30, 220, (people, 1, 1, 3))[labels]
    images = np.clip(colours + random.normal(0, 20, (len(labels), size, size, 3)), 0, 255).astype(np.uint8)
    return FaceDataset(
        images=images,
        labels=labels.astype(np.int64),
        names=tuple(str(person) for person in range(people)),
        attributes=pd.DataFrame({"look": np.tile(np.arange(pictures) % 2, people), "hat": ["None"] * len(labels)}),
        pairs=PairSets(dict.fromkeys(("view1_train", "view1_test", "view2"), made_up_pairs(labels))) if pairs else None,
    )


def made_up_pairs(labels: np.ndarray) -> Pairs:
    """Neighbours in a row, half of them of one person, in three folds."""
    first = np.arange(len(labels) - 4)
    second = np.where(first % 2, first + 4, first // 4 * 4 + 3 - first % 4)
    return Pairs(first, second, labels[first] == labels[second], first % 6 // 2)


@pytest.fixture(scope="module")
def real_looking():
    olivetti = made_up_faces(4, 3)
    return transfer.RealFaces(made_up_faces(pairs=True), olivetti)


QUICK = transfer.Recipe(epochs=1, batch_size=8, width=2, augmented=False)


def test_the_whole_table_from_a_file(tmp_path, real_looking, monkeypatch, capsys):
    """From an .npz to the stored table, with every method; the second run trains nothing."""
    faces = made_up_faces(size=80)
    file = tmp_path / "faces.npz"
    np.savez(file, images=faces.images, labels=faces.labels * 10, look=faces.attributes["look"].to_numpy())
    sets = {"lfw": real_looking.lfw, "olivetti": real_looking.olivetti}
    monkeypatch.setattr(transfer, "load_faces", lambda name, **options: sets[name])
    monkeypatch.setattr(transfer.storage, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(results, "store", partial(results.store, folder=tmp_path))
    monkeypatch.setattr(transfer.metrics.identity_interval, "__defaults__", (4, 0.95, 0))  # four repeats are enough
    arguments = ["--pictures", str(file), "--epochs", "1", "--batch-size", "8", "--width", "2", "--where", "look == 0"]
    transfer.main(arguments)
    printed = capsys.readouterr().out
    rows = json.loads((tmp_path / "transfer.json").read_text())["rows"]
    methods = [row["method"] for row in rows]
    assert methods[-3:] == ["network, untrained", "network", "network, look == 0"]
    assert all(method in printed for method in methods)
    assert all(0 <= row[name] <= 1 for row in rows for name in row if name.startswith(("view", "olivetti")))
    assert {"view1_auc", "view2_accuracy", "view2_grey_standard_error", "olivetti_eer_high"} <= set(rows[0])
    assert (rows[-1]["people"], rows[-1]["pictures"], rows[-1]["recipe"]["where"]) == (PEOPLE, 24, "look == 0")

    monkeypatch.setattr(transfer.keras.Model, "fit", None)
    transfer.main(arguments)


def test_view_1_alone_touches_nothing_else(tmp_path, real_looking, monkeypatch):
    real = transfer.RealFaces(real_looking.lfw)
    scored = real.score(transfer.grey_middle)
    assert set(scored) == {"view1_auc", "view1_accuracy"}

    def load_lfw_only(name, **options):
        assert name == "lfw"
        return real_looking.lfw

    def stored(*_):
        raise AssertionError("nothing is to be stored")

    monkeypatch.setattr(transfer, "load_faces", load_lfw_only)
    monkeypatch.setattr(transfer, "load_pictures", lambda *_: made_up_faces())
    monkeypatch.setattr(transfer, "measure", lambda faces, real, *_: [real.score(transfer.grey_middle)])
    monkeypatch.setattr(results, "store", stored)
    transfer.main(["--view1"])


def test_ablations_change_one_thing_and_all_else_stays():
    options = transfer.parse(["--ablations", "--margin", "0.4", "--where", "yaw < 20"])
    recipes = transfer.chosen_recipes(options)
    assert recipes["network"] == transfer.Recipe(margin=0.4)
    assert recipes["network, yaw < 20"] == transfer.Recipe(margin=0.4, where="yaw < 20")
    assert recipes["network, no margin"] == transfer.Recipe(margin=0)
    assert recipes["network, not augmented"] == transfer.Recipe(margin=0.4, augmented=False)


def test_leaving_pictures_out_renumbers_people():
    faces = made_up_faces()
    assert len(transfer.selected(faces, "look == 1")) == len(faces) / 2
    some = transfer.selected(faces.subset(faces.labels > 2), "look == 1 and hat == 'None'")
    assert set(some.labels) == {0, 1, 2}


def test_a_trained_network_is_found_again_and_only_by_what_it_was_trained_on(tmp_path):
    faces = made_up_faces()
    first = transfer.train(faces, QUICK, seed=0, folder=tmp_path)
    again = transfer.train(faces, QUICK, seed=0, folder=tmp_path)
    for one, other in zip(first.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    names = {
        transfer.training_name(faces, QUICK, 0),
        transfer.training_name(faces, QUICK, 1),
        transfer.training_name(faces, transfer.Recipe(), 0),
        transfer.training_name(faces.subset(faces.labels < 5), QUICK, 0),
    }
    assert len(names) == 4
    assert len(list(tmp_path.iterdir())) == 2  # weights and history; no state of an unfinished training


def test_an_embedding_does_not_know_left_from_right():
    faces = made_up_faces()
    embed = transfer.network_embedding(transfer.untrained(faces, QUICK, seed=0))
    np.testing.assert_allclose(embed(faces.images), embed(faces.images[:, :, ::-1]), rtol=1e-4, atol=1e-4)


def test_olivetti_is_framed_as_its_numbers_say():
    """Eyes and mouth of the mean Olivetti face come to lie within three of 64 pixels of those of the mean LFW face."""
    places = {(0.256, 0.26): (0.335, 0.335), (0.75, 0.26): (0.685, 0.335), (0.503, 0.734): (0.51, 0.72)}
    for (x, y), (lfw_x, lfw_y) in places.items():
        x = transfer.OLIVETTI_LEFT + x * transfer.OLIVETTI_SIZE
        y = transfer.OLIVETTI_TOP + y * transfer.OLIVETTI_SIZE
        assert np.hypot(x - 64 * lfw_x, y - 64 * lfw_y) < 3
    framed = transfer.framed_like_lfw(made_up_faces(2, 1).images)
    assert framed.shape == (2, 64, 64, 3)
    np.testing.assert_array_equal(framed[:, 0, 20], framed[:, transfer.OLIVETTI_TOP, 20])


def test_raw_pixels_do_not_know_brightness_and_contrast():
    images = made_up_faces().images // 2
    np.testing.assert_allclose(transfer.grey_middle(images), transfer.grey_middle(images + 40), atol=1e-6)
    np.testing.assert_allclose(transfer.grey_middle(images), transfer.grey_middle(images * 2), atol=1e-6)


def test_a_file_without_labels_is_refused_by_name(tmp_path):
    np.savez(tmp_path / "faces.npz", X=np.zeros(3))
    with pytest.raises(ValueError, match=r"faces\.npz: expected the arrays images and labels, found X"):
        transfer.load_pictures(str(tmp_path / "faces.npz"), None, None)


@needs_real_data
def test_raw_pixels_score_on_view_1_what_they_scored():
    lfw = load_faces("lfw", path=REAL, size=transfer.SIZE)
    scored = transfer.RealFaces(lfw).score(transfer.grey_middle)
    assert scored["view1_auc"] == pytest.approx(0.637, abs=0.002)
    assert scored["view1_accuracy"] == pytest.approx(0.579, abs=0.005)
