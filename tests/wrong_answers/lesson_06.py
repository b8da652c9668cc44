"""What learners answer in the exercises of lesson 06, rightly and wrongly; written before the checker.

``RIGHT``: for each exercise, right answers written in different ways.  ``WRONG``: wrong answers, each with the name of
the hint that it must get.  An exercise that takes several answers has them in a tuple of the class `Answers`.
"""

import functools
import statistics

import numpy as np

from course_utils import metrics


class Answers(tuple):
    """Several answers to one exercise, as ``check("6.2", *answers)`` gets them."""


# --- 6.1: five pairs of curves ---

DIAGNOSES = {"A": "rate", "B": "overfitting", "C": "leak", "D": "underfitting", "E": "small"}

# --- 6.2: three columns ---

GAPS = {"A": 0.29, "B": 0.06, "C": 0.0, "D": 0.22}

# --- 6.4: which layer went? ---

COUNTS = {"whole": 79_242, "without_second": 231_274, "average": 7_562}

# --- 6.5: dropout ---


def dropout_by_mask(values, draws, rate, training):
    if not training:
        return values
    return values * (draws >= rate) / (1 - rate)


def dropout_by_loop(values, draws, rate, training):
    if not training or rate == 0:
        return np.copy(values).tolist()
    out = np.zeros(np.shape(values))
    for place in np.ndindex(*np.shape(values)):
        if draws[place] >= rate:
            out[place] = values[place] / (1 - rate)
    return out


def dropout_by_copy(values, draws, rate, training):
    values = values.copy()
    if training:
        values[draws < rate] = 0
        values *= 1 / (1 - rate)
    return values


def dropout_not_enlarged(values, draws, rate, training):
    return values * (draws >= rate) if training else values


def dropout_made_smaller(values, draws, rate, training):
    return values * (draws >= rate) * (1 - rate) if training else values


def dropout_divided_by_rate(values, draws, rate, training):
    return values * (draws >= rate) / rate if training else values


def dropout_of_kept_share(values, draws, rate, training):
    return values * (draws < rate) / rate if training else values


def dropout_exchanged(values, draws, rate, training):
    return values * (draws < rate) / (1 - rate) if training else values


def dropout_of_the_first_paper(values, draws, rate, training):
    return values * (draws >= rate) if training else values * (1 - rate)


def dropout_always(values, draws, rate, training):
    return values * (draws >= rate) / (1 - rate)


def dropout_enlarged_in_use(values, draws, rate, training):
    mask = draws >= rate if training else np.ones_like(draws)
    return values * mask / (1 - rate)


def dropout_at_the_other_time(values, draws, rate, training):
    return dropout_by_mask(values, draws, rate, not training)


def dropout_by_the_share_drawn(values, draws, rate, training):
    if not training:
        return values
    mask = draws >= rate
    return values * mask / max(mask.mean(), 1e-9)


def dropout_taken_out(values, draws, rate, training):
    return values[draws >= rate] / (1 - rate) if training else values


def dropout_up_to_the_rate(values, draws, rate, training):
    return values * (draws > rate) / (1 - rate) if training else values


def dropout_in_place(values, draws, rate, training):
    if training:
        values[draws < rate] = 0
        values /= 1 - rate
    return values


# --- 6.6: early stopping ---


