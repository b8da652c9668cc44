"""9.13: the door, to design."""

import numpy as np

from course_utils import metrics
from course_utils.exercises.forms import Case, Function


def door_report(development, visitors, wanted):
    """Return a right answer to 9.13."""
    threshold = metrics.threshold_at_fpir(*development, wanted)
    return threshold, *errors_with_intervals(visitors, threshold)


def errors_with_intervals(visitors, threshold):
    """Return (FPIR, low, high) and (FNIR, low, high) of visitors who each try once."""
    scores, truth = visitors
    best, answer, stranger = scores.max(axis=1), scores.argmax(axis=1), truth == -1
    let_in = best[stranger] >= threshold
    missed = ((best < threshold) | (answer != truth))[~stranger]
    return tuple((errors.mean(), *metrics.wilson_interval(errors.sum(), len(errors))) for errors in (let_in, missed))


def chosen_on_visitors(development, visitors, wanted):
    """Choose the threshold on the people who are counted."""
    return door_report(visitors, visitors, wanted)


def counted_on_development(development, visitors, wanted):
    """Count the people on whom the threshold was chosen."""
    return door_report(development, development, wanted)


def threshold_of_comparisons(development, visitors, wanted):
    """Choose the threshold for a rate of comparisons, as for verification."""
    scores, truth = development
    mated = np.equal.outer(truth, np.arange(scores.shape[1]))
    threshold = metrics.threshold_at(scores.ravel(), mated.ravel(), wanted)
    return threshold, *errors_with_intervals(visitors, threshold)


def intervals_of_comparisons(development, visitors, wanted):
    """Take every comparison for a trial of its own."""
    threshold, *rates = door_report(development, visitors, wanted)
    counts = [np.sum(visitors[1] == -1), np.sum(visitors[1] != -1)]
    size = visitors[0].shape[1]
    intervals = [
        metrics.wilson_interval(round(rate[0] * count) * size, count * size)
        for rate, count in zip(rates, counts, strict=True)
    ]
    return threshold, *((rate[0], *interval) for rate, interval in zip(rates, intervals, strict=True))


def of_all_visitors(development, visitors, wanted):
    """Divide both numbers of errors by the number of all visitors."""
    threshold, *rates = door_report(development, visitors, wanted)
    counts, everybody = [np.sum(visitors[1] == -1), np.sum(visitors[1] != -1)], len(visitors[1])
    errors = [round(rate[0] * count) for rate, count in zip(rates, counts, strict=True)]
    return threshold, *((number / everybody, *metrics.wilson_interval(number, everybody)) for number in errors)


def found_instead_of_missed(development, visitors, wanted):
    """Report the people who are found."""
    threshold, let_in, (rate, low, high) = door_report(development, visitors, wanted)
    return threshold, let_in, (1 - rate, 1 - high, 1 - low)


def rates_only(development, visitors, wanted):
    """Leave the intervals out."""
    threshold, let_in, missed = door_report(development, visitors, wanted)
    return threshold, let_in[0], missed[0]


def rank_one_only(development, visitors, wanted):
    """Count enrolled people as found if they are the most similar ones, whatever the score."""
    scores, truth = visitors
    missed = (scores.argmax(axis=1) != truth)[truth != -1]
    threshold, let_in, _ = door_report(development, visitors, wanted)
    return threshold, let_in, (missed.mean(), *metrics.wilson_interval(missed.sum(), len(missed)))


def threshold_only_for_enrolled(development, visitors, wanted):
    """Count enrolled people as found if anybody is returned."""
    scores, truth = visitors
    threshold, let_in, _ = door_report(development, visitors, wanted)
    missed = (scores.max(axis=1) < threshold)[truth != -1]
    return threshold, let_in, (missed.mean(), *metrics.wilson_interval(missed.sum(), len(missed)))


def table(seed, people, strangers):
    """Return made-up scores of everybody enrolled and of strangers, and the truth."""
    random = np.random.default_rng(seed)
    truth = random.permutation(np.concatenate([np.arange(people), np.full(strangers, -1)]))
    scores = random.permutation(len(truth) * people).reshape(len(truth), people) / (2 * len(truth) * people)
    scores[truth != -1, truth[truth != -1]] += 0.32
    return scores, truth


def case(seed, people, strangers, wanted):
    """Return a case with as many visitors as development people."""
    shown = f"door_report(development, visitors, {wanted}) with {people} people in the gallery"
    return Case(table(seed, people, strangers), table(seed + 1, people, strangers + 4), wanted, shown=shown)


exercise = Function(
    door_report, cases=[case(1, 3, 6, 0.5), case(3, 5, 12, 0.25), case(5, 10, 30, 0.1), case(7, 8, 40, 0.2)]
)
