"""What learners answer in the exercises of lesson 05, rightly and wrongly; written before the checker.

``RIGHT``: for each exercise, right answers written in different ways.  ``WRONG``: wrong answers, each with the name of
the hint that it must get.  An exercise that takes several answers has them in a tuple of the class `Answers`.
"""

import functools

import numpy as np
from scipy import stats

from course_utils import metrics


class Answers(tuple):
    """Several answers to one exercise, as ``check("5.4", *answers)`` gets them."""


# --- 5.2: orders of the batches ---


def orders_one_by_one(pictures, epochs, seed):
    random = np.random.default_rng(seed)
    order, rows = list(range(pictures)), []
    for _ in range(epochs):
        random.shuffle(order)
        rows.append(list(order))
    return rows


def orders_by_sorting(pictures, epochs, seed):
    return np.random.default_rng(seed).random((epochs, pictures)).argsort(axis=1)


def orders_global(pictures, epochs, seed):
    np.random.seed(seed)  # noqa: NPY002 - learners do
    return np.stack([np.random.permutation(pictures) for _ in range(epochs)])  # noqa: NPY002


class Orders:
    def __call__(self, pictures, epochs, seed=0):
        return np.random.default_rng(seed).permuted(np.tile(np.arange(pictures), (epochs, 1)), axis=1)


def orders_with_seed_in_the_loop(pictures, epochs, seed):
    return np.array([np.random.default_rng(seed).permutation(pictures) for _ in range(epochs)])


def orders_repeated(pictures, epochs, seed):
    return np.tile(np.random.default_rng(seed).permutation(pictures), (epochs, 1))


def orders_never_shuffled(pictures, epochs, seed):
    return np.tile(np.arange(pictures), (epochs, 1))


def orders_drawn_with_repeats(pictures, epochs, seed):
    return np.random.default_rng(seed).integers(pictures, size=(epochs, pictures))


def orders_without_seed(pictures, epochs, seed):
    random = np.random.default_rng()
    return np.array([random.permutation(pictures) for _ in range(epochs)])


def orders_with_a_seed_of_their_own(pictures, epochs, seed):
    random = np.random.default_rng(0)
    return np.array([random.permutation(pictures) for _ in range(epochs)])


def orders_global_without_seed(pictures, epochs, seed):
    return np.array([np.random.permutation(pictures) for _ in range(epochs)])  # noqa: NPY002


def orders_by_column(pictures, epochs, seed):
    return orders_by_sorting(pictures, epochs, seed).T


def orders_of_one_epoch(pictures, epochs, seed):
    return np.random.default_rng(seed).permutation(pictures)


def orders_from_one(pictures, epochs, seed):
    return orders_by_sorting(pictures, epochs, seed) + 1


def orders_of_chosen(pictures, epochs, seed):
    random = np.random.default_rng(seed)
    return np.array([random.choice(140, pictures, replace=False) for _ in range(epochs)])


def orders_from_shuffle(pictures, epochs, seed):
    random = np.random.default_rng(seed)
    return [random.shuffle(np.arange(pictures)) for _ in range(epochs)]


def orders_forgotten(pictures, epochs, seed):
    orders = orders_by_sorting(pictures, epochs, seed)
    print(orders)


# --- 5.3: one picture for predict ---


def prepare_by_reshaping(picture):
    return np.asarray(picture, dtype="float32").reshape(1, *picture.shape) / 255.0


def prepare_in_a_list(picture):
    return np.array([picture]) * (1 / 255)


def prepare_as_lists(picture):
    return [(picture / 255).tolist()]


def prepare_as_given(picture):
    batch = picture[:, np.newaxis]
    return batch / batch.max()


def prepare_with_its_maximum(picture):
    batch = picture[np.newaxis]
    return batch / batch.max()


def prepare_along_the_wrong_axis(picture):
    return picture[:, np.newaxis] / 255


def prepare_in_whole_numbers(picture):
    return picture[np.newaxis] // 255


def prepare_rounded_down(picture):
    return (picture[np.newaxis] / 255).astype("uint8")


def prepare_without_a_batch(picture):
    return picture / 255


def prepare_with_the_axis_last(picture):
    return picture[..., np.newaxis] / 255


def prepare_by_256(picture):
    return picture[np.newaxis] / 256


def prepare_standardised(picture):
    return (picture[np.newaxis] - picture.mean()) / picture.std()


def prepare_around_zero(picture):
    return picture[np.newaxis] / 127.5 - 1


