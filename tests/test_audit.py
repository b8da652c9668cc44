"""An audit by group counts what it says, its intervals are by people, and its power is what simulation gives."""

import numpy as np
import pytest

from course_utils import audit, metrics
from course_utils.audit import Rate


def made_up(people: int, pictures: int, noise, seed: int = 0):
    """Return embeddings and labels of people whose pictures differ so much; `noise` is one number a person."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(people), pictures)
    own = random.normal(size=(people, 16))[labels]
    return own + random.normal(size=own.shape) * np.broadcast_to(noise, people)[labels, np.newaxis], labels


GROUPS = np.array(["first"] * 12 + ["second"] * 8)
EMBEDDINGS, LABELS = made_up(20, 4, np.where(GROUPS == "first", 0.5, 1.0))


def test_rates_are_those_of_all_pairs_within_a_group():
    for group, rates in audit.rates_by_group(EMBEDDINGS, LABELS, GROUPS, 0.5).items():
        chosen = np.flatnonzero(GROUPS[LABELS] == group)
        first, second, mated = metrics.all_pairs(LABELS[chosen])
        scores = metrics.cosine_similarity(EMBEDDINGS[chosen], first, second)
        assert rates.false_match.value == pytest.approx(metrics.false_match_rate(scores, mated, 0.5))
        assert rates.false_non_match.value == pytest.approx(metrics.false_non_match_rate(scores, mated, 0.5))
        counted = (rates.people, rates.mated, rates.non_mated)
        assert counted == ((group == GROUPS).sum(), mated.sum(), (~mated).sum())
        for rate in (rates.false_match, rates.false_non_match):
            assert 0 <= rate.low <= rate.value <= rate.high <= 1
        assert rates.by_person.mean() == pytest.approx(rates.false_non_match.value)
    assert audit.rates_by_group(EMBEDDINGS, LABELS, GROUPS, 0.5)["second"].false_non_match.value > 0.2


def test_a_score_that_equals_the_threshold_is_a_match():
    chosen = np.flatnonzero(GROUPS[LABELS] == "first")
    first, second, mated = metrics.all_pairs(LABELS[chosen])
    scores = metrics.cosine_similarity(EMBEDDINGS[chosen], first, second)
    best = audit.rates_by_group(EMBEDDINGS, LABELS, GROUPS, scores[~mated].max())["first"]
    assert best.false_match.value == pytest.approx(1 / (~mated).sum())


def test_the_interval_of_false_matches_is_that_of_people_drawn_with_all_their_comparisons():
    chosen = np.flatnonzero(GROUPS[LABELS] == "first")
    first, second, _mated = metrics.all_pairs(LABELS[chosen])
    scores = metrics.cosine_similarity(EMBEDDINGS[chosen], first, second)

    def rate(scores, mated, weights):
        return metrics.false_match_rate(scores, mated, 0.3, weights)

    slow = metrics.identity_interval(rate, scores, LABELS[chosen][first], LABELS[chosen][second])
    fast = audit.rates_by_group(EMBEDDINGS, LABELS, GROUPS, 0.3)["first"].false_match
    np.testing.assert_allclose((fast.low, fast.high), slow, atol=1e-9)


def test_no_error_among_few_people_is_not_taken_for_none_at_all():
    easy = audit.rates_by_group(EMBEDDINGS, LABELS, GROUPS, -1.0)["second"].false_non_match
    assert (easy.value, easy.low) == (0, 0)
    assert easy.high == pytest.approx(metrics.wilson_interval(0, 8)[1])
    strict = audit.rates_by_group(EMBEDDINGS, LABELS, GROUPS, 1.1)["first"].false_match
    assert strict.high == pytest.approx(metrics.wilson_interval(0, 6)[1])


def test_people_may_have_different_numbers_of_pictures():
    fewer = np.ones(len(LABELS), bool)
    fewer[:2] = False
    rates = audit.rates_by_group(EMBEDDINGS[fewer], LABELS[fewer], GROUPS, 0.5)["first"]
    assert rates.mated == 11 * 6 + 1
    first, second, mated = metrics.all_pairs(LABELS[2:48])
    scores = metrics.cosine_similarity(EMBEDDINGS[2:48], first, second)
    assert rates.false_match.value == pytest.approx(metrics.false_match_rate(scores, mated, 0.5))


def test_each_group_can_have_its_own_threshold():
    thresholds = audit.thresholds_by_group(EMBEDDINGS, LABELS, GROUPS, 0.05)
    rates = audit.rates_by_group(EMBEDDINGS, LABELS, GROUPS, thresholds)
    for group, each in rates.items():
        alone = audit.rates_by_group(EMBEDDINGS, LABELS, GROUPS, thresholds[group])[group]
        assert each.false_match == alone.false_match
        assert 0.04 < each.false_match.value <= 0.05


def test_what_cannot_be_audited_is_refused():
    with pytest.raises(ValueError, match="none for the group 'second'"):
        audit.rates_by_group(EMBEDDINGS, LABELS, GROUPS, {"first": 0.5})
    alone = np.where(np.arange(20) == 19, "third", GROUPS)
    with pytest.raises(ValueError, match="'third' needs two people"):
        audit.rates_by_group(EMBEDDINGS, LABELS, alone, 0.5)


def test_the_difference_of_two_proportions_is_newcombe_s():
    rates = [Rate(count / 80, *metrics.wilson_interval(count, 80)) for count in (56, 48)]
    difference = audit.difference_interval(Rate(56 / 70, *metrics.wilson_interval(56, 70)), rates[1])
    # Newcombe (1998), table II, case (a): 56/70 - 48/80, method 10
    assert (round(difference.low, 4), round(difference.high, 4)) == (0.0524, 0.3339)
    assert difference.value == pytest.approx(0.2)


def test_a_detectable_difference_is_found_as_often_as_promised():
    random = np.random.default_rng(0)
    deviation, people, draws = 0.2, 40, 2000
    difference = audit.detectable_difference(deviation, people)
    first = random.normal(0.3 + difference, deviation, (draws, people))
    second = random.normal(0.3, deviation, (draws, people))
    errors = np.sqrt((first.var(axis=1, ddof=1) + second.var(axis=1, ddof=1)) / people)
    shown = np.abs(first.mean(axis=1) - second.mean(axis=1)) > 1.96 * errors
    assert shown.mean() == pytest.approx(0.8, abs=0.04)


def test_people_needed_and_detectable_difference_belong_together():
    people = audit.people_needed(0.05, 0.2)
    assert audit.detectable_difference(0.2, people) <= 0.05 < audit.detectable_difference(0.2, people - 1)
    # Cohen's table: an effect of half a deviation takes 63 people in each group (64 by Student's t)
    assert audit.people_needed(0.5, 1.0) == 63
    with pytest.raises(ValueError, match="above 0"):
        audit.people_needed(0, 0.2)
    with pytest.raises(ValueError, match="Two people or more"):
        audit.detectable_difference(0.2, 1)
    with pytest.raises(ValueError, match="between 0 and 1"):
        audit.detectable_difference(0.2, 10, power=1.0)
