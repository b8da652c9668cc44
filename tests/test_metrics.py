import numpy as np
import pytest
from fresh_python import cost, run_python
from scipy import stats

from course_utils import metrics


def test_importing_is_quick_and_loads_no_framework():
    """Checkers of exercises import it, and a first check is to take less than two seconds."""
    seconds, packages = cost("from course_utils import metrics")
    assert seconds < 0.8
    assert packages.isdisjoint({"tensorflow", "keras", "sklearn", "pandas", "matplotlib"})
    loaded = "import sys; from course_utils import metrics; print('scipy.stats' in sys.modules)"
    assert run_python(loaded).stdout == "False\n"


def test_wilson_interval_against_its_formula():
    successes, trials, z = 29, 30, stats.norm.ppf(0.975)
    share = successes / trials
    centre = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z / (1 + z**2 / trials) * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    np.testing.assert_allclose(metrics.wilson_interval(successes, trials), (centre - half, centre + half))


@pytest.mark.parametrize(("successes", "trials"), [(0, 1), (1, 1), (7, 20), (976, 1000)])
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_wilson_interval_against_scipy(successes, trials, confidence):
    expected = stats.binomtest(successes, trials).proportion_ci(confidence, method="wilson")
    np.testing.assert_allclose(metrics.wilson_interval(successes, trials, confidence), expected, atol=1e-12)


def test_wilson_interval_stays_within_bounds():
    assert metrics.wilson_interval(30, 30)[1] == pytest.approx(1)
    assert metrics.wilson_interval(0, 30)[0] == pytest.approx(0)


@pytest.mark.parametrize(("successes", "trials"), [(1, 0), (-1, 5), (6, 5)])
def test_wilson_interval_refuses_the_impossible(successes, trials):
    with pytest.raises(ValueError, match="between 0 and trials"):
        metrics.wilson_interval(successes, trials)


def test_mean_interval_against_scipy():
    values = [0.9, 0.95, 0.97, 0.93, 0.96]
    low, high = stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))
    np.testing.assert_allclose(metrics.mean_interval(values), (np.mean(values), low, high))


def test_an_interval_from_a_known_standard_error_against_scipy():
    low, high = stats.t.interval(0.9, 9, loc=0.8, scale=0.02)
    np.testing.assert_allclose(metrics.student_interval(0.8, 0.02, 9, confidence=0.9), (0.8, low, high))


def test_mean_interval_needs_two_runs():
    with pytest.raises(ValueError, match="at least two runs"):
        metrics.mean_interval([0.9])


def test_mean_interval_covers_the_truth_as_often_as_it_says():
    random = np.random.default_rng(0)
    intervals = [metrics.mean_interval(random.normal(0.5, 0.1, size=5)) for _ in range(2000)]
    covered = np.mean([low <= 0.5 <= high for _, low, high in intervals])
    assert covered == pytest.approx(0.95, abs=0.015)


def test_equal_error_rate_by_hand():
    # Threshold 3: one of four non-mated at or above (FMR 1/4), one of four mated below (FNMR 1/4).
    scores = [1, 2, 2.5, 4, 2.9, 3, 5, 6]
    mated = [False, False, False, False, True, True, True, True]
    assert metrics.equal_error_rate(scores, mated) == pytest.approx(0.25)


def test_equal_error_rate_between_two_thresholds_is_interpolated():
    # At the score 2 FMR rises from 0 to 1, and FNMR is 1/2.
    assert metrics.equal_error_rate([3, 1, 2], [True, True, False]) == pytest.approx(0.5)
    # At the score 3 FMR rises from 0 to 1/2, and FNMR is 1/3.
    assert metrics.equal_error_rate([6, 4, 1, 3, 0], [True, True, True, False, False]) == pytest.approx(1 / 3)