def prepare_stretched(picture):
    return (picture[np.newaxis] - picture.min()) / (picture.max() - picture.min())


def prepare_without_scaling(picture):
    return picture[np.newaxis].astype(float)


def prepare_in_place(picture):
    picture /= 255
    return picture[np.newaxis]


# --- 5.4: before and after saving ---

BEFORE = np.linspace(0.03, 0.97, 30).reshape(30, 1).astype("float32")
FRESH = np.full((30, 1), 0.51, dtype="float32")

# --- 5.7: the gap between two methods ---


def gap_by_hand(network, simple):
    gaps = np.subtract(network, simple)
    half = stats.t.ppf(0.975, len(gaps) - 1) * stats.sem(gaps)
    return gaps.mean(), gaps.mean() - half, gaps.mean() + half


def gap_as_a_list(network, simple):
    return list(metrics.mean_interval([a - b for a, b in zip(network, simple, strict=True)]))


def gap_of_bounds(network, simple):
    return tuple(np.subtract(metrics.mean_interval(network), metrics.mean_interval(simple)))


def gap_of_outer_bounds(network, simple):
    first, second = metrics.mean_interval(network), metrics.mean_interval(simple)
    return first[0] - second[0], first[1] - second[2], first[2] - second[1]


def gap_the_other_way(network, simple):
    return metrics.mean_interval(np.asarray(simple) - np.asarray(network))


def gap_without_signs(network, simple):
    return metrics.mean_interval(np.abs(np.asarray(network) - np.asarray(simple)))


def gap_of_the_network(network, simple):
    return metrics.mean_interval(network)


def gap_with_normal(network, simple):
    gaps = np.asarray(network) - np.asarray(simple)
    half = 1.96 * gaps.std(ddof=1) / np.sqrt(len(gaps))
    return gaps.mean(), gaps.mean() - half, gaps.mean() + half


def gap_with_spread_of_one_run(network, simple):
    gaps = np.asarray(network) - np.asarray(simple)
    half = stats.t.ppf(0.975, len(gaps) - 1) * gaps.std(ddof=1)
    return gaps.mean(), gaps.mean() - half, gaps.mean() + half


def gap_with_ddof_0(network, simple):
    gaps = np.asarray(network) - np.asarray(simple)
    half = stats.t.ppf(0.975, len(gaps) - 1) * gaps.std() / np.sqrt(len(gaps))
    return gaps.mean(), gaps.mean() - half, gaps.mean() + half


def gap_unpaired(network, simple):
    error = np.sqrt(np.var(network, ddof=1) / len(network) + np.var(simple, ddof=1) / len(simple))
    half = stats.t.ppf(0.975, len(network) - 1) * error
    mean = np.mean(network) - np.mean(simple)
    return mean, mean - half, mean + half


def gap_between_lists(network, simple):
    return metrics.mean_interval(network - simple)


def gap_without_the_mean(network, simple):
    return gap_by_hand(network, simple)[1:]


def gap_of_the_first_seed(network, simple):
    return metrics.mean_interval([network[0] - simple[0]] * 2)


# --- 5.8: which question? ---

USES = {"camera": "face", "phone": "same", "school": "who", "passport": "same", "door": "same"}


RIGHT = {
    "5.1": [{"b", "c", "d"}, ["b", "c", "d"], "bcd", "d, c, b", ("B", "C", "D"), "b and c and d"],
    "5.2": [orders_one_by_one, orders_by_sorting, orders_global, Orders(), functools.partial(orders_by_sorting)],
    "5.3": [
        prepare_by_reshaping,
        prepare_in_a_list,
        prepare_as_lists,
        lambda x: np.expand_dims(x, 0) / np.float32(255),
    ],
    "5.4": [
        Answers((BEFORE, BEFORE, BEFORE[:1])),
        Answers((BEFORE, BEFORE + 1e-6, float(BEFORE[0, 0]))),
        Answers((BEFORE, BEFORE[:, 0].tolist(), [BEFORE[0, 0]])),
    ],
    "5.5": [28 / 76, 0.37, [0.37], 0.368, np.float32(0.3684), np.array(0.368)],
    "5.6": [{"a", "c"}, "ac", "a, c", ["c", "a"], "C, A"],
    "5.7": [gap_by_hand, gap_as_a_list, lambda a, b: np.array(gap_by_hand(a, b))],
    "5.8": [USES, {name: word.upper() for name, word in reversed(USES.items())}],
}

