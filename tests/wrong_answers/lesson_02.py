"""What learners answer in the exercises of lesson 02, rightly and wrongly; written before the checker.

``RIGHT``: for each exercise, right answers written in different ways.  ``WRONG``: wrong answers, each with the name of
the hint that it must get.  An exercise that takes several answers has them in a tuple of the class `Answers`.
"""

import collections
import itertools
import math

import numpy as np
from scipy import special
from scipy.spatial import distance

from course_utils.from_scratch import losses
from course_utils.from_scratch.layers import softmax


class Answers(tuple):
    """Several answers to one exercise, as ``check("5.4", *answers)`` gets them."""


# --- 2.1: a step of the logit ---

STEP = math.log(8)

# --- 2.4: what do the numbers say? ---

CAUSES = {"forty": "numbers", "glasses": "single", "four": "twice", "crowd": "shuffled", "ages": "each"}

# --- 2.7: a softmax that holds ---


def softmax_by_loops(logits):
    rows = []
    for row in logits.tolist():
        exponentials = [math.exp(logit - max(row)) for logit in row]
        rows.append([exponential / sum(exponentials) for exponential in exponentials])
    return rows


def softmax_by_logarithms(logits):
    return np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))


def softmax_by_differences(logits):
    """Each probability from the differences of the logits, as a sigmoid of many."""
    with np.errstate(over="ignore"):
        return 1 / np.exp(logits[:, np.newaxis, :] - logits[:, :, np.newaxis]).sum(axis=2)


def softmax_transposed(logits):
    exponentials = np.exp(logits.T - np.max(logits, axis=1))
    return (exponentials / np.sum(exponentials, axis=0)).T


def softmax_over_all(logits):
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum()


