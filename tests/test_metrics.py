import numpy as np
import pytest
from scipy import stats

from course_utils import metrics


def test_wilson_interval_against_its_formula():
    successes, trials, z = 29, 30, stats.norm.ppf(0.975)
    share = successes / trials
    centre = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z / (1 + z**2 / trials) * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2))
    np.testing.assert_allclose(metrics.wilson_interval(successes, trials), (centre - half, centre + half))


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
    with pytest.raises(ValueError, match="both mated and non-mated"):
        metrics.equal_error_rate([0.1, 0.2], [True, True])
