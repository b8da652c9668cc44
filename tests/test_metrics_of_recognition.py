"""Rates at a threshold, identification and intervals over people, against examples worked by hand."""

import numpy as np
import pytest
from sklearn.metrics import roc_curve, top_k_accuracy_score

from course_utils import metrics

# Two mated and five non-mated comparisons.
SCORES = np.array([0.9, 0.4, 0.7, 0.5, 0.3, 0.2, 0.1])
MATED = np.array([True, True, False, False, False, False, False])

# Four searches in a gallery of three: the last two probes show strangers.
SEARCHES = np.array([[0.9, 0.2, 0.1], [0.5, 0.4, 0.3], [0.6, 0.1, 0.2], [0.1, 0.2, 0.3]])
TRUTH = np.array([0, 1, metrics.NOBODY, metrics.NOBODY])


def many_comparisons(mated: int = 500, non_mated: int = 5000):
    random = np.random.default_rng(0)
    scores = np.concatenate([random.normal(2, 1, mated), random.normal(0, 1, non_mated)])
    return scores, np.repeat([True, False], [mated, non_mated])


# -- verification ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("threshold", "false_match", "false_non_match"),
    [(0.0, 1.0, 0.0), (0.5, 0.4, 0.5), (0.6, 0.2, 0.5), (0.8, 0.0, 0.5), (1.0, 0.0, 1.0)],
)
def test_rates_at_a_threshold_by_hand(threshold, false_match, false_non_match):
    assert metrics.false_match_rate(SCORES, MATED, threshold) == pytest.approx(false_match)
    assert metrics.false_non_match_rate(SCORES, MATED, threshold) == pytest.approx(false_non_match)


def test_rates_count_by_weight():
    weights = np.array([3.0, 1, 4, 1, 1, 1, 1])
    assert metrics.false_match_rate(SCORES, MATED, 0.6, weights) == pytest.approx(4 / 8)
    assert metrics.false_non_match_rate(SCORES, MATED, 0.6, weights) == pytest.approx(1 / 4)


def test_a_weight_of_two_counts_as_two_comparisons():
    scores, mated = many_comparisons()
    weights = np.random.default_rng(0).integers(1, 4, len(scores))
    repeated = np.repeat(scores, weights), np.repeat(mated, weights)
    for rate in (0.01, 0.1):
        assert metrics.threshold_at(scores, mated, rate, weights) == metrics.threshold_at(*repeated, rate)
        assert metrics.true_accept_rate(scores, mated, rate, weights) == metrics.true_accept_rate(*repeated, rate)


def test_at_the_equal_error_rate_both_rates_are_equal():
    scores, mated = many_comparisons()
    rate = metrics.equal_error_rate(scores, mated)
    threshold = metrics.threshold_at(scores, mated, rate)
    assert metrics.false_match_rate(scores, mated, threshold) == pytest.approx(rate, abs=0.003)
    assert metrics.false_non_match_rate(scores, mated, threshold) == pytest.approx(rate, abs=0.003)


@pytest.mark.parametrize("rate", [0.001, 0.01, 0.1])
def test_a_threshold_keeps_its_rate_and_no_lower_one_does(rate):
    scores, mated = many_comparisons()
    threshold = metrics.threshold_at(scores, mated, rate)
    assert metrics.false_match_rate(scores, mated, threshold) <= rate
    lower = scores[~mated][scores[~mated] < threshold].max()
    assert metrics.false_match_rate(scores, mated, lower) > rate


def test_equal_scores_are_not_torn_apart():
    scores = np.array([0.9] + [0.8] * 6 + [0.1] * 24)
    mated = np.array([True] + [False] * 30)
    threshold = metrics.threshold_at(scores, mated, 0.2)  # six of thirty may match, and all six have one score
    assert metrics.false_match_rate(scores, mated, threshold) == pytest.approx(0.2)
    assert metrics.false_match_rate(scores, mated, metrics.threshold_at(scores, mated, 0.19)) == 0


@pytest.mark.parametrize("rate", [0.001, 0.01, 0.1])
def test_true_accept_rates_are_those_of_scikit_learn(rate):
    scores, mated = many_comparisons()
    false_match, true_match, _ = roc_curve(mated, scores, drop_intermediate=False)
    expected = true_match[false_match <= rate].max()
    assert metrics.true_accept_rate(scores, mated, rate) == pytest.approx(expected)


def test_both_errors_at_every_threshold():
    false_match, false_non_match, thresholds = metrics.detection_error_tradeoff(SCORES, MATED)
    for rate, other, threshold in zip(false_match, false_non_match, thresholds, strict=True):
        assert rate == pytest.approx(metrics.false_match_rate(SCORES, MATED, threshold))
        assert other == pytest.approx(metrics.false_non_match_rate(SCORES, MATED, threshold))


