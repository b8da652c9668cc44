"""The trained networks that come with the course."""

import os
from dataclasses import asdict, replace

import numpy as np
import pytest

from course_utils import environment

environment.setup()

import keras

from benchmarks import keep_networks, landmark_accuracy
from benchmarks.transfer import baselines, embeddings, training
from benchmarks.transfer.people import People
from benchmarks.transfer.recipe import Recipe
from course_utils import metrics, pretrained
from course_utils.datasets import load_faces, rendered


def test_people_whom_it_has_never_seen_are_told_apart():
    """The embedded set has nobody in common with the people that the network was trained on."""
    faces = load_faces("rendered", split="dev", people=20, pictures=6, size=64)
    embed = embeddings.network_embedding(pretrained.load_network("embedding"))
    first, second, mated = metrics.all_pairs(faces.labels)
    area = metrics.roc_auc(metrics.cosine_similarity(embed(faces.images), first, second), mated)
    pixels = metrics.roc_auc(metrics.cosine_similarity(baselines.grey_middle(faces.images), first, second), mated)
    assert area > 0.95 > pixels


def test_eyes_and_mouths_are_found_in_people_whom_it_has_never_seen():
    faces = load_faces("rendered", split="test", people=10, pictures=4, size=64)
    found = landmark_accuracy.find(pretrained.load_network("landmarks"), faces.images)
    eyes = faces.attributes[["right_eye_x", "right_eye_y", "left_eye_x", "left_eye_y"]].to_numpy(float)
    errors = np.linalg.norm(found[:, :2] - eyes.reshape(-1, 2, 2) / 112, axis=-1)
    assert np.median(errors) < 0.02


def test_the_record_says_whom_they_were_trained_on():
    about = pretrained.record()
    assert set(about) == set(pretrained.BUILDERS)
    for name, (people, recipe) in keep_networks.EMBEDDINGS.items():
        assert (about[name]["people"], about[name]["recipe"]) == (asdict(people), asdict(recipe))
    assert about["landmarks"]["rendered"] == rendered.version(), "python -m benchmarks.keep_networks"


def test_unknown_missing_and_damaged_networks_are_said_to_be_so(tmp_path):
    with pytest.raises(ValueError, match="'embedding', 'embedding_first', 'landmarks'"):
        pretrained.load_network("faces")
    with pytest.raises(pretrained.NetworkUnavailableError, match="git checkout -- course_utils/weights"):
        pretrained.load_network("landmarks", tmp_path)
    keep_networks.keep("landmarks", pretrained.load_network("landmarks"), tmp_path)
    pretrained.load_network("landmarks", tmp_path)
    weights = tmp_path / "landmarks.weights.h5"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    with pytest.raises(pretrained.NetworkUnavailableError, match="missing or damaged"):
        pretrained.load_network("landmarks", tmp_path)
    if hasattr(os, "mkfifo"):  # not on Windows
        weights.unlink()
        os.mkfifo(weights)
        with pytest.raises(pretrained.NetworkUnavailableError, match="missing or damaged"):
            pretrained.load_network("landmarks", tmp_path)


def test_what_is_kept_is_what_was_trained(tmp_path, monkeypatch, not_compiled):
    people = load_faces("rendered", people=2, pictures=2, size=64)
    recipe = Recipe(shown=4, batch_size=4, augmented=False, start="embedding_first")
    monkeypatch.setattr(keep_networks, "EMBEDDINGS", {"embedding": (People(), recipe)})
    monkeypatch.setattr(keep_networks, "NAMES", ("embedding", "landmarks"))
    monkeypatch.setattr(keep_networks, "load_people", lambda chosen: people)
    monkeypatch.setattr(keep_networks.storage, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(keep_networks.landmark_accuracy, "train", lambda: pretrained.load_network("landmarks"))
    keep_networks.main([], tmp_path / "kept")
    trained = training.train(people, recipe, keep_networks.SEED, tmp_path / "cache" / "transfer")
    kept = pretrained.load_network("embedding", tmp_path / "kept")
    for one, other in zip(trained.get_weights(), kept.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert pretrained.record(tmp_path / "kept")["embedding"]["recipe"]["shown"] == 4
    assert isinstance(pretrained.load_network("landmarks", tmp_path / "kept"), keras.Model)


def test_a_training_goes_on_from_a_network_that_comes_with_the_course(tmp_path, not_compiled):
    """With a rate of 0 nothing is learnt, and the weights are still those that it began with."""
    people = load_faces("rendered", people=2, pictures=2, size=64)
    recipe = Recipe(shown=4, batch_size=4, learning_rate=0.0, start="embedding_first")
    trained = training.train(people, recipe, seed=0, folder=tmp_path)
    first = pretrained.load_network("embedding_first")
    for one, other in zip(trained.trainable_weights, first.trainable_weights, strict=True):
        np.testing.assert_array_equal(one, other)
    assert len({training.training_name(people, replace(recipe, start=start), 0) for start in ("", recipe.start)}) == 2


def test_one_network_can_be_kept_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(keep_networks.landmark_accuracy, "train", lambda: pretrained.load_network("landmarks"))
    keep_networks.main(["landmarks"], tmp_path)
    assert list(pretrained.record(tmp_path)) == ["landmarks"]
    assert isinstance(pretrained.load_network("landmarks", tmp_path), keras.Model)
    with pytest.raises(SystemExit):
        keep_networks.main(["faces"], tmp_path)
    assert "there are embedding_first, embedding, landmarks" in capsys.readouterr().err
