"""The protocol of the attacks: locks, attempts, pairs, and morphs; and what the benchmark stores of them."""

import numpy as np
import pytest
from attacked_network import small_network
from test_door import made_up_people

from course_utils import environment

environment.setup()

import keras

from benchmarks import attacks as benchmark
from course_utils import attacks, morphs, pretrained, results
from course_utils.datasets import load_faces
from course_utils.protocols import break_in, door

PEOPLE, OTHERS = made_up_people(12, 14, 0), made_up_people(40, 6, 100)
TEMPLATE = np.array([[(0.33, 0.32), (0.67, 0.32), (0.5, 0.71)]])


@pytest.fixture(scope="module")
def lock():
    pixels = keras.Sequential(
        [keras.Input((8, 8, 3)), keras.layers.Rescaling(1, offset=-128), keras.layers.Flatten()], name="pixels"
    )
    return break_in.lock_for(pixels, PEOPLE, OTHERS)


def test_a_lock_opens_for_its_own_people_and_for_nobody_else(lock):
    attempts = break_in.attempts_of(PEOPLE)
    assert attempts.images.shape == (12, 8, 8, 3)
    np.testing.assert_array_equal(attempts.images, PEOPLE.images[break_in.PICTURES :: 14])
    assert sorted(attempts.victims) == sorted(attempts.people)
    assert not (attempts.victims == attempts.people).any()
    assert break_in.success(lock, attempts.images, attempts, attacks.EVASION, "refused").count == 0
    assert break_in.success(lock, attempts.images, attempts, attacks.IMPERSONATION, "let in").count == 0
    victims = PEOPLE.images[break_in.PICTURES :: 14][attempts.victims]
    assert break_in.success(lock, victims, attempts, attacks.IMPERSONATION, "the victims come").count == 12


def test_an_attack_is_within_its_budget_and_whole_grey_levels(lock):
    network = small_network()
    own = break_in.lock_for(network, PEOPLE, OTHERS)
    attempts, gradient = break_in.attempts_of(PEOPLE), attacks.ScoreGradient(network, 12)
    for aim, way in attacks.AIMS.items():
        changed = break_in.attack(gradient, own, attempts, 8, aim, steps=5)
        assert changed.dtype == np.uint8
        assert np.abs(changed.astype(int) - attempts.images).max() <= 8
        claimed = attempts.claimed(aim)
        assert (way * (own.scores(changed, claimed) - own.scores(attempts.images, claimed))).mean() > 0.01


@pytest.mark.parametrize("similar", [True, False])
def test_everybody_is_in_one_pair(similar):
    directions = np.random.default_rng(0).normal(size=(12, 5))
    first, second = break_in.pairs_of(PEOPLE, directions, similar)
    assert sorted([*first, *second]) == list(range(12))


def test_similar_people_meet():
    angles = np.radians([0, 90, 180, 2, 91, 185, 40, 140, 220, 41, 142, 224])
    directions = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    first, second = break_in.pairs_of(PEOPLE, directions, similar=True)
    assert {frozenset(pair) for pair in zip(first.tolist(), second.tolist(), strict=True)} == {
        frozenset(pair) for pair in ((0, 3), (1, 4), (2, 5), (6, 9), (7, 10), (8, 11))
    }


def test_a_morph_is_between_two_people_and_is_accepted_for_both(lock):
    pairs = np.arange(0, 12, 2), np.arange(1, 12, 2)
    own = PEOPLE.images[::14]
    blended = ((own[pairs[0]].astype(int) + own[pairs[1]]) / 2).astype(np.uint8)
    of_one = break_in.morph_rate(lock, own[pairs[0]], PEOPLE, pairs, "one of the two")
    of_both = break_in.morph_rate(lock, blended, PEOPLE, pairs, "morph")
    assert of_one.count == 0
    assert of_both.rate > 0.5
    assert (of_both.tries, of_both.people) == (6 * break_in.TRIES**2, 6)


def test_faces_are_laid_in_place_before_they_are_averaged():
    places = np.repeat(TEMPLATE, 2, axis=0)
    one, other = np.full((2, 16, 16, 3), 100, np.uint8), np.full((2, 16, 16, 3), 201, np.uint8)
    assert np.unique(morphs.morph(one, other, places, places)).tolist() == [150]
    dot = np.zeros((2, 64, 64, 3), np.uint8)
    dot[:, 20:23, 20:23] = 255
    shifted = np.roll(dot, 4, axis=2)
    blended = morphs.morph(dot, shifted, places, places + np.array([4 / 64, 0]))
    np.testing.assert_allclose(np.argwhere(blended[0, :, :, 0] > 100).mean(axis=0), (21, 23), atol=0.1)
    with pytest.raises(ValueError, match="one shape"):
        morphs.morph(one, other[:1], places, places)


def test_a_morph_counts_if_both_are_accepted():
    """With one picture of each person, the rate is the fraction of morphs whose lower score is high enough."""
    first, second = np.array([0.5, 0.7, 0.9]), np.array([0.6, 0.4, 0.5])
    accepted = morphs.accepted_for_both(first[:, None], second[:, None], threshold=0.5)
    assert accepted.ravel().tolist() == [True, False, True]