def softmax_of_rows_over_all(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum()


def softmax_that_overflows(logits):
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def softmax_of_columns(logits):
    exponentials = np.exp(logits - logits.max(axis=0))
    return exponentials / exponentials.sum(axis=0)


def softmax_of_columns_as_given(logits):
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum(axis=0)


def softmax_with_one_maximum(logits):
    exponentials = np.exp(logits - np.max(logits))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def softmax_with_the_minimum(logits):
    exponentials = np.exp(logits - logits.min(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def softmax_with_the_mean(logits):
    exponentials = np.exp(logits - logits.mean(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def softmax_with_the_largest_size(logits):
    exponentials = np.exp(logits - np.abs(logits).max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def softmax_clipped(logits):
    exponentials = np.exp(np.clip(logits, -500, 500))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def softmax_repaired(logits):
    return np.nan_to_num(softmax_that_overflows(logits))


def softmax_with_flat_sums(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1)


def softmax_with_flat_maxima(logits):
    exponentials = np.exp(logits - logits.max(axis=1))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def softmax_divided_by_the_maximum(logits):
    exponentials = np.exp(logits / logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def softmax_in_place(logits):
    logits -= logits.max(axis=1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=1, keepdims=True)
    return logits


def softmax_without_a_sum(logits):
    return np.exp(logits - logits.max(axis=1, keepdims=True))


def softmax_with_base_2(logits):
    powers = 2 ** (logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_printed(logits):
    print(special.softmax(logits, axis=1))


# --- 2.8: the cosines of all pairs ---


def cosines_by_loops(embeddings):
    return [
        [np.dot(one, other) / (math.hypot(*one) * math.hypot(*other)) for other in embeddings] for one in embeddings
    ]


def cosines_by_einsum(embeddings):
    units = embeddings / np.sqrt(np.einsum("id,id->i", embeddings, embeddings))[:, None]
    return np.einsum("id,jd->ij", units, units)


def cosines_by_gram(embeddings):
    gram = embeddings @ embeddings.T
    lengths = np.sqrt(np.diag(gram))
    return gram / np.outer(lengths, lengths)


def cosines_from_distances(embeddings):
    units = losses.normalise(embeddings)
    return 1 - distance.cdist(units, units) ** 2 / 2


def cosines_of_lengths_as_they_are(embeddings):
    return embeddings @ embeddings.T


def cosines_with_one_length(embeddings):
    units = embeddings / np.linalg.norm(embeddings)
    return units @ units.T


def cosines_normalised_by_column(embeddings):
    units = embeddings / np.linalg.norm(embeddings, axis=0)
    return units @ units.T


def cosines_with_flat_lengths(embeddings):
    units = embeddings / np.linalg.norm(embeddings, axis=1)
    return units @ units.T


def cosines_normalised_on_one_side(embeddings):
    return losses.normalise(embeddings) @ embeddings.T


def cosines_by_squared_length(embeddings):
    units = embeddings / (embeddings**2).sum(axis=1, keepdims=True)
    return units @ units.T


def cosines_by_sum(embeddings):
    units = embeddings / embeddings.sum(axis=1, keepdims=True)
    return units @ units.T


def cosines_of_coordinates(embeddings):
    units = losses.normalise(embeddings)
    return units.T @ units


def cosines_of_faces_with_themselves(embeddings):
    return losses.cosine_similarity(embeddings, embeddings)


def cosines_as_distances(embeddings):
    return distance.cdist(embeddings, embeddings, "cosine")


def cosines_as_keras_loss(embeddings):
    return -cosines_by_gram(embeddings)


def cosines_as_euclidean(embeddings):
    return distance.cdist(embeddings, embeddings)


def cosines_as_angles(embeddings):
    return np.arccos(np.clip(cosines_by_gram(embeddings), -1, 1))


# --- 2.9: class weights ---


def weights_by_counting(labels):
    counts = collections.Counter(labels.tolist())
    return {label: len(labels) / (len(counts) * count) for label, count in counts.items()}


def weights_by_shares(labels):
    return {label: 1 / (len(np.unique(labels)) * np.mean(labels == label)) for label in np.unique(labels)}


def weights_scaled_afterwards(labels):
    raw = {int(label): 1 / np.sum(labels == label) for label in labels}
    mean = np.mean([raw[int(label)] for label in labels])
    return {label: weight / mean for label, weight in raw.items()}


def counted(labels):
    return zip(*np.unique(labels, return_counts=True), strict=True)


def weights_of_one_over_count(labels):
    return {int(label): 1 / count for label, count in counted(labels)}


def weights_of_one_over_share(labels):
    return {int(label): len(labels) / count for label, count in counted(labels)}


def weights_upside_down(labels):
    return {int(label): count / len(labels) for label, count in counted(labels)}


def weights_upside_down_with_mean_1(labels):
    inverse = {label: 1 / weight for label, weight in weights_by_counting(labels).items()}
    mean = np.mean([inverse[label] for label in labels.tolist()])
    return {label: weight / mean for label, weight in inverse.items()}


def weights_that_sum_to_1(labels):
    raw = weights_of_one_over_count(labels)
    return {label: weight / sum(raw.values()) for label, weight in raw.items()}


def weights_that_sum_to_the_classes(labels):
    return {label: weight * len(set(labels.tolist())) for label, weight in weights_that_sum_to_1(labels).items()}


def weights_against_the_largest(labels):
    counts = dict(counted(labels))
    return {int(label): max(counts.values()) / count for label, count in counts.items()}


def weights_of_the_others(labels):
    return {int(label): 1 - count / len(labels) for label, count in counted(labels)}


def weights_as_an_array(labels):
    return np.array([weights_by_counting(labels)[label] for label in np.unique(labels)])


def weights_of_examples(labels):
    return [weights_by_counting(labels)[label] for label in labels.tolist()]


def weights_of_roots(labels):
    return {int(label): math.sqrt(len(labels) / count) for label, count in counted(labels)}


def weights_for_yes_and_no(labels):
    yes = np.mean(labels == 1)
    return {0: 0.5 / (1 - yes), 1: 0.5 / yes}


def weights_counted_from_zero(labels):
    counts = np.bincount(labels)
    return {label: len(labels) / (len(counts) * count) for label, count in enumerate(counts)}


# --- 2.10: the gradient with smoothed labels ---


def smoothed(labels, classes, label_smoothing):
    return np.eye(classes)[labels] * (1 - label_smoothing) + label_smoothing / classes


def gradient_by_loops(labels, logits, label_smoothing):
    n, classes = logits.shape
    rows = []
    for label, row in zip(labels, logits, strict=True):
        exponentials = [math.exp(logit) for logit in row]
        wanted = [label_smoothing / classes + (1 - label_smoothing) * (k == label) for k in range(classes)]
        rows.append([(e / sum(exponentials) - w) / n for e, w in zip(exponentials, wanted, strict=True)])
    return rows


def gradient_of_the_module(labels, logits, label_smoothing):
    return losses.categorical_crossentropy_gradient(labels, logits, label_smoothing=label_smoothing)


def gradient_measured(labels, logits, label_smoothing):
    found = np.zeros_like(logits)
    for place in np.ndindex(logits.shape):
        move = np.zeros_like(logits)
        move[place] = 1e-5
        ends = [losses.categorical_crossentropy(labels, logits + m, label_smoothing) for m in (move, -move)]
        found[place] = (ends[0] - ends[1]) / 2e-5
    return found


def gradient_filled(labels, logits, label_smoothing):
    wanted = np.full(logits.shape, label_smoothing / logits.shape[1])
    wanted[np.arange(len(labels)), labels] += 1 - label_smoothing
    return np.divide(special.softmax(logits, axis=1) - wanted, len(labels))


def gradient_with_its_sign_turned(labels, logits, label_smoothing):
    return (smoothed(labels, logits.shape[1], label_smoothing) - softmax(logits)) / len(logits)


def gradient_of_the_sum(labels, logits, label_smoothing):
    return softmax(logits) - smoothed(labels, logits.shape[1], label_smoothing)


def gradient_over_all_numbers(labels, logits, label_smoothing):
    return (softmax(logits) - smoothed(labels, logits.shape[1], label_smoothing)) / logits.size


def gradient_with_the_others_only(labels, logits, label_smoothing):
    classes = logits.shape[1]
    wanted = np.full(logits.shape, label_smoothing / (classes - 1))
    wanted[np.arange(len(labels)), labels] = 1 - label_smoothing
    return (softmax(logits) - wanted) / len(logits)


def gradient_without_smoothing(labels, logits, label_smoothing):
    return (softmax(logits) - np.eye(logits.shape[1])[labels]) / len(logits)


def gradient_with_labels_too_large(labels, logits, label_smoothing):
    classes = logits.shape[1]
    return (softmax(logits) - np.eye(classes)[labels] - label_smoothing / classes) / len(logits)


def gradient_not_shared(labels, logits, label_smoothing):
    wanted = np.eye(logits.shape[1])[labels] * (1 - label_smoothing) + label_smoothing
    return (softmax(logits) - wanted) / len(logits)


def gradient_scaled(labels, logits, label_smoothing):
    return (1 - label_smoothing) * gradient_without_smoothing(labels, logits, label_smoothing)


def gradient_from_logits(labels, logits, label_smoothing):
    return (logits - smoothed(labels, logits.shape[1], label_smoothing)) / len(logits)


def gradient_of_a_sigmoid(labels, logits, label_smoothing):
    return (losses.sigmoid(logits) - smoothed(labels, logits.shape[1], label_smoothing)) / len(logits)


def gradient_of_the_squared_error(labels, logits, label_smoothing):
    p = softmax(logits)
    g = p - smoothed(labels, logits.shape[1], label_smoothing)
    return 2 * p * (g - (g * p).sum(axis=1, keepdims=True)) / len(logits)


def gradient_of_the_true_class(labels, logits, label_smoothing):
    one_hot = np.eye(logits.shape[1])[labels]
    return one_hot * gradient_of_the_module(labels, logits, label_smoothing)


def gradient_for_each_class(labels, logits, label_smoothing):
    return gradient_of_the_module(labels, logits, label_smoothing).sum(axis=0)


def the_loss_itself(labels, logits, label_smoothing):
    return losses.categorical_crossentropy(labels, logits, label_smoothing)


# --- 2.11: a check of any gradient ---


def slopes(loss, logits, step=1e-5, width=2e-5):
    found = np.zeros_like(logits)
    for place in np.ndindex(logits.shape):
        move = np.zeros_like(logits)
        move[place] = step
        found[place] = (loss(logits + move) - loss(logits - move)) / width
    return found


def gap_of_one_side(loss, gradient, logits):
    derived, at_the_start, gaps = gradient(logits), loss(logits), []
    for place in np.ndindex(logits.shape):
        moved = logits.copy()
        moved[place] += 1e-6
        gaps.append(abs(derived[place] - (loss(moved) - at_the_start) / 1e-6))
    return max(gaps)


def gap_as_in_the_lesson(loss, gradient, logits):
    moves = 1e-4 * np.eye(logits.size).reshape(-1, *logits.shape)
    measured = [(loss(logits + move) - loss(logits - move)) / 2e-4 for move in moves]
    return np.linalg.norm(np.ravel(gradient(logits)) - measured, ord=np.inf)


def gap_with_sign(loss, gradient, logits):
    return np.max(gradient(logits) - slopes(loss, logits))


def gap_with_the_other_sign(loss, gradient, logits):
    return np.max(slopes(loss, logits) - gradient(logits))


def gap_on_average(loss, gradient, logits):
    return np.abs(gradient(logits) - slopes(loss, logits)).mean()


def gap_in_sum(loss, gradient, logits):
    return np.abs(gradient(logits) - slopes(loss, logits)).sum()


def gap_as_length(loss, gradient, logits):
    return np.linalg.norm(gradient(logits) - slopes(loss, logits))


def gap_squared(loss, gradient, logits):
    return np.max((gradient(logits) - slopes(loss, logits)) ** 2)


def gap_over_one_step(loss, gradient, logits):
    return np.abs(gradient(logits) - slopes(loss, logits, width=1e-5)).max()


def gap_without_a_division(loss, gradient, logits):
    return np.abs(gradient(logits) - slopes(loss, logits, width=1)).max()


def gap_with_all_moved(loss, gradient, logits):
    measured = (loss(logits + 1e-5) - loss(logits - 1e-5)) / 2e-5
    return np.abs(gradient(logits) - measured).max()


def gap_with_a_large_step(loss, gradient, logits):
    return np.abs(gradient(logits) - slopes(loss, logits, step=0.1, width=0.2)).max()


def gap_with_a_step_of_1(loss, gradient, logits):
    return np.abs(gradient(logits) - slopes(loss, logits, step=1, width=2)).max()


def gap_with_a_coarse_step(loss, gradient, logits):
    derived, gaps = gradient(logits), []
    moved = logits.copy()
    for place in np.ndindex(logits.shape):
        before = loss(moved)
        moved[place] += 0.01
        gaps.append(abs(derived[place] - (loss(moved) - before) / 0.01))
    return max(gaps)


def gap_for_each(loss, gradient, logits):
    return np.abs(gradient(logits) - slopes(loss, logits))


def gap_in_place(loss, gradient, logits):
    derived, gaps = gradient(logits), []
    for place in np.ndindex(logits.shape):
        before = loss(logits)
        logits[place] += 1e-6
        gaps.append(abs(derived[place] - (loss(logits) - before) / 1e-6))
    return max(gaps)


def gap_of_all_moves_so_far(loss, gradient, logits):
    derived, start, moved, gaps = gradient(logits), loss(logits), logits.copy(), []
    for place in np.ndindex(logits.shape):
        moved[place] += 1e-6
        gaps.append(abs(derived[place] - (loss(moved) - start) / 1e-6))
    return max(gaps)


def gap_of_lengths(loss, gradient, logits):
    return abs(np.linalg.norm(gradient(logits)) - np.linalg.norm(slopes(loss, logits)))


def gap_relative(loss, gradient, logits):
    measured = slopes(loss, logits)
    return (np.abs(gradient(logits) - measured) / np.abs(measured)).max()


def gap_without_calling(loss, gradient, logits):
    return np.abs(gradient - slopes(loss, logits)).max()


def gap_in_a_row(loss, gradient, logits):
    measured = []
    for number in range(len(logits)):
        move = np.zeros(len(logits))
        move[number] = 1e-5
        measured.append((loss(logits + move) - loss(logits - move)) / 2e-5)
    return np.abs(gradient(logits) - measured).max()


# --- 2.12: contrastive loss from embeddings ---


def pairs(embeddings, people):
    first, second = np.triu_indices(len(people), k=1)
    return people[first] == people[second], np.linalg.norm(embeddings[first] - embeddings[second], axis=1)


def loss_by_loops(embeddings, people, margin):
    costs = []
    for i, j in itertools.combinations(range(len(people)), 2):
        gap = math.dist(embeddings[i], embeddings[j])
        costs.append(gap**2 if people[i] == people[j] else max(margin - gap, 0) ** 2)
    return sum(costs) / len(costs)


def loss_by_pdist(embeddings, people, margin):
    gaps, differ = distance.pdist(embeddings), distance.pdist(people[:, None], "hamming").astype(bool)
    return np.where(differ, np.clip(margin - gaps, 0, None) ** 2, gaps**2).mean()


def loss_of_ordered_pairs(embeddings, people, margin):
    gaps = np.linalg.norm(embeddings[:, None] - embeddings, axis=-1)
    costs = np.where(people[:, None] == people, gaps**2, np.maximum(margin - gaps, 0) ** 2)
    return costs[~np.eye(len(people), dtype=bool)].mean()


def loss_of_the_module(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return losses.contrastive_loss(same.astype(float), gaps, margin)


def loss_with_kinds_swapped(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return np.mean(np.where(same, np.maximum(margin - gaps, 0) ** 2, gaps**2))


def loss_not_clipped(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return np.mean(np.where(same, gaps**2, (margin - gaps) ** 2))


def loss_of_plain_distances(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return np.mean(np.where(same, gaps, np.maximum(margin - gaps, 0)))


def loss_of_plain_mated_distances(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return np.mean(np.where(same, gaps, np.maximum(margin - gaps, 0) ** 2))


def loss_of_plain_gaps_to_the_margin(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return np.mean(np.where(same, gaps**2, np.maximum(margin - gaps, 0)))


def loss_with_squares_at_the_margin(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return np.mean(np.where(same, gaps**2, np.maximum(margin - gaps**2, 0)))


def loss_in_sum(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return np.sum(np.where(same, gaps**2, np.maximum(margin - gaps, 0) ** 2))


def loss_over_faces(embeddings, people, margin):
    return loss_in_sum(embeddings, people, margin) / len(people)


def loss_of_all_ordered(embeddings, people, margin):
    gaps = np.linalg.norm(embeddings[:, None] - embeddings, axis=-1)
    return np.where(people[:, None] == people, gaps**2, np.maximum(margin - gaps, 0) ** 2).mean()


def loss_with_the_diagonal(embeddings, people, margin):
    first, second = np.triu_indices(len(people))
    gaps = np.linalg.norm(embeddings[first] - embeddings[second], axis=1)
    return np.where(people[first] == people[second], gaps**2, np.maximum(margin - gaps, 0) ** 2).mean()


def loss_halved(embeddings, people, margin):
    return loss_of_the_module(embeddings, people, margin) / 2


def loss_of_mated_pairs(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return np.mean(same * gaps**2)


def loss_of_non_mated_pairs(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return np.mean(~same * np.maximum(margin - gaps, 0) ** 2)


def loss_of_two_means(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    parts = [gaps[same] ** 2, np.maximum(margin - gaps[~same], 0) ** 2]
    return sum(part.mean() for part in parts if part.size)


def loss_of_neighbours(embeddings, people, margin):
    gaps = np.linalg.norm(embeddings[1:] - embeddings[:-1], axis=1)
    return losses.contrastive_loss((people[1:] == people[:-1]).astype(float), gaps, margin)


def loss_with_margin_1(embeddings, people, margin):
    return loss_of_the_module(embeddings, people, 1.0)


def loss_by_cosine(embeddings, people, margin):
    first, second = np.triu_indices(len(people), k=1)
    gaps = 1 - losses.cosine_similarity(embeddings[first], embeddings[second])
    return losses.contrastive_loss((people[first] == people[second]).astype(float), gaps, margin)


def loss_of_unit_lengths(embeddings, people, margin):
    return loss_of_the_module(losses.normalise(embeddings), people, margin)


def loss_of_each_pair(embeddings, people, margin):
    same, gaps = pairs(embeddings, people)
    return np.where(same, gaps**2, np.maximum(margin - gaps, 0) ** 2)


def loss_of_city_blocks(embeddings, people, margin):
    gaps = distance.pdist(embeddings, "cityblock")
    return losses.contrastive_loss(pairs(embeddings, people)[0].astype(float), gaps, margin)


RIGHT = {
    "2.1": [2 / 3, 0.67, 0.667, [2 / 3], special.expit(math.log(0.25) + STEP), np.array([0.6667])],
    "2.2": [
        math.log(32) / 3,
        1.155,
        1.16,
        -np.mean(np.log([1 / 2, 1 / 4, 1 / 4])),
        [1.1552],
    ],
    "2.3": [0.28, 1 - 1.2**2 / 2, np.float32(0.28), [0.28], (2 - 1.44) / 2],
    "2.4": [CAUSES, {run: f" {cause.upper()} " for run, cause in reversed(CAUSES.items())}],
    "2.5": ["bc", {"b", "c"}, ["C", "B"], "b and c"],
    "2.6": ["bdf", {"b", "d", "f"}, ("f", "d", "b"), "B, D, F"],
    "2.7": [
        softmax_by_loops,
        softmax_by_logarithms,
        softmax_by_differences,
        softmax_transposed,
        softmax,
        lambda logits: special.softmax(logits, axis=-1),
        lambda logits: np.array([special.softmax(row) for row in logits]),
    ],
    "2.8": [
        cosines_by_loops,
        cosines_by_einsum,
        cosines_by_gram,
        cosines_from_distances,
        lambda embeddings: 1 - distance.cdist(embeddings, embeddings, "cosine"),
        lambda embeddings: losses.cosine_similarity(embeddings[:, None], embeddings[None]),
    ],
    "2.9": [weights_by_counting, weights_by_shares, weights_scaled_afterwards],
    "2.10": [gradient_by_loops, gradient_of_the_module, gradient_measured, gradient_filled],
    "2.11": [gap_of_one_side, gap_as_in_the_lesson, lambda *given: float(np.max(gap_for_each(*given)))],
    "2.12": [loss_by_loops, loss_by_pdist, loss_of_ordered_pairs, loss_of_the_module],
}

WRONG = {
    "2.1": [
        ("odds", 2),
        ("odds", 2.0),
        ("logit", math.log(2)),
        ("logit", 0.693),
        ("probability times 8", 1.6),
        ("probability plus the step", 0.2 + STEP),
        ("probability plus the step", 2.28),
        ("probability taken for odds", 1.6 / 2.6),
        ("probability taken for odds", 0.615),
        ("probability taken for a logit", special.expit(0.2 + STEP)),
        ("odds upside down", 0.97),
        ("starts at one half", 8 / 9),
        ("starts at one half", 0.89),
        ("of the other answer", 1 / 3),
        ("of the other answer", 0.33),
        ("base 10", special.expit(math.log10(0.25) + STEP)),
        ("base 2", special.expit(-2 + STEP)),
        ("step divides", 1 / 33),
        ("percent", 66.67),
        ("unreadable", "2 to 1"),
        ("smallest case", 0.95),
    ],
    "2.2": [
        ("sum", 3.47),
        ("sum", math.log(32)),
        ("base 10", 0.502),
        ("base 10", math.log10(32) / 3),
        ("base 2", 5 / 3),
        ("base 2", 1.667),
        ("sign", -1.155),
        ("only label 1", 0.693),
        ("only label 1", (math.log(2) + math.log(4)) / 3),
        ("only label 1, mean of two", 1.04),
        ("label 0 like label 1", 0.789),
        ("labels exchanged", 0.4232),
        ("likelihood", 1 / 32),
        ("likelihood", 0.031),
        ("logarithm of the mean", 1.0986),
        ("mean distance", 0.667),
        ("mean squared error", 0.458),
        ("probability", 32 ** (-1 / 3)),
        ("smallest case", 0.9),
    ],
    "2.3": [
        ("one minus distance", -0.2),
        ("square not halved", -0.44),
        ("half of the square", 0.72),
        ("not squared", 0.4),
        ("cosine of the distance", math.cos(1.2)),
        ("cosine of the distance", 0.36),
        ("2 minus the square", 0.56),
        ("2 minus twice the distance", -0.4),
        ("square taken twice", 2 - 2 * 1.44),
        ("same number", 1.2),
        ("percent", 28),
        ("smallest case", 0.5),
    ],
    "2.4": [
        ("not a dictionary", ["numbers", "single", "twice", "shuffled", "each"]),
        ("keys", {"forty": "numbers"}),
        ("words", CAUSES | {"forty": "ids"}),
        ("words", CAUSES | {"forty": 1}),
        ("rows", CAUSES | {"crowd": "rows"}),
        ("rows", CAUSES | {"four": "rows"}),
        ("forty", CAUSES | {"forty": "shuffled"}),
        ("glasses", CAUSES | {"glasses": "shuffled"}),
        ("glasses", CAUSES | {"glasses": "twice"}),
        ("four", CAUSES | {"four": "single"}),
        ("four", CAUSES | {"four": "shuffled"}),
        ("crowd", CAUSES | {"crowd": "numbers"}),
        ("crowd", CAUSES | {"crowd": "each"}),
        ("ages", CAUSES | {"ages": "shuffled"}),
        ("ages", CAUSES | {"ages": "single"}),
    ],
    "2.5": [
        ("chose a", "ab"),
        ("chose a", "a"),
        ("chose d", "bcd"),
        ("chose e", {"b", "c", "e"}),
        ("missing b", "c"),
        ("missing c", "b"),
        ("unknown letter", "z"),
        ("not a letter", 2),
    ],
    "2.6": [
        ("chose a", "abdf"),
        ("chose c", "bcd"),
        ("chose e", {"b", "d", "e", "f"}),
        ("missing b", "df"),
        ("missing d", "bf"),
        ("missing f", "b, d"),
        ("not a letter", ["smoothing"]),
    ],
    "2.7": [
        ("whole array", softmax_over_all),
        ("sum of the whole array", softmax_of_rows_over_all),
        ("overflow", softmax_that_overflows),
        ("columns", softmax_of_columns),
        ("columns, and overflow", softmax_of_columns_as_given),
        ("one maximum", softmax_with_one_maximum),
        ("minimum", softmax_with_the_minimum),
        ("mean", softmax_with_the_mean),
        ("largest size", softmax_with_the_largest_size),
        ("clipped", softmax_clipped),
        ("repaired afterwards", softmax_repaired),
        ("shape of the sums", softmax_with_flat_sums),
        ("shape of the maxima", softmax_with_flat_maxima),
        ("logarithm", losses.log_softmax),
        ("sigmoid", special.expit),
        ("sum left out", softmax_without_a_sum),
        ("changes its input", softmax_in_place),
        ("returns nothing", softmax_printed),
        ("not a function", np.array([[0.5, 0.5]])),
        ("smallest case", softmax_divided_by_the_maximum),
        ("smallest case", softmax_with_base_2),
    ],
    "2.8": [
        ("lengths left in", cosines_of_lengths_as_they_are),
        ("length of the whole array", cosines_with_one_length),
        ("columns", cosines_normalised_by_column),
        ("shape of the lengths", cosines_with_flat_lengths),
        ("one side", cosines_normalised_on_one_side),
        ("squared length", cosines_by_squared_length),
        ("coordinates instead of faces", cosines_of_coordinates),
        ("each with itself", cosines_of_faces_with_themselves),
        ("distance", cosines_as_distances),
        ("distance", lambda embeddings: 1 - cosines_by_gram(embeddings)),
        ("sign", cosines_as_keras_loss),
        ("euclidean", cosines_as_euclidean),
        ("angle", cosines_as_angles),
        ("centred", np.corrcoef),
        ("arguments", losses.cosine_similarity),
        ("smallest case", cosines_by_sum),
    ],
    "2.9": [
        ("mean not 1", weights_of_one_over_count),
        ("as many times as classes", weights_of_one_over_share),
        ("shares themselves", weights_upside_down),
        ("upside down", weights_upside_down_with_mean_1),
        ("sum 1", weights_that_sum_to_1),
        ("sum of the weights is the classes", weights_that_sum_to_the_classes),
        ("relative to the largest", weights_against_the_largest),
        ("share of the others", weights_of_the_others),
        ("not a dictionary", weights_as_an_array),
        ("one for each example", weights_of_examples),
        ("classes that do not occur", weights_counted_from_zero),
        ("two classes only", weights_for_yes_and_no),
        ("stops with an error", lambda labels: {label: 1 / labels.count(label) for label in labels}),
        ("smallest case", weights_of_roots),
    ],
    "2.10": [
        ("sign", gradient_with_its_sign_turned),
        ("not divided", gradient_of_the_sum),
        ("divided by all numbers", gradient_over_all_numbers),
        ("spread over the others", gradient_with_the_others_only),
        ("not smoothed", gradient_without_smoothing),
        ("label not reduced", gradient_with_labels_too_large),
        ("not shared", gradient_not_shared),
        ("gradient reduced", gradient_scaled),
        ("logits as probabilities", gradient_from_logits),
        ("sigmoid", gradient_of_a_sigmoid),
        ("squared error", gradient_of_the_squared_error),
        ("true class only", gradient_of_the_true_class),
        ("added up", gradient_for_each_class),
        ("the loss", the_loss_itself),
        ("smallest case", lambda labels, logits, label_smoothing: softmax(logits)),
    ],
    "2.11": [
        ("sign", gap_with_sign),
        ("sign, the other way", gap_with_the_other_sign),
        ("mean", gap_on_average),
        ("sum", gap_in_sum),
        ("length", gap_as_length),
        ("squared", gap_squared),
        ("two steps apart", gap_over_one_step),
        ("not divided", gap_without_a_division),
        ("all at once", gap_with_all_moved),
        ("moves stay", gap_of_all_moves_so_far),
        ("large step", gap_with_a_large_step),
        ("one for each logit", gap_for_each),
        ("changes its input", gap_in_place),
        ("lengths compared", gap_of_lengths),
        ("relative", gap_relative),
        ("rows only", gap_in_a_row),
        ("stops with an error", gap_without_calling),
        ("smallest case", gap_with_a_step_of_1),
        ("smallest case", gap_with_a_coarse_step),
    ],
    "2.12": [
        ("swapped", loss_with_kinds_swapped),
        ("not clipped", loss_not_clipped),
        ("not squared", loss_of_plain_distances),
        ("mated not squared", loss_of_plain_mated_distances),
        ("non-mated not squared", loss_of_plain_gaps_to_the_margin),
        ("margin of the square", loss_with_squares_at_the_margin),
        ("sum", loss_in_sum),
        ("divided by faces", loss_over_faces),
        ("with themselves", loss_of_all_ordered),
        ("diagonal", loss_with_the_diagonal),
        ("halved", loss_halved),
        ("mated pairs only", loss_of_mated_pairs),
        ("non-mated pairs only", loss_of_non_mated_pairs),
        ("mean of each kind", loss_of_two_means),
        ("neighbours", loss_of_neighbours),
        ("margin 1", loss_with_margin_1),
        ("cosine", loss_by_cosine),
        ("unit length", loss_of_unit_lengths),
        ("each pair", loss_of_each_pair),
        ("smallest case", loss_of_city_blocks),
    ],
}