def test_equal_error_rate_where_the_rates_meet_at_a_threshold_and_stay_equal():
    """The comparison without weight is a threshold at which nothing changes."""
    scores, mated = [4, 2, 3, 1], [True, True, False, False]  # at 3: FMR 1/2, FNMR 1/2
    assert metrics.equal_error_rate(scores, mated) == pytest.approx(0.5)
    weightless = metrics.equal_error_rate([*scores, 2.5], [*mated, False], weights=[1, 1, 1, 1, 0])
    assert weightless == pytest.approx(0.5)


def test_equal_error_rate_at_its_ends():
    mated = np.array([False] * 50 + [True] * 50)
    assert metrics.equal_error_rate(np.arange(100), mated) == 0
    assert metrics.equal_error_rate(-np.arange(100), mated) == pytest.approx(1)
    assert metrics.equal_error_rate(np.zeros(100), mated) == pytest.approx(0.5)


def test_equal_error_rate_of_two_normal_distributions():
    random = np.random.default_rng(0)
    scores = np.r_[random.normal(0, 1, 20000), random.normal(2, 1, 20000)]
    expected = stats.norm.cdf(-1)
    assert metrics.equal_error_rate(scores, np.repeat([False, True], 20000)) == pytest.approx(expected, abs=0.005)


def test_equal_error_rate_needs_both_kinds():
    with pytest.raises(ValueError, match="Both mated and non-mated"):
        metrics.equal_error_rate([0.1, 0.2], [True, True])


def test_equal_error_rate_counts_by_weight():
    scores, mated = [1, 2, 3, 1, 2, 3], [False, False, False, True, True, True]
    twice = metrics.equal_error_rate([*scores, 3], [*mated, True])
    assert metrics.equal_error_rate(scores, mated, weights=[1, 1, 1, 1, 1, 2]) == pytest.approx(twice)


def test_roc_auc_by_hand():
    # Of six pairs of a mated and a non-mated score, the mated one is higher in four and equal in one.
    assert metrics.roc_auc([5, 3, 2, 3, 1], [True, True, False, False, False]) == pytest.approx(5.5 / 6)
    assert metrics.roc_auc([5, 2, 2, 3, 1], [True, True, False, False, False]) == pytest.approx(4.5 / 6)


def test_roc_auc_at_its_ends():
    mated = np.array([False] * 5 + [True] * 5)
    assert metrics.roc_auc(np.arange(10), mated) == 1
    assert metrics.roc_auc(-np.arange(10), mated) == 0
    assert metrics.roc_auc(np.zeros(10), mated) == 0.5


def test_best_threshold_by_hand():
    # Between 4 and 6: one mated pair (3) is missed; between 2 and 3: one non-mated pair (4) is let in.
    # Both cuts give three right answers of four; the higher is taken.
    assert metrics.best_threshold([6, 4, 3, 2], [True, False, True, False]) == 5
    assert metrics.best_threshold([6, 4, 3, 2], [True, True, False, False]) == 3.5


def test_best_threshold_does_not_cut_between_equal_scores():
    assert metrics.best_threshold([5, 5, 5, 1], [True, True, False, False]) == 3


def test_best_threshold_at_its_ends():
    assert metrics.best_threshold([3, 2, 1], [False, False, True]) == np.inf  # nobody
    assert metrics.best_threshold([3, 2, 1], [False, True, True]) == 1  # everybody
    assert metrics.best_threshold([2, 2], [True, False]) == np.inf


def test_ten_fold_accuracy_by_hand():
    """Two folds, separated at 5 and at 50: each is scored with the other's threshold."""
    scores = [0, 10, 4, 6, 40, 60, 45, 55]
    mated = [False, True, False, True, False, True, False, True]
    fold = [0, 0, 0, 0, 1, 1, 1, 1]
    # Threshold 50 on fold 0: both mated pairs are missed.  Threshold 5 on fold 1: both non-mated pairs are accepted.
    assert metrics.ten_fold_accuracy(scores, mated, fold) == (0.5, 0)