@pytest.mark.parametrize("enough", [True, False])
def test_a_rate_that_too_few_comparisons_support_is_refused(enough):
    scores, mated = many_comparisons(non_mated=3000 if enough else 2999)
    if enough:
        assert metrics.true_accept_rate(scores, mated, 0.001) > 0
        return
    with pytest.raises(metrics.TooFewComparisonsError, match=r"0.001 .* by 2,999 non-mated .* at least 3,000"):
        metrics.true_accept_rate(scores, mated, 0.001)


def test_the_rule_of_three_holds_in_about_95_of_100_cases():
    """A rate of 3 / n would show no error at all in one case of twenty."""
    random = np.random.default_rng(0)
    errors = random.binomial(300, metrics.rule_of_three(300), 20_000)
    assert np.mean(errors == 0) == pytest.approx(0.05, abs=0.006)


@pytest.mark.parametrize("rate", [0, 1, -0.1])
def test_impossible_rates_are_refused(rate):
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        metrics.threshold_at(SCORES, MATED, rate)
    with pytest.raises(ValueError, match="at least 1, not 0"):
        metrics.rule_of_three(0)


# -- identification ----------------------------------------------------------------------------------------------------


def test_ranks_by_hand():
    assert metrics.ranks(SEARCHES, TRUTH).tolist() == [1, 2]
    assert metrics.rank_rate(SEARCHES, TRUTH) == 0.5
    assert metrics.cumulative_match_characteristic(SEARCHES, TRUTH).tolist() == [0.5, 1, 1]


def test_of_equal_scores_the_right_one_comes_last():
    assert metrics.ranks([[0.5, 0.5, 0.1]], [0]).tolist() == [2]


def test_rank_rates_are_those_of_scikit_learn():
    random = np.random.default_rng(0)
    scores, truth = random.random((60, 12)), random.integers(0, 12, 60)
    for rank in (1, 3, 11):
        expected = top_k_accuracy_score(truth, scores, k=rank, labels=range(12))
        assert metrics.rank_rate(scores, truth, rank) == pytest.approx(expected)
    assert metrics.cumulative_match_characteristic(scores, truth)[2] == metrics.rank_rate(scores, truth, 3)


@pytest.mark.parametrize(
    ("threshold", "positive", "negative", "negative_among_two"),
    [
        (0.0, 1.0, 0.5, 0.0),
        (0.35, 0.5, 0.5, 0.0),
        (0.45, 0.5, 0.5, 0.5),
        (0.6, 0.5, 0.5, 0.5),  # the threshold is a score, which counts as an alarm
        (0.7, 0.0, 0.5, 0.5),
        (0.9, 0.0, 0.5, 0.5),  # and as a hit
        (0.95, 0.0, 1.0, 1.0),
    ],
)
def test_open_set_rates_by_hand(threshold, positive, negative, negative_among_two):
    assert metrics.false_positive_identification_rate(SEARCHES, TRUTH, threshold) == positive
    assert metrics.false_negative_identification_rate(SEARCHES, TRUTH, threshold) == negative
    assert metrics.false_negative_identification_rate(SEARCHES, TRUTH, threshold, rank=2) == negative_among_two


def test_identification_at_a_wanted_rate_keeps_it():
    random = np.random.default_rng(0)
    scores, truth = random.normal(size=(900, 20)), np.repeat([metrics.NOBODY, 3], [600, 300])
    scores[600:, 3] += 4
    threshold = metrics.threshold_at_fpir(scores, truth, 0.05)
    assert metrics.false_positive_identification_rate(scores, truth, threshold) == pytest.approx(0.05)
    rate = metrics.detection_and_identification_rate(scores, truth, 0.05)
    assert rate == 1 - metrics.false_negative_identification_rate(scores, truth, threshold)
    assert 0.5 < rate < 1


def test_too_few_strangers_are_refused():
    with pytest.raises(metrics.TooFewComparisonsError, match="2 non-mated searches: it needs at least 300"):
        metrics.detection_and_identification_rate(SEARCHES, TRUTH, 0.01)


@pytest.mark.parametrize(
    ("scores", "truth", "message"),
    [
        (SEARCHES, TRUTH[:3], r"not of shapes \(4, 3\), \(3,\)"),
        (SEARCHES, np.array([0, 1, 3, -1]), "columns 0 to 2, or -1 for nobody"),
        (SEARCHES, np.array([0, 1, -2, -1]), "columns 0 to 2, or -1 for nobody"),
        (SEARCHES * np.nan, TRUTH, "finite number; 12 are not"),
        (SEARCHES, np.full(4, metrics.NOBODY), "No search is mated"),
        (np.zeros((4, 0)), TRUTH, "not of shapes"),
    ],
)
def test_searches_that_cannot_be_scored_are_refused(scores, truth, message):
    with pytest.raises(ValueError, match=message):
        metrics.ranks(scores, truth)