def stop_by_best(losses, weights, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, weights[best]
    return len(losses), weights[best]


def stop_by_counting(losses, weights, patience):
    lowest, kept, waited, trained = float("inf"), None, 0, 0
    for loss, one in zip(losses, weights, strict=True):
        trained += 1
        if loss < lowest:
            lowest, kept, waited = loss, one, 0
        else:
            waited += 1
        if waited == patience:
            break
    return [trained, kept]


def stop_as_given(losses, weights, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best > patience:
            return epoch + 1, weights[epoch]
    return len(losses), weights[-1]


def stop_too_late(losses, weights, patience):
    return stop_by_best(losses, weights, patience + 1)


def stop_with_last_weights(losses, weights, patience):
    stopped, _ = stop_by_best(losses, weights, patience)
    return stopped, weights[stopped - 1]


def stop_with_last_weights_at_the_end(losses, weights, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, weights[best]
    return len(losses), weights[-1]


def stop_with_last_weights_where_it_stops(losses, weights, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, weights[epoch]
    return len(losses), weights[best]


def stop_too_late_with_last_weights_at_the_end(losses, weights, patience):
    return stop_with_last_weights_at_the_end(losses, weights, patience + 1)


def stop_too_soon(losses, weights, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch and epoch - best >= patience - 1:
            return epoch + 1, weights[best]
    return len(losses), weights[best]


def stop_after_the_best(losses, weights, patience):
    stopped, _ = stop_by_best(losses, weights, patience)
    best = int(np.argmin(losses[:stopped])) + 1
    return stopped, weights[min(best, len(weights) - 1)]


def stop_on_a_rise(losses, weights, patience):
    waited, last_good = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[epoch - 1]:
            waited, last_good = 0, epoch
        else:
            waited += 1
        if waited == patience:
            return epoch + 1, weights[last_good]
    return len(losses), weights[last_good]


def stop_with_equals(losses, weights, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss <= losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, weights[best]
    return len(losses), weights[best]


def stop_counting_altogether(losses, weights, patience):
    best = waited = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch:
            waited += 1
            if waited == patience:
                return epoch + 1, weights[best]
    return len(losses), weights[best]


def stop_with_the_best_of_all(losses, weights, patience):
    return stop_by_best(losses, weights, patience)[0], weights[losses.index(min(losses))]


def stop_patient_after_the_best(losses, weights, patience):
    best = losses.index(min(losses))
    return min(best + patience + 1, len(losses)), weights[best]


def stop_with_the_first_counted(losses, weights, patience):
    lowest, kept, waited = losses[0], weights[0], 0
    for epoch, loss in enumerate(losses):
        if loss < lowest:
            lowest, kept, waited = loss, weights[epoch], 0
        else:
            waited += 1
        if waited >= patience:
            return epoch + 1, kept
    return len(losses), kept


def stop_never(losses, weights, patience):
    return len(losses), weights[losses.index(min(losses))]


def stop_counted_from_zero(losses, weights, patience):
    stopped, kept = stop_by_best(losses, weights, patience)
    return stopped - 1, kept


def stop_with_a_number(losses, weights, patience):
    stopped, _ = stop_by_best(losses, weights, patience)
    return stopped, losses.index(min(losses[:stopped])) + 1


def stop_with_a_loss(losses, weights, patience):
    stopped, _ = stop_by_best(losses, weights, patience)
    return stopped, min(losses[:stopped])


# --- 6.8: one step with no picture that pulls ---

STEPS = {
    "SGD with L2": [1.98, 0.198, 0.0198],
    "SGD with L1": [1.97, 0.17, -0.01],
    "Adam with L2": [1.9, 0.1, -0.08],
    "AdamW": [1.96, 0.196, 0.0196],
}

# --- 6.9: two leaks ---


def prepared_by_parts(pictures, labels, train, test, keep):
    mean, spread = pictures[train].mean(axis=0), pictures[train].std(axis=0)
    one, other = (pictures[train] - mean) / spread, (pictures[test] - mean) / spread
    gaps = np.abs(one[labels[train] == 1].mean(axis=0) - one[labels[train] == 0].mean(axis=0))
    best = np.argsort(-gaps)[:keep]
    return one[:, best], other[:, best]


def prepared_by_lists(pictures, labels, train, test, keep):
    columns = []
    for pixel in pictures.T:
        mean, spread = statistics.fmean(pixel[train]), statistics.pstdev(pixel[train])
        columns.append((pixel - mean) / spread)
    sides = [[place for place in train if labels[place] == label] for label in (0, 1)]
    gaps = [abs(column[sides[0]].mean() - column[sides[1]].mean()) for column in columns]
    best = sorted(range(len(columns)), key=lambda pixel: -gaps[pixel])[:keep]
    return [np.stack([columns[pixel][part] for pixel in best], axis=1) for part in (train, test)]


def prepared_in(pictures, labels, train, test, keep, scaler_of, choice_of, test_scaler_of=None):
    """Scale and choose on rows that are given by a function of the two parts."""
    fitted, chosen = pictures[scaler_of(train, test)], choice_of(train, test)
    scaled = (pictures - fitted.mean(axis=0)) / fitted.std(axis=0)
    values, names = scaled[chosen], labels[chosen]
    best = np.argsort(-np.abs(values[names == 1].mean(axis=0) - values[names == 0].mean(axis=0)))[:keep]
    again = pictures[(test_scaler_of or scaler_of)(train, test)]
    return scaled[train][:, best], ((pictures[test] - again.mean(axis=0)) / again.std(axis=0))[:, best]


def all_rows(train, test):
    return np.concatenate([train, test])


def train_rows(train, test):
    return train


def rows_of_test(train, test):
    return test


def leaking(**where):
    return functools.partial(prepared_in, **({"scaler_of": train_rows, "choice_of": train_rows} | where))


def prepared_with_two_choices(pictures, labels, train, test, keep):
    one, _ = prepared_by_parts(pictures, labels, train, test, keep)
    _, other = leaking(choice_of=rows_of_test)(pictures, labels, train, test, keep)
    return one, other


def prepared_with_a_raw_test(pictures, labels, train, test, keep):
    raw = (pictures - pictures[train].mean(axis=0)) / pictures[train].std(axis=0)
    gaps = np.abs(raw[train][labels[train] == 1].mean(axis=0) - raw[train][labels[train] == 0].mean(axis=0))
    best = np.argsort(-gaps)[:keep]
    return raw[train][:, best], pictures[test][:, best]


def prepared_by_raw_gaps(pictures, labels, train, test, keep):
    raw, names = pictures[train], labels[train]
    best = np.argsort(-np.abs(raw[names == 1].mean(axis=0) - raw[names == 0].mean(axis=0)))[:keep]
    scaled = (pictures - raw.mean(axis=0)) / raw.std(axis=0)
    return scaled[train][:, best], scaled[test][:, best]


def prepared_with_the_worst(pictures, labels, train, test, keep):
    scaled = (pictures - pictures[train].mean(axis=0)) / pictures[train].std(axis=0)
    one, names = scaled[train], labels[train]
    best = np.argsort(np.abs(one[names == 1].mean(axis=0) - one[names == 0].mean(axis=0)))[:keep]
    return one[:, best], scaled[test][:, best]


def prepared_by_one_mean(pictures, labels, train, test, keep):
    scaled = (pictures - pictures[train].mean()) / pictures[train].std()
    one, names = scaled[train], labels[train]
    best = np.argsort(-np.abs(one[names == 1].mean(axis=0) - one[names == 0].mean(axis=0)))[:keep]
    return one[:, best], scaled[test][:, best]


def prepared_by_brighter_pixels(pictures, labels, train, test, keep):
    scaled = (pictures - pictures[train].mean(axis=0)) / pictures[train].std(axis=0)
    one, names = scaled[train], labels[train]
    best = np.argsort(one[names == 0].mean(axis=0) - one[names == 1].mean(axis=0))[:keep]
    return one[:, best], scaled[test][:, best]


def prepared_by_another_spread(pictures, labels, train, test, keep):
    scaled = (pictures - pictures[train].mean(axis=0)) / pictures[train].std(axis=0, ddof=1)
    one, names = scaled[train], labels[train]
    best = np.argsort(-np.abs(one[names == 1].mean(axis=0) - one[names == 0].mean(axis=0)))[:keep]
    return one[:, best], scaled[test][:, best]


def prepared_exchanged(*arguments):
    return prepared_by_parts(*arguments)[::-1]


def prepared_alone(*arguments):
    return prepared_by_parts(*arguments)[0]


def prepared_by_variance(pictures, labels, train, test, keep):
    one, other = prepared_by_parts(pictures, labels, train, test, keep)
    return one / 2, other / 2


# --- 6.10: one look at the test ---


def share_right(part, threshold):
    scores, mated = part
    return np.mean((scores >= threshold) == mated)


def report_in_two_steps(networks):
    thresholds = {name: metrics.best_threshold(*validation) for name, (validation, _) in networks.items()}
    name = max(networks, key=lambda one: share_right(networks[one][0], thresholds[one]))
    return name, thresholds[name], share_right(networks[name][1], thresholds[name])


def report_by_loop(networks):
    best, chosen, limit = -1, None, None
    for name in networks:
        (scores, mated), _ = networks[name]
        threshold = metrics.best_threshold(scores, mated)
        right = sum((score >= threshold) == same for score, same in zip(scores, mated, strict=True))
        if right > best:
            best, chosen, limit = right, name, threshold
    scores, mated = networks[chosen][1]
    return [chosen, limit, float(((scores >= limit) == mated).mean())]


def report_as_given(networks):
    best = None
    for name, (_validation, test) in networks.items():
        threshold = metrics.best_threshold(*test)
        right = share_right(test, threshold)
        if best is None or right > best[2]:
            best = name, threshold, right
    return best


def report_chosen_by_test(networks):
    thresholds = {name: metrics.best_threshold(*validation) for name, (validation, _) in networks.items()}
    name = max(networks, key=lambda one: share_right(networks[one][1], thresholds[one]))
    return name, thresholds[name], share_right(networks[name][1], thresholds[name])


def report_with_a_threshold_of_the_test(networks):
    name, _, _ = report_in_two_steps(networks)
    threshold = metrics.best_threshold(*networks[name][1])
    return name, threshold, share_right(networks[name][1], threshold)


def report_with_thresholds_of_the_test(networks):
    thresholds = {name: metrics.best_threshold(*test) for name, (_, test) in networks.items()}
    name = max(networks, key=lambda one: share_right(networks[one][0], thresholds[one]))
    return name, thresholds[name], share_right(networks[name][1], thresholds[name])


def report_of_validation(networks):
    name, threshold, _ = report_in_two_steps(networks)
    return name, threshold, share_right(networks[name][0], threshold)


def joined(networks, name):
    validation, test = networks[name]
    return tuple(np.concatenate(both) for both in zip(validation, test, strict=True))


def report_with_all_pairs(networks):
    thresholds = {name: metrics.best_threshold(*joined(networks, name)) for name in networks}
    name = max(networks, key=lambda one: share_right(networks[one][0], thresholds[one]))
    return name, thresholds[name], share_right(networks[name][1], thresholds[name])


def report_scored_on_all(networks):
    name, threshold, _ = report_in_two_steps(networks)
    return name, threshold, share_right(joined(networks, name), threshold)


def report_of_the_worst(networks):
    thresholds = {name: metrics.best_threshold(*validation) for name, (validation, _) in networks.items()}
    name = min(networks, key=lambda one: share_right(networks[one][0], thresholds[one]))
    return name, thresholds[name], share_right(networks[name][1], thresholds[name])


def report_of_the_last(networks):
    best = None
    for name, (validation, test) in networks.items():
        threshold = metrics.best_threshold(*validation)
        right = share_right(validation, threshold)
        if best is None or right >= best[0]:
            best = right, name, threshold, share_right(test, threshold)
    return best[1:]


def report_of_the_first(networks):
    name = next(iter(networks))
    threshold = metrics.best_threshold(*networks[name][0])
    return name, threshold, share_right(networks[name][1], threshold)


def report_at_one_half(networks):
    name = max(networks, key=lambda one: share_right(networks[one][0], 0.5))
    return name, 0.5, share_right(networks[name][1], 0.5)


def report_of_errors(networks):
    name, threshold, right = report_in_two_steps(networks)
    return name, threshold, 1 - right


# --- 6.11: seed by seed ---


def word_of(low, high):
    if low > 0:
        return "helps"
    return "harms" if high < 0 else "undecided"


def verdicts_by_metrics(start, remedies):
    table = {}
    for name, scores in remedies.items():
        seeds = sorted(set(start) & set(scores))
        mean, low, high = metrics.mean_interval([scores[seed] - start[seed] for seed in seeds])
        table[name] = (mean, low, high, word_of(low, high))
    return table


def verdicts_by_hand(start, remedies):
    from scipy.special import stdtrit

    table = {}
    for name, scores in remedies.items():
        differences = [score - start[seed] for seed, score in scores.items() if seed in start]
        error = statistics.stdev(differences) / len(differences) ** 0.5
        half = stdtrit(len(differences) - 1, 0.975) * error
        mean = statistics.fmean(differences)
        table[name] = [mean, mean - half, mean + half, word_of(mean - half, mean + half).upper()]
    return table


def verdicts_in_order(start, remedies):
    table = {}
    for name, scores in remedies.items():
        pairs = zip(scores.values(), start.values(), strict=False)
        mean, low, high = metrics.mean_interval([after - before for after, before in pairs])
        table[name] = (mean, low, high, word_of(low, high))
    return table


def judged(mean, half):
    return mean, mean - half, mean + half, word_of(mean - half, mean + half)


def common(start, scores):
    seeds = [seed for seed in start if seed in scores]
    return np.array([start[seed] for seed in seeds]), np.array([scores[seed] for seed in seeds])


def verdicts_not_paired(start, remedies):
    from scipy.special import stdtrit

    table = {}
    for name, scores in remedies.items():
        before, after = common(start, scores)
        error = (before.var(ddof=1) / len(before) + after.var(ddof=1) / len(after)) ** 0.5
        table[name] = judged(after.mean() - before.mean(), stdtrit(len(before) - 1, 0.975) * error)
    return table


def verdicts_by_overlap(start, remedies):
    table = verdicts_by_metrics(start, remedies)
    for name, scores in remedies.items():
        before, after = (metrics.mean_interval(part) for part in common(start, scores))
        word = "helps" if after[1] > before[2] else "harms" if after[2] < before[1] else "undecided"
        table[name] = (*table[name][:3], word)
    return table


def verdicts_by_mean(start, remedies):
    table = verdicts_by_metrics(start, remedies)
    return {name: (*row[:3], "helps" if row[0] > 0 else "harms") for name, row in table.items()}


def verdicts_without_harm(start, remedies):
    table = verdicts_by_metrics(start, remedies)
    return {name: (*row[:3], "helps" if row[1] > 0 else "undecided") for name, row in table.items()}


def verdicts_with_nothing_undecided(start, remedies):
    table = verdicts_by_metrics(start, remedies)
    return {name: (*row[:3], "helps" if row[1] > 0 else "harms") for name, row in table.items()}


def verdicts_by_all_seeds(start, remedies):
    table = verdicts_by_metrics(start, remedies)
    for name, scores in remedies.items():
        before, after = common(start, scores)
        word = "helps" if (after > before).all() else "harms" if (after < before).all() else "undecided"
        table[name] = (*table[name][:3], word)
    return table


def verdicts_turned(start, remedies):
    table = {}
    for name, row in verdicts_by_metrics(start, remedies).items():
        mean, low, high, _ = row
        table[name] = (-mean, -high, -low, word_of(-high, -low))
    return table


def verdicts_normal(start, remedies):
    table = {}
    for name, scores in remedies.items():
        before, after = common(start, scores)
        gains = after - before
        table[name] = judged(gains.mean(), 1.96 * gains.std(ddof=1) / len(gains) ** 0.5)
    return table


def verdicts_of_ninety(start, remedies):
    table = {}
    for name, scores in remedies.items():
        before, after = common(start, scores)
        mean, low, high = metrics.mean_interval(after - before, confidence=0.9)
        table[name] = (mean, low, high, word_of(low, high))
    return table


def verdicts_of_one_run(start, remedies):
    from scipy.special import stdtrit

    table = {}
    for name, scores in remedies.items():
        before, after = common(start, scores)
        table[name] = judged((after - before).mean(), stdtrit(len(before) - 1, 0.975) * (after - before).std(ddof=1))
    return table


def verdicts_divided_by_n(start, remedies):
    from scipy.special import stdtrit

    table = {}
    for name, scores in remedies.items():
        before, after = common(start, scores)
        error = (after - before).std() / len(before) ** 0.5
        table[name] = judged((after - before).mean(), stdtrit(len(before) - 1, 0.975) * error)
    return table


def verdicts_with_zeros(start, remedies):
    table = {}
    for name, scores in remedies.items():
        seeds = sorted(set(start) | set(scores))
        mean, low, high = metrics.mean_interval([scores.get(seed, 0) - start.get(seed, 0) for seed in seeds])
        table[name] = (mean, low, high, word_of(low, high))
    return table


def verdicts_in_words(start, remedies):
    return {name: row[3] for name, row in verdicts_by_metrics(start, remedies).items()}


def verdicts_in_numbers(start, remedies):
    return {name: row[:3] for name, row in verdicts_by_metrics(start, remedies).items()}


def verdicts_of_the_remedy(start, remedies):
    table = {}
    for name, scores in remedies.items():
        mean, low, high = metrics.mean_interval(common(start, scores)[1])
        table[name] = (mean, low, high, word_of(low, high))
    return table


def verdicts_in_percent(start, remedies):
    return {
        name: (*[100 * one for one in row[:3]], row[3]) for name, row in verdicts_by_metrics(start, remedies).items()
    }


# --- 6.13: new pictures, new people ---


def people_by_permutation(labels, new_people, test_pictures, seed):
    random = np.random.default_rng(seed)
    names = random.permutation(np.unique(labels))
    train, known, new = [], [], []
    for name in names[new_people:]:
        places = random.permutation(np.flatnonzero(labels == name))
        known.extend(places[:test_pictures])
        train.extend(places[test_pictures:])
    for name in names[:new_people]:
        new.extend(np.flatnonzero(labels == name))
    return train, known, new


def people_by_choice(labels, new_people, test_pictures, seed):
    random = np.random.default_rng(seed)
    strangers = random.choice(np.unique(labels), new_people, replace=False)
    new = np.isin(labels, strangers)
    known = np.zeros(len(labels), bool)
    for name in np.unique(labels[~new]):
        known[random.choice(np.flatnonzero(labels == name), test_pictures, replace=False)] = True
    return [np.flatnonzero(part) for part in (~new & ~known, known, new)]


def people_by_old_random(labels, new_people, test_pictures, seed):
    np.random.seed(seed)  # noqa: NPY002 - learners do
    return people_by_permutation(labels, new_people, test_pictures, np.random.randint(1000))  # noqa: NPY002


def people_by_pictures(labels, new_people, test_pictures, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    return order[60:], order[:40], order[40:60]


def people_with_training_on_all_known(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train + known, known, new


def people_with_training_on_everybody(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train + new, known, new


def people_exchanged(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train, new, known


def people_few_pictures_of_new(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    few = [place for name in np.unique(labels[new]) for place in [one for one in new if labels[one] == name][:2]]
    return train, known, few


def people_other_number(labels, new_people, test_pictures, seed):
    return people_by_permutation(labels, new_people + 1, test_pictures, seed)


def people_counted_backwards(labels, new_people, test_pictures, seed):
    return people_by_permutation(labels, len(np.unique(labels)) - new_people, test_pictures, seed)


def people_more_pictures(labels, new_people, test_pictures, seed):
    return people_by_permutation(labels, new_people, test_pictures + 1, seed)


def people_share_of_pictures(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    both = np.random.default_rng(seed).permutation(train + known)
    return both[len(known) :], both[: len(known)], new


def people_with_some_left_out(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train[::2], known, new


def people_with_repeats(labels, new_people, test_pictures, seed):
    train, known, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train, known + known[:1], new


def people_without_seed(labels, new_people, test_pictures, seed):
    return people_by_permutation(labels, new_people, test_pictures, None)


def people_with_one_seed(labels, new_people, test_pictures, seed):
    return people_by_permutation(labels, new_people, test_pictures, 0)


def people_the_first_pictures(labels, new_people, test_pictures, seed):
    names = np.random.default_rng(seed).permutation(np.unique(labels))
    new = np.isin(labels, names[:new_people])
    known = np.concatenate([np.flatnonzero(labels == name)[:test_pictures] for name in names[new_people:]])
    return np.setdiff1d(np.flatnonzero(~new), known), known, np.flatnonzero(new)


def people_numbered_from_zero(labels, new_people, test_pictures, seed):
    names = np.random.default_rng(seed).permutation(len(np.unique(labels)))
    new = np.isin(labels, names[:new_people])
    known = np.flatnonzero(~new)[:: test_pictures + 1]
    return np.setdiff1d(np.flatnonzero(~new), known), known, np.flatnonzero(new)


def people_named(labels, new_people, test_pictures, seed):
    return [labels[np.asarray(part)] for part in people_by_permutation(labels, new_people, test_pictures, seed)]


def people_from_one(labels, new_people, test_pictures, seed):
    return [np.asarray(part) + 1 for part in people_by_permutation(labels, new_people, test_pictures, seed)]


def people_by_masks(labels, new_people, test_pictures, seed):
    parts = people_by_permutation(labels, new_people, test_pictures, seed)
    return [np.isin(np.arange(len(labels)), part) for part in parts]


def people_in_two(labels, new_people, test_pictures, seed):
    train, _, new = people_by_permutation(labels, new_people, test_pictures, seed)
    return train, new


def people_forgotten(labels, new_people, test_pictures, seed):
    print(people_by_permutation(labels, new_people, test_pictures, seed))


RIGHT = {
    "6.1": [DIAGNOSES, {run: word.upper() for run, word in reversed(DIAGNOSES.items())}],
    "6.2": [
        Answers((GAPS, "D", 0.75)),
        Answers(({"D": 0.97 - 0.75, "C": np.float64(0), "B": 0.84 - 0.78, "A": 1 - 0.71}, " d ", np.array([0.75]))),
    ],
    "6.3": [{"a", "b", "e"}, "abe", "E, b, a", ["a", "b", "e"]],
    "6.4": [
        COUNTS,
        {name: np.int64(number) for name, number in reversed(COUNTS.items())},
        COUNTS | {"average": [7562]},
    ],
    "6.5": [dropout_by_mask, dropout_by_loop, dropout_by_copy, functools.partial(dropout_by_mask)],
    "6.6": [stop_by_best, stop_by_counting, lambda *parts: np.array(stop_by_best(*parts))],
    "6.7": [2.96, 2.958, [3.5 / np.sqrt(1.4)], np.float32(2.9580399)],
    "6.8": [
        STEPS,
        {name: np.array(values) for name, values in reversed(STEPS.items())},
        STEPS | {"Adam with L2": (1.9, 0.1, -0.0798)},
    ],
    "6.9": [prepared_by_parts, prepared_by_lists, leaking(), functools.partial(prepared_by_parts)],
    "6.10": [report_in_two_steps, report_by_loop],
    "6.11": [verdicts_by_metrics, verdicts_by_hand],
    "6.12": [1 - 0.95**20, 0.64, 0.6415, [0.642]],
    "6.13": [people_by_permutation, people_by_choice, people_by_old_random],
    "6.14": [{"a", "d", "e"}, "ade", "e, d, a", ("A", "D", "E")],
}

WRONG = {
    "6.1": [
        ("A", DIAGNOSES | {"A": "overfitting"}),
        ("A", DIAGNOSES | {"A": "leak"}),
        ("A jumps on validation", DIAGNOSES | {"A": "small"}),
        ("A never settles", DIAGNOSES | {"A": "underfitting"}),
        ("B", DIAGNOSES | {"B": "leak"}),
        ("B is smooth", DIAGNOSES | {"B": "small"}),
        ("B for longer", DIAGNOSES | {"B": "early"}),
        ("C", DIAGNOSES | {"C": "small"}),
        ("C has another sign", DIAGNOSES | {"C": "overfitting"}),
        ("C is nearly done", DIAGNOSES | {"C": "early"}),
        ("D", DIAGNOSES | {"D": "rate"}),
        ("D for longer", DIAGNOSES | {"D": "early"}),
        ("D has no gap", DIAGNOSES | {"D": "overfitting"}),
        ("E", DIAGNOSES | {"E": "leak"}),
        ("E jumps on one line", DIAGNOSES | {"E": "rate"}),
        ("E has no trend", DIAGNOSES | {"E": "overfitting"}),
        ("E for longer", DIAGNOSES | {"E": "early"}),
        ("words", DIAGNOSES | {"E": "noise"}),
        ("keys", {"A": "rate"}),
        ("not a dictionary", list(DIAGNOSES.values())),
    ],
    "6.2": [
        ("negative gap", Answers(({name: -gap for name, gap in GAPS.items()}, "D", 0.75))),
        ("gap to validation", Answers(({"A": 0.30, "B": 0.10, "C": -0.01, "D": 0.20}, "D", 0.75))),
        ("ratio", Answers(({"A": 1.41, "B": 1.08, "C": 1.0, "D": 1.29}, "D", 0.75))),
        ("share of training", Answers(({"A": 0.29, "B": 0.07, "C": 0.0, "D": 0.23}, "D", 0.75))),
        ("errors on the test", Answers(({"A": 0.29, "B": 0.22, "C": 0.45, "D": 0.25}, "D", 0.75))),
        ("validation and test", Answers(({"A": -0.01, "B": -0.04, "C": 0.01, "D": 0.02}, "D", 0.75))),
        ("percent", Answers(({"A": 29, "B": 6, "C": 0, "D": 22}, "D", 0.75))),
        ("other gap", Answers((GAPS | {"B": 0.6}, "D", 0.75))),
        ("four gaps", Answers(([0.29, 0.06, 0.0, 0.22], "D", 0.75))),
        ("four gaps", Answers((GAPS | {"A": "large"}, "D", 0.75))),
        ("chosen by training", Answers((GAPS, "A", 0.71))),
        ("chosen by the test", Answers((GAPS, "B", 0.78))),
        ("chosen by the gap", Answers((GAPS, "C", 0.55))),
        ("not a network", Answers((GAPS, 0.75, 0.75))),
        ("best test score", Answers((GAPS, "D", 0.78))),
        ("validation score", Answers((GAPS, "D", 0.77))),
        ("training score", Answers((GAPS, "D", 0.97))),
        ("mean of two", Answers((GAPS, "D", 0.76))),
        ("score in percent", Answers((GAPS, "D", 75))),
        ("other score", Answers((GAPS, "D", 0.22))),
        ("one score", Answers((GAPS, "D", [0.75, 0.77]))),
    ],
    "6.3": [
        ("chose c", "abce"),
        ("chose d", {"a", "d"}),
        ("chose f", "abef"),
        ("missing a", "be"),
        ("missing b", ["a", "e"]),
        ("missing e", "a, b"),
    ],
    "6.4": [
        ("no biases", COUNTS | {"whole": 79_242 - 16 - 32 - 64 - 10}),
        ("padded", COUNTS | {"whole": 160 + 4640 + 8 * 8 * 32 * 64 + 64 + 650}),
        ("one channel", COUNTS | {"whole": 79_242 - 4640 + 320}),
        ("rounded up", COUNTS | {"whole": 160 + 4640 + 7 * 7 * 32 * 64 + 64 + 650}),
        ("convolutions only", COUNTS | {"whole": 4_800}),
        ("without the last layer", COUNTS | {"whole": 78_592}),
        ("other whole", COUNTS | {"whole": 80_000}),
        ("pooling stays", COUNTS | {"without_second": 160 + 7 * 7 * 16 * 64 + 64 + 650}),
        ("not grown", COUNTS | {"without_second": 79_242 - 4640}),
        ("channels of the lost layer", COUNTS | {"without_second": 160 + 15 * 15 * 32 * 64 + 64 + 650}),
        ("padded", COUNTS | {"without_second": 160 + 16 * 16 * 16 * 64 + 64 + 650}),
        ("other without second", COUNTS | {"without_second": 1_000}),
        ("pixels of one map", COUNTS | {"average": 160 + 4640 + 36 * 64 + 64 + 650}),
        ("flat all the same", COUNTS | {"average": 79_242}),
        ("no biases", COUNTS | {"average": 7_562 - 122}),
        ("other average", COUNTS | {"average": 2_112}),
        ("numbers", COUNTS | {"average": "few"}),
        ("keys", {"whole": 79_242}),
        ("not a dictionary", list(COUNTS.values())),
    ],
    "6.5": [
        ("not enlarged", dropout_not_enlarged),
        ("made smaller", dropout_made_smaller),
        ("divided by the rate", dropout_divided_by_rate),
        ("kept share", dropout_of_kept_share),
        ("exchanged", dropout_exchanged),
        ("made up for in use", dropout_of_the_first_paper),
        ("in use too", dropout_always),
        ("enlarged in use", dropout_enlarged_in_use),
        ("training and use exchanged", dropout_at_the_other_time),
        ("share that was drawn", dropout_by_the_share_drawn),
        ("taken out", dropout_taken_out),
        ("at the rate", dropout_up_to_the_rate),
        ("changes its input", dropout_in_place),
        ("smallest case", lambda values, draws, rate, training: draws),
        ("arguments", lambda values, rate: values),
    ],
    "6.6": [
        ("one epoch too many", stop_too_late),
        ("last weights", stop_with_last_weights),
        ("last weights at the end", stop_with_last_weights_at_the_end),
        ("last weights where it stops", stop_with_last_weights_where_it_stops),
        ("one epoch too many, and last weights at the end", stop_too_late_with_last_weights_at_the_end),
        ("one epoch too few", stop_too_soon),
        ("after the best", stop_after_the_best),
        ("compared with the epoch before", stop_on_a_rise),
        ("equal is better", stop_with_equals),
        ("counted altogether", stop_counting_altogether),
        ("best of all", stop_with_the_best_of_all),
        ("patience after the best of all", stop_patient_after_the_best),
        ("first epoch counted", stop_with_the_first_counted),
        ("never stops", stop_never),
        ("epochs from zero", stop_counted_from_zero),
        ("number in place of weights", stop_with_a_number),
        ("smallest case", stop_with_a_loss),
    ],
    "6.7": [
        ("batch statistics", -0.447),
        ("momentum exchanged", -0.233),
        ("before the step", 4),
        ("not the root", 2.5),
        ("deviations averaged", 3.115),
        ("divided by three", 2.796),
        ("variance stays", 3.5),
        ("mean stays", 3.381),
        ("mean of the batch", -0.845),
        ("variance of the batch", 1.565),
        ("less its own mean", 0),
        ("smallest case", 1.0),
        ("shape", [2.0, 2.0]),
    ],
    "6.8": [
        ("without the two", STEPS | {"SGD with L2": [1.99, 0.199, 0.0199]}),
        ("without the rate in L2", STEPS | {"SGD with L2": [1.8, 0.18, 0.018]}),
        ("lowest point", STEPS | {"SGD with L2": [2 / 1.1, 0.2 / 1.1, 0.02 / 1.1]}),
        ("same amount in L2", STEPS | {"SGD with L2": [1.99, 0.19, 0.01]}),
        ("grows in L2", STEPS | {"SGD with L2": [2.02, 0.202, 0.0202]}),
        ("other SGD with L2", STEPS | {"SGD with L2": [2, 0.2, 0.02]}),
        ("stops at zero", STEPS | {"SGD with L1": [1.97, 0.17, 0]}),
        ("without the rate in L1", STEPS | {"SGD with L1": [1.7, -0.1, -0.28]}),
        ("same share in L1", STEPS | {"SGD with L1": [1.94, 0.194, 0.0194]}),
        ("two in L1", STEPS | {"SGD with L1": [1.94, 0.14, -0.04]}),
        ("other SGD with L1", STEPS | {"SGD with L1": [2, 0.2, 0.02]}),
        ("like SGD", STEPS | {"Adam with L2": STEPS["SGD with L2"]}),
        ("like AdamW", STEPS | {"Adam with L2": STEPS["AdamW"]}),
        ("Adam stops at zero", STEPS | {"Adam with L2": [1.9, 0.1, 0]}),
        ("share of the rate", STEPS | {"Adam with L2": [1.8, 0.18, 0.018]}),
        ("strength in Adam", STEPS | {"Adam with L2": [1.995, 0.195, 0.015]}),
        ("averages not corrected", STEPS | {"Adam with L2": [1.68377, -0.11623, -0.29623]}),
        ("other Adam with L2", STEPS | {"Adam with L2": [1, 1, 1]}),
        ("a step as well", STEPS | {"AdamW": [1.86, 0.096, -0.0804]}),
        ("without the rate in AdamW", STEPS | {"AdamW": [1.6, 0.16, 0.016]}),
        ("same amount in AdamW", STEPS | {"AdamW": [1.98, 0.18, 0]}),
        ("two in AdamW", STEPS | {"AdamW": [1.92, 0.192, 0.0192]}),
        ("nothing at all", STEPS | {"AdamW": [2, 0.2, 0.02]}),
        ("other AdamW", STEPS | {"AdamW": [1.5, 0.1, 0]}),
        ("three weights", STEPS | {"AdamW": 1.96}),
        ("three weights", STEPS | {"SGD with L2": "smaller"}),
        ("keys", {"AdamW": [1.96, 0.196, 0.0196]}),
        ("not a dictionary", list(STEPS.values())),
    ],
    "6.9": [
        ("pixels chosen on all", leaking(choice_of=all_rows)),
        ("scaler fitted on all", leaking(scaler_of=all_rows)),
        ("each by itself", leaking(test_scaler_of=rows_of_test)),
        ("each by itself, pixels chosen on all", leaking(test_scaler_of=rows_of_test, choice_of=all_rows)),
        ("fitted on the test", leaking(scaler_of=rows_of_test)),
        ("chosen on the test", leaking(choice_of=rows_of_test)),
        ("pixels of each part", prepared_with_two_choices),
        ("test not scaled", prepared_with_a_raw_test),
        ("chosen by raw values", prepared_by_raw_gaps),
        ("worst pixels", prepared_with_the_worst),
        ("brighter pixels only", prepared_by_brighter_pixels),
        ("another spread", prepared_by_another_spread),
        ("one mean for all pixels", prepared_by_one_mean),
        ("exchanged", prepared_exchanged),
        ("training pictures only", prepared_alone),
        ("smallest case", prepared_by_variance),
        ("not a function", 3),
    ],
    "6.10": [
        ("chosen by the test", report_chosen_by_test),
        ("threshold of the test", report_with_a_threshold_of_the_test),
        ("threshold of the test, chosen by validation", report_with_thresholds_of_the_test),
        ("validation reported", report_of_validation),
        ("all pairs for the threshold", report_with_all_pairs),
        ("all pairs for the score", report_scored_on_all),
        ("worst network", report_of_the_worst),
        ("last of equals", report_of_the_last),
        ("not chosen", report_of_the_first),
        ("one half", report_at_one_half),
        ("without the name", lambda networks: report_in_two_steps(networks)[1:]),
        ("without the threshold", lambda networks: report_in_two_steps(networks)[::2]),
        ("share of errors", report_of_errors),
        ("smallest case", lambda networks: (*report_in_two_steps(networks)[:2], 0.0)),
    ],
    "6.11": [
        ("in the order of the list", verdicts_in_order),
        ("not paired", verdicts_not_paired),
        ("by overlap", verdicts_by_overlap),
        ("by the mean", verdicts_by_mean),
        ("no harm", verdicts_without_harm),
        ("nothing undecided", verdicts_with_nothing_undecided),
        ("by every seed", verdicts_by_all_seeds),
        ("the other way round", verdicts_turned),
        ("normal instead of t", verdicts_normal),
        ("interval of 90 percent", verdicts_of_ninety),
        ("spread of one run", verdicts_of_one_run),
        ("divided by n", verdicts_divided_by_n),
        ("missing as zero", verdicts_with_zeros),
        ("words only", verdicts_in_words),
        ("without the word", verdicts_in_numbers),
        ("remedies alone", verdicts_of_the_remedy),
        ("smallest case", verdicts_in_percent),
    ],
    "6.12": [
        ("one interval", 0.05),
        ("expected number", 1),
        ("none", 0.358),
        ("exactly one", 0.377),
        ("helps only", 0.397),
        ("all of them", 0.05**20),
        ("seeds and remedies", 0.994),
        ("one that holds", 0.95),
        ("percent", 64),
        ("smallest case", 0.5),
    ],
    "6.13": [
        ("people on both sides", people_by_pictures),
        ("people on both sides", people_with_training_on_everybody),
        ("pictures on both sides", people_with_training_on_all_known),
        ("known and new exchanged", people_exchanged),
        ("pictures of new people left out", people_few_pictures_of_new),
        ("number of new people", people_other_number),
        ("number of new people", people_counted_backwards),
        ("number of test pictures", people_more_pictures),
        ("number of test pictures", people_share_of_pictures),
        ("left out", people_with_some_left_out),
        ("drawn with repeats", people_with_repeats),
        ("not repeatable", people_without_seed),
        ("people not drawn", people_with_one_seed),
        ("pictures not drawn", people_the_first_pictures),
        ("empty part", people_numbered_from_zero),
        ("people in place of pictures", people_named),
        ("other numbers", people_from_one),
        ("masks", people_by_masks),
        ("three parts", people_in_two),
        ("returns nothing", people_forgotten),
    ],
    "6.14": [
        ("chose b", "abde"),
        ("chose c", {"a", "c", "d"}),
        ("chose f", "adef"),
        ("missing a", "d, e"),
        ("missing d", "ae"),
        ("missing e", ["a", "d"]),
    ],
}
