"""The benchmark of what is gained between a face and the cosine."""

from types import SimpleNamespace

import numpy as np
import pytest
from faces_on_disk import REAL, needs_real_data

from benchmarks import transfer_comparison
from benchmarks.transfer.people import SIZE, People, load_people
from benchmarks.transfer.real_faces import RealFaces
from course_utils import metrics, results
from course_utils.datasets import load_faces


def people_with_noise(n_people, seed):
    """Ten embeddings of each person, nine numbers long; the first number differs most and says nothing."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(n_people), 10)
    noise = random.normal(size=(len(labels), 9)) * np.array([8.0, *[0.7] * 8])
    return SimpleNamespace(images=random.normal(size=(n_people, 9))[labels] + noise, labels=labels)


def area(embed, faces):
    """Area under the ROC curve of all pairs."""
    first, second, mated = metrics.all_pairs(faces.labels)
    return metrics.roc_auc(metrics.cosine_similarity(embed(faces.images), first, second), mated)


def test_what_says_nothing_of_a_person_is_heeded_less():
    others = people_with_noise(40, seed=1)
    weighed = transfer_comparison.discriminant(np.asarray, people_with_noise(60, seed=0))
    assert area(np.asarray, others) < 0.65
    assert area(weighed, others) > 0.85


def test_pictures_of_one_person_differ_alike_in_all_directions(monkeypatch):
    monkeypatch.setattr(transfer_comparison, "SHRINKAGE", 0.0)
    faces = people_with_noise(60, seed=0)
    embeddings = transfer_comparison.discriminant(np.asarray, faces)(faces.images)
    means = np.stack([embeddings[faces.labels == person].mean(axis=0) for person in range(60)])
    scatter = np.cov((embeddings - means[faces.labels]).T, bias=True)
    np.testing.assert_allclose(scatter, np.eye(9), atol=1e-6)


def test_how_long_an_embedding_is_says_nothing():
    faces, others = people_with_noise(60, seed=0), people_with_noise(40, seed=1)
    factors = np.random.default_rng(2).uniform(0.2, 5, (600, 1))
    stretched = SimpleNamespace(images=faces.images * factors, labels=faces.labels)
    one, other = (transfer_comparison.discriminant(np.asarray, each)(others.images) for each in (faces, stretched))
    np.testing.assert_allclose(one, other)


@needs_real_data
def test_each_way_gives_pairs_the_scores_that_are_stored():
    lfw = load_faces("lfw", path=REAL, size=SIZE)
    measured = transfer_comparison.sample(lfw, load_people(People()))
    stored = {row["method"]: row["sample"] for row in results.load("transfer_comparison")["rows"]}
    assert list(measured) == list(stored)
    for name, scores in measured.items():
        assert scores == pytest.approx(stored[name], abs=0.004), name


@needs_real_data
def test_the_first_way_scores_on_view_1_what_is_stored():
    """The others differ from it in their embeddings only, which the sample above measures again."""
    real = RealFaces(load_faces("lfw", path=REAL, size=SIZE))
    measured, stored = real.score(transfer_comparison.ways()["as cropped"]), results.load("transfer_comparison")["rows"]
    for name in ("view1_accuracy", "view1_auc", "centred_view1_accuracy", "centred_view1_auc"):
        assert measured[name] == pytest.approx(stored[0][name], abs=0.004), name