def test_ten_fold_accuracy_states_the_standard_error_of_the_folds():
    scores = np.tile([0.0, 1.0], 20)
    mated = np.tile([False, True], 20)
    fold = np.repeat(np.arange(10), 4)
    mated[0] = True  # one of forty pairs can never be right: fold 0 has 3 of 4
    mean, error = metrics.ten_fold_accuracy(scores, mated, fold)
    accuracies = [0.75] + [1] * 9
    assert (mean, error) == (pytest.approx(np.mean(accuracies)), pytest.approx(stats.sem(accuracies)))


def test_ten_fold_accuracy_of_noise_is_chance_not_better():
    random = np.random.default_rng(0)
    mean, error = metrics.ten_fold_accuracy(random.random(6000), np.tile([True, False], 3000), np.arange(6000) // 600)
    assert mean == pytest.approx(0.5, abs=3 * error)


@pytest.mark.parametrize(
    ("scores", "mated", "fold", "message"),
    [
        ([1, 2], [True, False], [0, 0], "At least two folds"),
        ([1, 2], [True, False], [0], "one value per comparison"),
        ([1, 2, 3], [True, False], [0, 1], "one length"),
        ([1, np.nan], [True, False], [0, 1], "finite number"),
        ([1, 2], [True, True], [0, 1], "Both mated and non-mated"),
        ([1, 2, 3], [True, True, False], [0, 0, 1], "Both mated and non-mated"),
    ],
)
def test_ten_fold_accuracy_refuses_what_it_cannot_score(scores, mated, fold, message):
    with pytest.raises(ValueError, match=message):
        metrics.ten_fold_accuracy(scores, mated, fold)


def test_all_pairs_lists_each_pair_once():
    first, second, mated = metrics.all_pairs([7, 7, 9])
    assert list(zip(first, second, mated, strict=True)) == [(0, 1, True), (0, 2, False), (1, 2, False)]
    assert len(metrics.all_pairs(np.zeros(400))[0]) == 400 * 399 / 2
    with pytest.raises(ValueError, match="one dimension"):
        metrics.all_pairs(np.zeros((2, 2)))


def test_cosine_similarity_by_hand():
    embeddings = [[3, 4], [4, 3], [-30, -40], [0, 0]]
    np.testing.assert_allclose(
        metrics.cosine_similarity(embeddings, [0, 0, 0], [1, 2, 3]), [24 / 25, -1, 0], rtol=1e-6, atol=1e-7
    )
    with pytest.raises(ValueError, match="shape"):
        metrics.cosine_similarity([1, 2], [0], [1])


def made_up_comparisons(random, people=20, pictures=4):
    """All pairs of made-up embeddings: some people are easy to recognise, others hard."""
    persons = np.repeat(np.arange(people), pictures)
    spread = random.uniform(0.1, 1.2, people)[persons, np.newaxis]
    embeddings = random.normal(size=(people, 3))[persons] + spread * random.normal(size=(len(persons), 3))
    first, second, mated = metrics.all_pairs(persons)
    return metrics.cosine_similarity(embeddings, first, second), mated, persons[first], persons[second]


def test_an_interval_by_identity_holds_the_score_and_repeats():
    scores, mated, first, second = made_up_comparisons(np.random.default_rng(0))
    for score in (metrics.roc_auc, metrics.equal_error_rate):
        low, high = metrics.identity_interval(score, scores, first, second, repeats=50)
        assert low < score(scores, mated) < high
        assert (low, high) == metrics.identity_interval(score, scores, first, second, repeats=50)


def test_an_interval_by_identity_covers_the_truth_about_as_often_as_it_says():
    random = np.random.default_rng(1)
    truth = np.mean([metrics.roc_auc(*made_up_comparisons(random)[:2]) for _ in range(100)])
    covered = []
    for _ in range(40):
        scores, _, first, second = made_up_comparisons(random)
        low, high = metrics.identity_interval(metrics.roc_auc, scores, first, second, repeats=60)
        covered.append(low <= truth <= high)
    assert np.mean(covered) >= 0.85


def test_a_comparison_counts_as_often_as_both_its_people_were_drawn():
    """Person i is drawn w times: the mated comparison counts w times, a non-mated one the product of both."""
    people = np.arange(6)
    first, second, _ = metrics.all_pairs(people)
    first, second = np.r_[people, first], np.r_[people, second]
    draws = []

    def remember(numbers, mated, weights):  # a comparison's number in place of its score
        draws.append(dict(zip(numbers.astype(int), weights, strict=True)))
        return 0.0

    metrics.identity_interval(remember, np.arange(len(first)), first, second, repeats=20)
    for drawn in draws:
        times = np.array([drawn.get(person, 0) for person in people])
        assert times.sum() == len(people)
        assert [drawn.get(number, 0) for number in range(len(first))] == [
            times[one] if one == other else times[one] * times[other] for one, other in zip(first, second, strict=True)
        ]
    assert len({tuple(sorted(drawn.items())) for drawn in draws}) > 15


def test_a_dyadic_interval_of_what_does_not_vary_has_no_width():
    first, second, _ = metrics.all_pairs([0, 0, 1, 1, 2, 2])
    assert metrics.dyadic_interval(lambda *_: 0.5, np.zeros(len(first)), first // 2, second // 2) == (0.5, 0.5)


@pytest.mark.parametrize("interval", [metrics.identity_interval, metrics.dyadic_interval])
@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ([0, 0], [0, 0], "at least two people"),
        ([0], [1], "One score per comparison"),
        ([0, 1], [1, 0], "Both mated and non-mated"),
        ([0, 1], [0, 1], "Both mated and non-mated"),
    ],
)
def test_an_interval_by_identity_refuses_what_has_none(interval, first, second, message):
    with pytest.raises(ValueError, match=message):
        interval(metrics.roc_auc, [0.5, 0.6], first, second)