def test_a_gallery_without_strangers_has_no_false_positives_to_count():
    with pytest.raises(ValueError, match="nobody asks who is not in the gallery"):
        metrics.false_positive_identification_rate(SEARCHES[:2], TRUTH[:2], 0.5)


# -- intervals over people ---------------------------------------------------------------------------------------------


def test_with_equally_many_values_it_is_the_interval_of_the_means():
    values = np.random.default_rng(0).random((7, 5))
    expected = metrics.mean_interval(values.mean(axis=1))
    assert metrics.person_interval(values.ravel(), np.repeat(np.arange(7), 5)) == pytest.approx(expected)


def test_an_interval_over_people_covers_the_truth_as_often_as_it_says():
    """Thirty people, 1 to 20 searches each, some people hard: the interval that ignores people covers far less."""
    random = np.random.default_rng(0)
    covered = ignored = 0
    for _ in range(400):
        searches = random.integers(1, 21, 30)
        people = np.repeat(np.arange(30), searches)
        right = random.random(len(people)) < random.beta(4, 1, 30)[people]
        _, low, high = metrics.person_interval(right, people)
        covered += low <= 0.8 <= high
        low, high = metrics.wilson_interval(int(right.sum()), len(right))
        ignored += low <= 0.8 <= high
    assert 0.90 < covered / 400 < 0.98
    assert ignored / 400 < 0.8


def test_an_interval_over_people_needs_two_of_them():
    with pytest.raises(ValueError, match="at least two people"):
        metrics.person_interval([1, 0], ["Ada", "Ada"])
    with pytest.raises(ValueError, match="One person per value"):
        metrics.person_interval([1, 0], ["Ada"])


def test_an_interval_of_a_rate_that_the_list_just_supports_is_computed():
    """A resampling draws fewer different pairs than there are; it must not be refused for that."""
    random = np.random.default_rng(0)
    first, second = (each.ravel() for each in np.meshgrid(np.arange(30), np.arange(30)))
    scores = random.normal(np.where(first == second, 2.0, 0.0))
    rate = 3 / np.sum(first != second) + 1e-6

    def accepted(values, mated, weights):
        return metrics.true_accept_rate(values, mated, rate, weights)

    low, high = metrics.dyadic_interval(accepted, scores, first, second, repeats=40)
    assert low < metrics.true_accept_rate(scores, first == second, rate) < high
    with pytest.raises(metrics.TooFewComparisonsError):
        metrics.dyadic_interval(
            lambda values, mated, weights: metrics.true_accept_rate(values, mated, rate / 2, weights),
            *(scores, first, second),
        )


def test_the_interval_of_a_mean_over_pairs_is_that_of_all_pairs_that_share_a_person():
    random = np.random.default_rng(0)
    first, second = random.integers(8, size=(2, 60))
    values = random.normal(size=60) + first
    shares = np.array(
        [
            [{a, b} & {c, d} != set() for c, d in zip(first, second, strict=True)]
            for a, b in zip(first, second, strict=True)
        ]
    )
    excess = (values - values.mean()) / 60
    half = 1.959964 * np.sqrt(excess @ shares @ excess)
    expected = values.mean(), values.mean() - half, values.mean() + half
    assert metrics.dyadic_mean_interval(values, first, second) == pytest.approx(expected, rel=1e-6)
    assert metrics.dyadic_mean_interval(values, second, first) == pytest.approx(expected, rel=1e-6)


def test_drawing_people_and_the_closed_form_agree():
    random = np.random.default_rng(1)
    first = random.integers(500, size=1000)
    second = np.where(np.arange(1000) % 2 == 0, first, random.integers(500, size=1000))
    hard = random.normal(size=500)
    right = hard[first] + hard[second] + random.normal(size=1000) > -1
    mean, low, high = metrics.dyadic_mean_interval(right, first, second)
    drawn = metrics.dyadic_interval(
        lambda values, mated, weights: np.average(values, weights=weights), right, first, second, repeats=3000
    )
    assert high - low == pytest.approx(drawn[1] - drawn[0], rel=0.06)
    assert mean == right.mean()


@pytest.mark.parametrize(("first", "second"), [([0, 0], [0, 0]), ([0, 1], [1])])
def test_an_interval_of_a_mean_needs_two_people_and_a_value_of_each_pair(first, second):
    with pytest.raises(ValueError, match=r"at least two people|One value per pair"):
        metrics.dyadic_mean_interval([1.0, 0.0], first, second)
