"""Networks that are trained on LFW fold by fold, and Olivetti beside LFW, on made-up people."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from made_up_lfw import PEOPLE, PICTURES, made_up_lfw, made_up_olivetti

from benchmarks.lfw_table import networks, olivetti, photographs, rules, systems, table
from course_utils import training
from course_utils.datasets import FaceDataset
from course_utils.protocols import lfw_folds


@pytest.fixture(scope="module")
def lfw() -> FaceDataset:
    return made_up_lfw()


# -- Olivetti ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [64, 128])
def test_olivetti_stands_behind_lfw_and_takes_the_place_of_the_test_pairs(size):
    lfw, faces = made_up_lfw(size), made_up_olivetti()
    both = olivetti.behind(lfw, faces)
    assert both.images.shape == (len(lfw) + len(faces), size, size, 3)
    np.testing.assert_array_equal(both.images[: len(lfw)], lfw.images)
    assert len(both.names) == len(lfw.names) + 3
    pairs = both.pairs["view1_test"]
    assert len(pairs) == len(faces) * (len(faces) - 1) / 2
    assert pairs.pictures.min() == len(lfw)
    np.testing.assert_array_equal(pairs.same, both.labels[pairs.first] == both.labels[pairs.second])
    for view in ("view1_train", "view2"):
        np.testing.assert_array_equal(both.pairs[view].first, lfw.pairs[view].first)


def test_dlib_sees_olivetti_enlarged_with_a_border():
    shown = olivetti.enlarged(np.full((64, 64, 3), 7, np.uint8))
    assert shown.shape == (olivetti.ENLARGED + 2 * olivetti.BORDER,) * 2 + (3,)
    assert (shown == 7).all()


# -- networks that are trained for each fold ---------------------------------------------------------------------------

TINY = replace(networks.FINE_TUNED, shown=40, batch_size=20)


@pytest.fixture
def seen(lfw, monkeypatch) -> photographs.Photographs:
    """Photographs of made-up people, whose aligned pictures are darker."""
    seen = photographs.Photographs()
    monkeypatch.setattr(photographs, "load_faces", lambda *_, **__: lfw)
    seen.__dict__["aligned"] = lfw.images // 2
    return seen


@pytest.mark.parametrize("pictures", ["cropped", "both"])
def test_a_network_is_trained_on_all_allowed_pictures_and_no_others(seen, lfw, pictures):
    allowed = np.arange(PICTURES, 3 * PICTURES)
    chosen = networks.training_pictures(seen, allowed, pictures)
    versions = [lfw.images[allowed], seen.aligned[allowed]][: 1 if pictures == "cropped" else 2]
    np.testing.assert_array_equal(chosen.images, np.concatenate(versions))
    np.testing.assert_array_equal(chosen.labels, np.tile(np.repeat([0, 1], PICTURES), len(versions)))
    assert chosen.names == ("1", "2")
    assert len(chosen.attributes) == len(chosen)


@pytest.mark.parametrize("score", ["cosine", "Joint Bayesian"])
def test_a_fold_is_scored_once_by_a_network_trained_without_it(seen, lfw, cache, monkeypatch, score):
    """And what was interrupted after a fold does not train again."""
    trained_on = []

    def watched_train(people, recipe, seed, folder):
        trained_on.append(people)
        return train(people, recipe, seed, folder)

    train = networks.train
    monkeypatch.setattr(networks, "train", watched_train)
    system = systems.System(
        "unrestricted",
        "",
        "",
        partial(networks.trained_network, recipe=TINY),
        systems.grid(trained_on=("cropped",), sees=("both",), score=(score,)),
    )
    monkeypatch.setattr(table, "SYSTEMS", {"small": system})
    monkeypatch.setattr(table, "photographs_of_this_process", lambda: seen)
    table.train_fold(("small", system.candidates[0], 1))
    table.train_fold(("small", system.candidates[0], 1))
    assert len(trained_on) == 1
    left_out = {str(person) for person in lfw_folds.people_in(lfw.pairs["view2"], lfw.labels, [1, 2])}
    assert not set(trained_on[0].names) & left_out
    scored = rules.kept_fold(None, lfw, table.settings_of("small", system.candidates[0], seen), 1)
    assert len(scored["values"]) == PEOPLE * PICTURES
    assert np.isfinite([*scored["values"], scored["threshold"]]).all()


def test_another_recipe_is_another_system(seen, monkeypatch):
    kept = []
    for recipe in (TINY, replace(TINY, shown=60)):
        make = partial(networks.trained_network, recipe=recipe)
        monkeypatch.setattr(table, "SYSTEMS", {"small": systems.System("unrestricted", "", "", make)})
        kept.append(table.settings_of("small", {}, seen))
    assert kept[0] != kept[1]


def test_a_lesson_at_a_gpus_scale_shows_what_a_fold_shows():
    assert networks.FINE_TUNED.shown == training.at_scale("gpu").shown