def test_no_order_of_a_person_s_pictures_changes_the_rate_of_morphs():
    first, second = np.array([[0.5, 0.7, 0.1], [0.9, 0.2, 0.3]]), np.array([[0.6, 0.4], [0.5, 0.9]])
    by_hand = [2 / 3 * 1 / 2, 1 / 3 * 1]  # of each morph: the fraction of one person's pictures times the other's
    for order in ([0, 1], [1, 0]):
        accepted = morphs.accepted_for_both(first, second[:, order], threshold=0.5)
        assert accepted.shape == (2, 3, 2)
        np.testing.assert_allclose(accepted.mean(axis=(1, 2)), by_hand)


@pytest.mark.parametrize("shapes", [((2, 3), (3, 2)), ((2,), (2,)), ((1, 2, 1), (1, 2))])
def test_scores_that_do_not_belong_to_the_same_morphs_are_refused(shapes):
    with pytest.raises(ValueError, match="as many morphs"):
        morphs.accepted_for_both(*map(np.zeros, shapes), threshold=0.5)


def test_a_detector_is_judged_on_people_who_did_not_teach_it():
    faces = load_faces("rendered", split="dev", people=72, pictures=2)
    groups = [faces.subset((faces.labels >= low) & (faces.labels < low + 24)) for low in (0, 24, 48)]
    groups[1] = load_faces("rendered", split="train", people=40, pictures=2)
    rates = break_in.detector_errors("print", groups[0], groups[1], groups[2])
    assert [rate.error for rate in rates] == ["in training: APCER, print", "BPCER", "APCER, print", "APCER, screen"]
    assert all((rate.tries, rate.people) == (48, 24) for rate in rates)
    learned, _, own, unseen = (rate.rate for rate in rates)
    assert max(learned, own) < unseen


def test_detectors_of_several_splits_are_judged_on_people_who_did_not_teach_them():
    faces = load_faces("rendered", split="train", people=48, pictures=2)
    development = load_faces("rendered", split="dev", people=40, pictures=2)
    results_of = break_in.detector_splits("print", faces, development, splits=3)
    rates = {rate.error: (rate, each) for rate, each in results_of}
    assert list(rates) == ["in training: APCER, print", "BPCER", "APCER, print", "APCER, screen"]
    for rate, each in rates.values():
        assert rate.tries == 3 * 48
        assert rate.people <= 48
        assert rate.rate == pytest.approx(np.mean(each))
    unseen = rates["APCER, screen"]
    assert min(unseen[1]) > max(rates["APCER, print"][1])
    assert len(set(unseen[1])) > 1, "each split teaches another detector"


def test_who_teaches_a_detector_does_not_test_it(monkeypatch):
    seen = []

    def errors_of(_kind, training, _development, tested):
        seen.append((set(training["live"].tolist()), set(tested["live"].tolist())))
        return {"BPCER": tested["live"] % 2 == 0}

    monkeypatch.setattr(break_in, "described", lambda faces, _seed: {"live": faces.labels})
    monkeypatch.setattr(break_in, "live_only", lambda faces, _seed: faces.labels)
    monkeypatch.setattr(break_in, "errors_of", errors_of)
    [(rate, each)] = break_in.detector_splits("print", PEOPLE, OTHERS, splits=5)
    assert all(not learns & tests and learns | tests == set(range(12)) for learns, tests in seen)
    assert len({frozenset(learns) for learns, _ in seen}) > 1
    assert (len(each), rate.tries) == (5, 5 * 6 * 14)


def test_a_part_is_measured_again_only_if_its_own_code_changes(monkeypatch):
    before = {part: benchmark.settings_of(part, 40) for part in benchmark.PARTS}
    monkeypatch.setattr(break_in, "TRIES", 3)
    monkeypatch.setitem(benchmark.PARTS, benchmark.presented, (*benchmark.DETECTORS, break_in.pairs_of))
    changed = {part.__name__ for part in benchmark.PARTS if benchmark.settings_of(part, 40) != before[part]}
    assert changed == {"morphed", "presented"}


def test_a_row_of_the_benchmark_keeps_its_interval():
    rate = door.rate_of("morph", np.array([True, False, False, False]), np.array(list("aabb")))
    loaded = results.complete(benchmark.row_of("morph", rate, pairs="random"), {})
    assert (loaded["part"], loaded["what"], loaded["rate"], loaded["people"]) == ("morph", "morph", 0.25, 2)
    assert loaded["rate_low"] < 0.25 < loaded["rate_high"]


def test_a_row_of_the_stored_table_is_measured_again():
    """One step of four grey levels, by as many people as the table has."""
    rows = [row for row in results.load("attacks")["rows"] if row["part"] == "strength" and row["budget"] == 4]
    stored = next(row for row in rows if row["attack"] == "one step (FGSM)" and row["aim"] == attacks.IMPERSONATION)
    people = load_faces("rendered", split="train", people=stored["people"], pictures=5, size=64)
    network = pretrained.load_network("embedding")
    lock = break_in.lock_for(network, people, load_faces("rendered", split="dev", size=64))
    attempts = break_in.attempts_of(people)
    changed = break_in.attack(attacks.ScoreGradient(network), lock, attempts, 4, attacks.IMPERSONATION, steps=1)
    again = break_in.success(lock, changed, attempts, attacks.IMPERSONATION, "again")
    assert again.count == pytest.approx(stored["count"], abs=1 + 0.02 * stored["tries"])