WRONG = {
    "5.1": [
        ("missing c", {"b", "d"}),
        ("missing d", {"b", "c"}),
        ("missing b", "c, d"),
        ("chose e", ["b", "c", "d", "e"]),
        ("chose a", "a"),
        ("chose f", "bcdf"),
        ("unknown letter", "x"),
        ("not a letter", 3),
        ("not a letter", ["scaling", "splitting"]),
    ],
    "5.2": [
        ("one order", orders_with_seed_in_the_loop),
        ("one order", orders_repeated),
        ("one order", orders_never_shuffled),
        ("repeats", orders_drawn_with_repeats),
        ("not repeatable", orders_without_seed),
        ("seed ignored", orders_with_a_seed_of_their_own),
        ("seed ignored", orders_global_without_seed),
        ("shape", orders_by_column),
        ("shape", orders_of_one_epoch),
        ("numbered from one", orders_from_one),
        ("other numbers", orders_of_chosen),
        ("unreadable", orders_from_shuffle),
        ("returns nothing", orders_forgotten),
        ("arguments", lambda pictures: np.arange(pictures)),
        ("not a function", orders_by_sorting(4, 3, 0)),
    ],
    "5.3": [
        ("its own maximum", prepare_with_its_maximum),
        ("axis in the wrong place", prepare_along_the_wrong_axis),
        ("whole numbers", prepare_in_whole_numbers),
        ("whole numbers", prepare_rounded_down),
        ("no batch", prepare_without_a_batch),
        ("axis at the end", prepare_with_the_axis_last),
        ("256", prepare_by_256),
        ("standardised", prepare_standardised),
        ("around zero", prepare_around_zero),
        ("stretched", prepare_stretched),
        ("not scaled", prepare_without_scaling),
        ("stops with an error", prepare_in_place),
        ("smallest case", lambda picture: picture[np.newaxis] / 200),
    ],
    "5.4": [
        ("another network", Answers((BEFORE, FRESH, FRESH[:1]))),
        ("answers, not probabilities", Answers((BEFORE, (BEFORE >= 0.5).astype(int), 0))),
        ("not one for each", Answers((BEFORE, [0.31, 0.9], BEFORE[:1]))),  # evaluate instead of predict
        ("more than one", Answers((BEFORE, BEFORE, BEFORE))),
        ("another picture", Answers((BEFORE, BEFORE, BEFORE[-1:]))),
        ("another picture", Answers((BEFORE, BEFORE, BEFORE.mean()))),
        ("unreadable", Answers((BEFORE, "the same", BEFORE[:1]))),
        ("before is another", Answers((BEFORE[:1], BEFORE[:1], BEFORE[:1]))),
    ],
    "5.5": [
        ("share of faces found", 0.7),
        ("accuracy", 0.94),
        ("complement of false alarms", 0.95),
        ("false alarms among background", 0.05),
        ("ratio to false alarms", 28 / 48),
        ("ratio to false alarms", 0.58),
        ("share of all windows", 0.028),
        ("share of wrong alarms", 0.63),
        ("percent", 37),
        ("percent", 36.8),
        ("unreadable", "0.37"),
        ("smallest case", 0.5),
    ],
    "5.6": [
        ("chose b", {"a", "b"}),
        ("chose b", "b"),
        ("chose d", "acd"),
        ("missing c", "a"),
        ("missing a", "c"),
    ],
    "5.7": [
        ("difference of the bounds", gap_of_bounds),
        ("two separate intervals", gap_of_outer_bounds),
        ("the other way round", gap_the_other_way),
        ("without signs", gap_without_signs),
        ("one method only", gap_of_the_network),
        ("normal instead of t", gap_with_normal),
        ("spread of one run", gap_with_spread_of_one_run),
        ("divided by n", gap_with_ddof_0),
        ("not paired", gap_unpaired),
        ("stops with an error", gap_between_lists),
        ("without the mean", gap_without_the_mean),
        ("smallest case", gap_of_the_first_seed),
    ],
    "5.8": [
        ("phone", USES | {"phone": "who"}),
        ("passport", USES | {"passport": "who"}),
        ("door", USES | {"door": "who"}),
        ("school", USES | {"school": "same"}),
        ("camera", USES | {"camera": "who"}),
        ("words", USES | {"camera": "detection"}),
        ("keys", {"camera": "face"}),
        ("not a dictionary", ["face", "same", "who", "same", "same"]),
    ],
}