def test_discoveries_by_hand():
    """Four p-values against 0.05 times their place over four: the third largest holds, so all below it do."""
    p_values = {"a": 0.01, "b": 0.030, "c": 0.037, "d": 0.6}
    distances = {name: stats.t.isf(value / 2, 4) for name, value in p_values.items()}
    noise = np.array([-2.0, -1, 0, 1, 2])
    runs = {name: noise + distance * noise.std(ddof=1) / 5**0.5 for name, distance in distances.items()}
    assert metrics.discoveries(runs) == {"a": True, "b": True, "c": True, "d": False}
    alone = {name: runs[name] for name in "bd"}
    assert metrics.discoveries(alone) == {"b": False, "d": False}  # 0.030 is not below 0.05 / 2


def test_discoveries_are_wrong_as_seldom_as_they_promise():
    """Two of twenty remedies do something: of those that are named, at most 5 of 100 do nothing (31 uncorrected)."""
    random = np.random.default_rng(0)
    false = []
    for _ in range(200):
        runs = random.normal(size=(20, 8)) + np.repeat([0, 2.0], [18, 2])[:, np.newaxis]
        found = metrics.discoveries(dict(enumerate(runs)))
        false.append(sum(found[name] for name in range(18)) / max(1, sum(found.values())))
    assert 0.02 < np.mean(false) < 0.07


def test_discoveries_of_runs_that_do_not_vary():
    assert metrics.discoveries({"same": [0.0, 0.0], "other": [0.1, 0.1]}) == {"same": False, "other": True}
    assert metrics.discoveries({}) == {}


@pytest.mark.parametrize(
    ("differences", "share", "message"),
    [({"a": [0.1]}, 0.05, r"at least two seeds; \['a'\] have fewer"), ({"a": [0.1, 0.2]}, 0, "between 0 and 1, not 0")],
)
def test_discoveries_refuse_what_they_cannot_judge(differences, share, message):
    with pytest.raises(ValueError, match=message):
        metrics.discoveries(differences, share)
