"""Lesson 11's protocols and benchmarks: bias audit, membership inference, template inversion, on small settings."""

from functools import partial

import keras
import numpy as np
import pandas as pd
import pytest

from course_utils import environment

environment.setup()

from benchmarks import bias_audit as bias_benchmark
from benchmarks import membership_inference as membership_benchmark
from benchmarks import template_inversion as inversion_benchmark
from course_utils import results
from course_utils.datasets import FaceDataset, load_faces, rendered
from course_utils.protocols import bias_audit, membership, template_inversion
from course_utils.protocols.bias_audit import Condition
from course_utils.protocols.overfitting import Protocol, Remedies


@pytest.fixture
def kept_here(monkeypatch, tmp_path):
    """What is measured and stored goes into a folder of the test."""
    monkeypatch.setattr(bias_benchmark.kept_runs.storage, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(results, "FOLDER", tmp_path)
    return tmp_path


# -- bias audit --------------------------------------------------------------------------------------------------------


def test_the_groups_are_halves_of_each_part_and_conditions_share_their_people():
    for part, people in (("train", 320), ("dev", 80), ("test", 80)):
        groups = bias_audit.groups_of(rendered.load_people(part))
        assert (groups == "darker").sum() == people // 2
    of_draw = {name: set(bias_audit.drawn_people(each, 3)) for name, each in bias_audit.CONDITIONS.items()}
    assert {len(people) for people in of_draw.values()} == {64, 112}
    assert of_draw["few darker"] == of_draw["few darker, reweighted"]
    assert of_draw["few darker"] | of_draw["few lighter"] == of_draw["more darker collected"]
    assert of_draw["balanced"] < of_draw["more darker collected"]
    assert of_draw["few darker"] != set(bias_audit.drawn_people(bias_audit.CONDITIONS["few darker"], 4))
    tones = rendered.load_people("train").set_index("person")["tone"]
    lighter = tones[bias_audit.drawn_people(Condition(56, 8), 0)].isin(bias_audit.LIGHTER_TONES)
    assert lighter.sum() == 56
    with pytest.raises(ValueError, match="161 people of the group 'lighter'"):
        bias_audit.drawn_people(Condition(161, 0), 0)


def test_reweighting_lets_both_groups_count_the_same():
    groups = np.array(["lighter"] * 6 + ["darker"] * 2)
    weights = bias_audit.class_weights(groups, reweighted=True)
    assert [weights[0], weights[7]] == [pytest.approx(8 / 12), 2]
    assert sum(weights.values()) == pytest.approx(8)
    assert set(bias_audit.class_weights(groups, reweighted=False).values()) == {1.0}


def coloured_people(people: int, pictures: int, side: int, seed: int = 0) -> FaceDataset:
    """Return people who are told apart by their colour, with the tones that the protocol makes groups of."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(people), pictures)
    colours = random.integers(0, 255, (people, 1, 1, 3))[labels]
    images = np.clip(colours + random.normal(0, 10, (len(labels), side, side, 3)), 0, 255).astype("uint8")
    tones = np.where(labels % 2, "dark", "light")
    return FaceDataset(images, labels, tuple(map(str, range(people))), pd.DataFrame({"tone": tones}), "made up")


def test_reweighting_changes_what_the_small_network_learns(monkeypatch):
    monkeypatch.setattr(bias_audit, "PEOPLE", 4)
    faces = coloured_people(6, 4, bias_audit.SIDE)
    uneven = faces.subset(faces.labels != 1).renumber()
    plain, reweighted = (bias_audit.train(uneven, each, steps=2, seed=1) for each in (False, True))
    assert not np.allclose(plain.get_weights()[0], reweighted.get_weights()[0])
    assert plain(faces.images[:2]).shape == (2, bias_audit.NUMBERS)


def test_the_bias_audit_has_a_row_for_each_condition_and_trains_once(kept_here, monkeypatch, capsys):
    faces = {"dev": coloured_people(8, 5, 32), "test": coloured_people(10, 5, 32)}
    monkeypatch.setattr(bias_benchmark, "part", faces.__getitem__)
    monkeypatch.setattr(bias_audit, "training_faces", lambda condition, draw, pictures: coloured_people(6, 4, 32))
    monkeypatch.setattr(bias_audit, "train", lambda faces, reweighted, seed: bias_audit.small_network(seed))
    monkeypatch.setattr(bias_benchmark, "CONDITIONS", {name: bias_audit.CONDITIONS[name] for name in ("few darker",)})
    bias_benchmark.main(["--workers", "0", "--draws", "2"])
    table = results.load("bias_audit")
    assert [row["condition"] for row in table["rows"]] == ["few darker", bias_benchmark.OWN_THRESHOLDS]
    for row in table["rows"]:
        gaps = [run["darker_fnmr"] - run["lighter_fnmr"] for run in row["runs"]]
        assert row["fnmr_gap"] == pytest.approx(np.mean(gaps), abs=1e-3)
        assert row["darker_fmr_people_low"] <= row["darker_fmr"] <= row["darker_fmr_people_high"]
        assert row["lighter_fnmr_low"] <= row["lighter_fnmr"] <= row["lighter_fnmr_high"]
    monkeypatch.setattr(bias_audit, "train", None)
    bias_benchmark.main(["--workers", "0", "--draws", "2"])  # nothing is trained again
    assert results.load("bias_audit")["rows"] == table["rows"]
    assert "few darker" in capsys.readouterr().out


# -- membership inference ----------------------------------------------------------------------------------------------


class Remembers(keras.Model):
    """A network that knows by heart the pictures that it was given: all others get equal probabilities."""

    def __init__(self, known: np.ndarray, labels: np.ndarray, classes: int):
        super().__init__()
        self.known = {image.tobytes(): label for image, label in zip(known, labels, strict=True)}
        self.classes = classes

    def call(self, images):
        rows = [self.known.get(np.asarray(image).astype("uint8").tobytes()) for image in images]
        even = np.full(self.classes, 1 / self.classes)
        return np.stack([even if label is None else np.eye(self.classes)[label] for label in rows])


def test_the_attacks_name_what_was_remembered_and_guess_otherwise():
    parts = {name: coloured_people(4, 5, 8, seed) for seed, name in enumerate(("train", "test", "new"))}
    network = Remembers(parts["train"].images, parts["train"].labels, 4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(membership.overfitting, "probabilities", lambda network, images: np.asarray(network.call(images)))
        scores = membership.attack_scores(network, parts)
        aucs = {attack: membership.privacy.attack_auc(*each) for attack, each in scores.items()}
        assert aucs == {"picture": 1, "picture of anybody": 1, "person": 0.5}


def test_hits_are_counted_at_a_low_rate_of_false_alarms():
    others = np.arange(100) / 100
    members = np.concatenate([np.full(30, 2.0), np.zeros(70)])
    assert membership.hits(members, others, 0.05) == pytest.approx(0.3)


def test_the_membership_table_has_both_networks_and_trains_once(kept_here, monkeypatch):
    small = Protocol(start=3, validation=1, test=4, epochs=2, known=8, people=16)
    monkeypatch.setattr(membership, "PROTOCOL", small)
    monkeypatch.setattr(membership, "measure", partial(membership.measure, protocol=small))
    monkeypatch.setattr(membership, "NETWORKS", {"overfitted": Remedies(units=4, convolutions=1)})
    faces = load_faces("rendered", split="train", people=32, pictures=11, size=16)
    monkeypatch.setattr(membership_benchmark, "people", lambda: faces)
    membership_benchmark.main(["--workers", "0", "--seeds", "2"])
    (row,) = results.load("membership_inference")["rows"]
    assert row["network"] == "overfitted"
    assert row["picture_auc_low"] <= row["picture_auc"] <= row["picture_auc_high"]
    monkeypatch.setattr(membership, "trained", None)
    membership_benchmark.main(["--workers", "0", "--seeds", "2"])  # nothing is trained again


# -- template inversion ------------------------------------------------------------------------------------------------


def mean_colours(images):
    return np.asarray(images, float).mean(axis=(1, 2)) - 128


def test_judges_accept_the_real_person_and_refuse_others():
    faces = coloured_people(30, 3, 16)
    stolen, other = template_inversion.stolen_and_other(faces)
    assert (faces.labels[stolen] == np.arange(30)).all()
    assert (faces.labels[other] == np.arange(30)).all()
    assert (stolen != other).all()
    judge = template_inversion.comparer(mean_colours, faces, rate=0.05)
    real_pictures = faces.images[stolen]
    assert template_inversion.accepted(judge, real_pictures, faces.images[other]).mean() > 0.9
    shown = {"real": real_pictures, "others": np.roll(real_pictures, 1, axis=0)}
    rows = {(row["shown"], row["against"]): row for row in template_inversion.rates({"j": judge}, shown, faces)}
    assert rows["real", "stolen picture"]["successes"] == rows["real", "stolen picture"]["trials"] == 30
    assert rows["others", "other picture"]["successes"] < 8
    with pytest.raises(ValueError, match="two pictures or more"):
        template_inversion.stolen_and_other(faces.subset(np.arange(7)))


def test_the_inversion_table_has_every_judge_and_picture(kept_here, monkeypatch):
    keras.utils.set_random_seed(0)
    layers = [keras.Input((64, 64, 3)), keras.layers.Rescaling(1 / 255), keras.layers.AveragePooling2D(16)]
    network = keras.Sequential([*layers, keras.layers.Flatten(), keras.layers.Dense(16)])
    monkeypatch.setattr(inversion_benchmark.pretrained, "load_network", lambda name: network)
    monkeypatch.setattr(inversion_benchmark, "use_one_thread", lambda: None)
    inversion_benchmark.main(["--people", "4", "--others", "30", "--steps", "2"])
    rows = results.load("template_inversion")["rows"]
    assert len(rows) == 3 * 5 * 2
    for row in rows:
        assert row["trials"] == 4
        assert row["low"] <= row["accepted"] <= row["high"]
        if (row["judge"], row["shown"], row["against"]) == ("eigenfaces", "real picture", "stolen picture"):
            assert row["accepted"] == 1
    tried = results.load("template_inversion_choice")["rows"]
    assert [row["rate"] for row in tried] == list(inversion_benchmark.RATES)
    assert all(row["cosine_attacked"] == row["cosine_earlier"] for row in tried)  # here they are one network
