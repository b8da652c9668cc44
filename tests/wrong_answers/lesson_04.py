"""What learners answer in the exercises of lesson 04, rightly and wrongly; written before the checker.

``RIGHT``: for each exercise, right answers written in different ways.  ``WRONG``: wrong answers, each with the name of
the hint that it must get.  An exercise that takes several answers has them in a tuple of the class `Answers`.
"""

import functools
import statistics

import numpy as np


class Answers(tuple):
    """Several answers to one exercise, as ``check("4.2", *answers)`` gets them."""


# --- 4.1: where does a pixel come from? ---


def from_by_arrays(row, column, side, size, right, down):
    middle = (side - 1) / 2
    return (np.array([row, column]) - [down, right] - middle) / size + middle


def from_by_solving(row, column, side, size, right, down):
    centre = 0.5 * side - 0.5
    x, y = column - centre - right, row - centre - down
    return [centre + y / size, centre + x / size]


class WhereFrom:
    def __call__(self, row, column, side, size, right=0, down=0):
        return tuple(from_by_solving(row, column, side, size, right, down))


def from_forward(row, column, side, size, right, down):
    middle = (side - 1) / 2
    return (row - middle) * size + middle + down, (column - middle) * size + middle + right


def from_shifted_forward(row, column, side, size, right, down):
    middle = (side - 1) / 2
    return (row - middle + down) / size + middle, (column - middle + right) / size + middle


def from_multiplied(row, column, side, size, right, down):
    middle = (side - 1) / 2
    return (row - middle - down) * size + middle, (column - middle - right) * size + middle


def from_about_the_corner(row, column, side, size, right, down):
    return (row - down) / size, (column - right) / size


def from_about_half_the_side(row, column, side, size, right, down):
    return (row - down - side / 2) / size + side / 2, (column - right - side / 2) / size + side / 2


def from_without_the_way_back(row, column, side, size, right, down):
    middle = (side - 1) / 2
    return (row - middle - down) / size, (column - middle - right) / size


def from_with_right_on_rows(row, column, side, size, right, down):
    return from_by_solving(row, column, side, size, down, right)


def from_as_column_and_row(row, column, side, size, right, down):
    return from_by_solving(row, column, side, size, right, down)[::-1]


def from_moved_before_enlarged(row, column, side, size, right, down):
    middle = (side - 1) / 2
    return (row - middle) / size + middle - down, (column - middle) / size + middle - right


def from_in_whole_pixels(row, column, side, size, right, down):
    return tuple(round(place) for place in from_by_solving(row, column, side, size, right, down))


def from_rounded_down(row, column, side, size, right, down):
    return tuple(int(place // 1) for place in from_by_solving(row, column, side, size, right, down))


def from_kept_inside(row, column, side, size, right, down):
    return tuple(min(max(place, 0), side - 1) for place in from_by_solving(row, column, side, size, right, down))


def from_the_other_edge(row, column, side, size, right, down):
    return tuple(place % side for place in from_by_solving(row, column, side, size, right, down))


# --- 4.2: there and back ---

DOUBLED, BACK = [0, 80, 160, 200], [55, 95, 135, 155]

# --- 4.3: brighter, each for itself ---


def brighter_by_broadcasting(pictures, draw):
    added = np.array([draw() for _ in pictures]).reshape(-1, 1, 1, 1)
    return np.clip(pictures.astype("int32") + added, 0, 255).astype("uint8")


def brighter_in_floats(pictures, draw):
    return np.stack([np.minimum(255.0, np.maximum(0.0, picture.astype(float) + draw())) for picture in pictures])


def brighter_in_lists(pictures, draw):
    rows = []
    for picture in pictures:
        added = draw()
        rows.append([[[min(255, max(0, int(value) + added)) for value in pixel] for pixel in row] for row in picture])
    return rows


def brighter_as_given(pictures, draw):
    added = draw()
    return (pictures.astype(int) + added).astype("uint8")


def brighter_one_draw(pictures, draw):
    return (pictures.astype(int) + draw()).clip(0, 255).astype("uint8")


def brighter_wrapping(pictures, draw):
    return np.array([picture.astype(int) + draw() for picture in pictures]).astype("uint8")


def brighter_cut_too_late(pictures, draw):
    return np.stack([(picture.astype(int) + draw()).astype("uint8").clip(0, 255) for picture in pictures])


def brighter_not_cut(pictures, draw):
    return np.stack([picture.astype(int) + draw() for picture in pictures])


def brighter_cut_before(pictures, draw):
    return np.stack([picture.clip(0, 255).astype(int) + draw() for picture in pictures])


def brighter_cut_above_only(pictures, draw):
    return np.stack([np.minimum(picture.astype(int) + draw(), 255) for picture in pictures])


def brighter_cut_above_only_and_wrapping(pictures, draw):
    return brighter_cut_above_only(pictures, draw).astype("uint8")


def brighter_each_pixel(pictures, draw):
    added = np.array([draw() for _ in range(pictures[..., 0].size)]).reshape(*pictures.shape[:-1], 1)
    return (pictures.astype(int) + added).clip(0, 255)


def brighter_each_value(pictures, draw):
    added = np.array([draw() for _ in range(pictures.size)]).reshape(pictures.shape)
    return (pictures.astype(int) + added).clip(0, 255)


def brighter_in_shares(pictures, draw):
    return np.stack([picture / 255 + draw() for picture in pictures]).clip(0, 1)


def brighter_cut_at_one(pictures, draw):
    return np.stack([picture.astype(int) + draw() for picture in pictures]).clip(0, 1)


def brighter_the_first_only(pictures, draw):
    mended = pictures.copy()
    mended[0] = (pictures[0].astype(int) + draw()).clip(0, 255)
    return mended


# --- 4.4: CutMix ---


def cut_by_a_mask(first, second, first_label, second_label, top, left, height, width):
    mask = np.zeros(first.shape[:2], bool)
    mask[top : top + height, left : left + width] = True
    share = mask.mean()
    picture = np.where(mask[..., None], second, first)
    return picture, (1 - share) * np.asarray(first_label) + share * np.asarray(second_label)


def cut_in_a_list(first, second, first_label, second_label, top, left, height, width):
    picture, label = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    return [picture.tolist(), label.tolist()]


def cut_by_counting(first, second, first_label, second_label, top, left, height, width):
    picture = first.copy()
    picture[top : top + height, left : left + width] = second[top : top + height, left : left + width]
    bottom, right = min(top + height, len(first)), min(left + width, first.shape[1])
    weight = 1 - (bottom - top) * (right - left) / (first.shape[0] * first.shape[1])
    return picture, weight * first_label + (1 - weight) * second_label


def cut_with_planned_area(first, second, first_label, second_label, top, left, height, width):
    picture, _ = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    share = height * width / (first.shape[0] * first.shape[1])
    return picture, (1 - share) * first_label + share * second_label


def cut_with_weights_exchanged(first, second, first_label, second_label, top, left, height, width):
    picture, _ = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    return picture, cut_by_a_mask(first, second, second_label, first_label, top, left, height, width)[1]


def cut_pictures_exchanged(first, second, first_label, second_label, top, left, height, width):
    _, label = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    return cut_by_a_mask(second, first, first_label, second_label, top, left, height, width)[0], label


def cut_all_exchanged(first, second, first_label, second_label, top, left, height, width):
    return cut_by_a_mask(second, first, second_label, first_label, top, left, height, width)


def cut_with_the_label_of_the_larger(first, second, first_label, second_label, top, left, height, width):
    picture, label = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    return picture, first_label if label @ first_label >= 0.5 else second_label


def cut_with_the_first_label(first, second, first_label, second_label, top, left, height, width):
    return cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)[0], first_label


def cut_with_half(first, second, first_label, second_label, top, left, height, width):
    picture, _ = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    return picture, (first_label + second_label) / 2


def cut_mixed_up(first, second, first_label, second_label, top, left, height, width):
    _, label = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    share = label @ second_label
    return (1 - share) * first + share * second, label


def cut_at_left_and_top(first, second, first_label, second_label, top, left, height, width):
    return cut_by_a_mask(first, second, first_label, second_label, left, top, width, height)


def cut_to_the_far_corner(first, second, first_label, second_label, top, left, height, width):
    return cut_by_a_mask(first, second, first_label, second_label, top, left, height - top, width - left)


def cut_with_the_corner_of_the_other(first, second, first_label, second_label, top, left, height, width):
    picture, label = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    bottom, right = min(top + height, len(first)), min(left + width, first.shape[1])
    picture[top:bottom, left:right] = second[: bottom - top, : right - left]
    return picture, label


def cut_in_place(first, second, first_label, second_label, top, left, height, width):
    first[top : top + height, left : left + width] = second[top : top + height, left : left + width]
    return first, cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)[1]


def cut_without_the_label(first, second, first_label, second_label, top, left, height, width):
    return cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)[0]


def cut_by_side_lengths(first, second, first_label, second_label, top, left, height, width):
    picture, _ = cut_by_a_mask(first, second, first_label, second_label, top, left, height, width)
    share = height / len(first)
    return picture, (1 - share) * first_label + share * second_label


# --- 4.6: who keeps the label? ---

EFFECTS = {
    "names": "keeps",
    "gaze": "changes",
    "passport": "never",
    "ships": "keeps",
    "hair": "changes",
    "daylight": "changes",
    "lamps": "keeps",
}

# --- 4.7: what the settings mean ---

SETTINGS = {"degrees": 36, "upside_down": 0.5, "eye": 20, "added": 51, "places": 1}

# --- 4.9: a split for training ---


def parts_by_hand(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(pictures)
    return np.repeat(order[test_size:], copies), order[:test_size]


def parts_by_choice(pictures, test_size, copies, seed):
    test = np.random.default_rng(seed).choice(pictures, test_size, replace=False)
    train = [number for number in range(pictures) if number not in test] * copies
    return [train, sorted(test)]


def parts_global(pictures, test_size, copies, seed):
    np.random.seed(seed)  # noqa: NPY002 - learners do
    order = np.random.permutation(pictures)  # noqa: NPY002
    return [number for number in order[test_size:] for _ in range(copies)], list(order[:test_size])


def parts_of_copies(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(np.repeat(np.arange(pictures), copies))
    return order[test_size:], order[:test_size]


def parts_of_copies_in_proportion(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(np.repeat(np.arange(pictures), copies))
    return order[test_size * copies :], order[: test_size * copies]


def parts_with_everything_in_training(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(pictures)
    return np.repeat(order, copies), order[:test_size]


def parts_with_copies_of_the_test(pictures, test_size, copies, seed):
    train, test = parts_by_hand(pictures, test_size, copies, seed)
    return train, np.repeat(test, copies)


def parts_without_copies(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(pictures)
    return order[test_size:], order[:test_size]


def parts_with_copies_beside(pictures, test_size, copies, seed):
    return parts_by_hand(pictures, test_size, copies + 1, seed)


def parts_exchanged(pictures, test_size, copies, seed):
    return parts_by_hand(pictures, test_size, copies, seed)[::-1]


def parts_of_other_size(pictures, test_size, copies, seed):
    return parts_by_hand(pictures, pictures - test_size, copies, seed)


def parts_never_drawn(pictures, test_size, copies, seed):
    order = np.arange(pictures)
    return np.repeat(order[test_size:], copies), order[:test_size]


def parts_without_seed(pictures, test_size, copies, seed):
    order = np.random.default_rng().permutation(pictures)
    return np.repeat(order[test_size:], copies), order[:test_size]


def parts_with_a_seed_of_their_own(pictures, test_size, copies, seed):
    return parts_by_hand(pictures, test_size, copies, 0)


def parts_drawn_with_repeats(pictures, test_size, copies, seed):
    test = np.random.default_rng(seed).integers(pictures, size=test_size)
    return np.repeat(np.setdiff1d(np.arange(pictures), test), copies), test


def parts_from_one(pictures, test_size, copies, seed):
    return tuple(part + 1 for part in parts_by_hand(pictures, test_size, copies, seed))


def parts_with_numbered_copies(pictures, test_size, copies, seed):
    order = np.random.default_rng(seed).permutation(pictures)
    train = np.concatenate([order[test_size:] + pictures * copy for copy in range(copies)])
    return train, order[:test_size]


def parts_with_some_left_out(pictures, test_size, copies, seed):
    train, test = parts_by_hand(pictures, test_size, copies, seed)
    return train[: pictures - test_size], test


def parts_in_one(pictures, test_size, copies, seed):
    return parts_by_hand(pictures, test_size, copies, seed)[1]


def parts_forgotten(pictures, test_size, copies, seed):
    split = parts_by_hand(pictures, test_size, copies, seed)
    print(split)


# --- 4.11: one answer from several copies ---


def answers_by_loops(probabilities):
    copies, pictures, classes = np.shape(probabilities)
    names = []
    for picture in range(pictures):
        means = [sum(probabilities[copy][picture][name] for copy in range(copies)) / copies for name in range(classes)]
        names.append(means.index(max(means)))
    return names


def answers_by_sum(probabilities):
    return np.sum(probabilities, axis=0).argmax(-1)


def answers_by_vote(probabilities):
    votes = np.argmax(probabilities, axis=2)
    return [np.bincount(votes[:, picture]).argmax() for picture in range(votes.shape[1])]


def answers_by_mode(probabilities):
    votes = np.argmax(probabilities, axis=2)
    return [statistics.mode(votes[:, picture].tolist()) for picture in range(votes.shape[1])]


def answers_by_mean_name(probabilities):
    return np.argmax(probabilities, axis=2).mean(axis=0)


def answers_by_rounded_mean_name(probabilities):
    return np.round(np.argmax(probabilities, axis=2).mean(axis=0)).astype(int)


def answers_over_pictures(probabilities):
    return np.mean(probabilities, axis=1).argmax(axis=1)


def answers_over_classes(probabilities):
    return np.mean(probabilities, axis=2).argmax(axis=0)


def answers_over_all(probabilities):
    return np.mean(probabilities, axis=(0, 1)).argmax()


def answers_of_the_first_copy(probabilities):
    return np.argmax(probabilities[0], axis=1)


def answers_of_the_surest(probabilities):
    return np.max(probabilities, axis=0).argmax(axis=1)


def answers_by_product(probabilities):
    return np.prod(probabilities, axis=0).argmax(axis=1)


def answers_as_probabilities(probabilities):
    return np.mean(probabilities, axis=0)


def answers_as_largest(probabilities):
    return np.mean(probabilities, axis=0).max(axis=1)


def answers_of_each_copy(probabilities):
    return np.argmax(probabilities, axis=2)


def answers_from_one(probabilities):
    return answers_by_sum(probabilities) + 1


# --- 4.13: what is left of the throughput ---


def left_with_a_warm_up(plain, augmented, clock, rounds):
    plain(), augmented()
    first, second = [], []
    for _ in range(rounds):
        start = clock()
        plain()
        middle = clock()
        augmented()
        end = clock()
        first.append(middle - start)
        second.append(end - middle)
    return statistics.median(first) / statistics.median(second)


def left_the_other_one_first(plain, augmented, clock, rounds):
    seconds = np.zeros((rounds, 2))
    for row in seconds:
        for column, step in ((1, augmented), (0, plain)):
            start = clock()
            step()
            row[column] = clock() - start
    before, after = np.median(seconds, axis=0)
    return before / after


def left_as_given(plain, augmented, clock, rounds):
    seconds = [[], []]
    for _ in range(rounds):
        for times, step in zip(seconds, (plain, augmented), strict=True):
            started = clock()
            step()
            times.append(clock() - started)
    return np.mean(seconds[1]) / np.mean(seconds[0])


def left_by_means(plain, augmented, clock, rounds):
    return 1 / left_as_given(plain, augmented, clock, rounds)


def left_by_means_after_a_warm_up(plain, augmented, clock, rounds):
    plain()
    augmented()
    return left_by_means(plain, augmented, clock, rounds)


def left_upside_down(plain, augmented, clock, rounds):
    return 1 / left_with_a_warm_up(plain, augmented, clock, rounds)


def left_one_after_the_other(plain, augmented, clock, rounds):
    medians = []
    for step in (plain, augmented):
        step()
        seconds = []
        for _ in range(rounds):
            started = clock()
            step()
            seconds.append(clock() - started)
        medians.append(np.median(seconds))
    return medians[0] / medians[1]


def left_in_one_go(plain, augmented, clock, rounds):
    sums = []
    for step in (plain, augmented):
        started = clock()
        for _ in range(rounds):
            step()
        sums.append(clock() - started)
    return sums[0] / sums[1]


def left_as_what_is_lost(plain, augmented, clock, rounds):
    return 1 - left_with_a_warm_up(plain, augmented, clock, rounds)


def left_as_seconds(plain, augmented, clock, rounds):
    seconds = [[], []]
    for _ in range(rounds):
        for times, step in zip(seconds, (plain, augmented), strict=True):
            started = clock()
            step()
            times.append(clock() - started)
    return np.median(seconds[1]) - np.median(seconds[0])


def left_as_extra_time(plain, augmented, clock, rounds):
    return 1 / left_with_a_warm_up(plain, augmented, clock, rounds) - 1


def left_by_the_first_round(plain, augmented, clock, rounds):
    return left_by_means(plain, augmented, clock, 1)


def left_without_a_call(plain, augmented, clock, rounds):
    start = clock()
    plain  # noqa: B018 - learners forget the brackets
    middle = clock()
    augmented  # noqa: B018
    end = clock()
    return (middle - start) / (end - middle)


RIGHT = {
    "4.1": [from_by_arrays, from_by_solving, WhereFrom(), functools.partial(from_by_solving)],
    "4.2": [
        Answers((DOUBLED, BACK)),
        Answers((np.array(DOUBLED, float), tuple(BACK))),
        Answers((np.reshape(DOUBLED, (2, 2)), np.reshape(BACK, (2, 2, 1)))),
    ],
    "4.3": [brighter_by_broadcasting, brighter_in_floats, brighter_in_lists],
    "4.4": [cut_by_a_mask, cut_in_a_list, cut_by_counting],
    "4.5": [{"a", "d", "f"}, "adf", "F, d, a", ["a", "d", "f"]],
    "4.6": [EFFECTS, {name: word.upper() for name, word in reversed(EFFECTS.items())}],
    "4.7": [SETTINGS, SETTINGS | {"degrees": -36.0, "upside_down": np.float32(0.5)}, SETTINGS | {"degrees": [36]}],
    "4.8": [{"b", "d", "e"}, "bde", "e, d, b", ("B", "D", "E")],
    "4.9": [parts_by_hand, parts_by_choice, parts_global, functools.partial(parts_by_hand)],
    "4.10": [{"a", "c"}, "ac", "c, a", ("A", "C")],
    "4.11": [
        answers_by_loops,
        answers_by_sum,
        lambda p: np.argmax(np.mean(p, 0), 1),
        lambda p: list(answers_by_sum(p)),
    ],
    "4.12": [(0.75 * 0.25 / 80) ** 0.5, 0.048, [0.0484], np.float32(0.0484)],
    "4.13": [left_with_a_warm_up, left_the_other_one_first, lambda *parts: np.array(left_with_a_warm_up(*parts))],
}

WRONG = {
    "4.1": [
        ("forward", from_forward),
        ("shifted forward", from_shifted_forward),
        ("multiplied", from_multiplied),
        ("about the corner", from_about_the_corner),
        ("half the side", from_about_half_the_side),
        ("not back from the middle", from_without_the_way_back),
        ("right on rows", from_with_right_on_rows),
        ("column before row", from_as_column_and_row),
        ("moved before enlarged", from_moved_before_enlarged),
        ("whole pixels", from_in_whole_pixels),
        ("rounded down", from_rounded_down),
        ("kept inside", from_kept_inside),
        ("round the edge", from_the_other_edge),
        ("smallest case", lambda row, column, side, size, right, down: (row, column)),
        ("arguments", lambda row, column: (row, column)),
        ("not a function", (1.0, 1.0)),
    ],
    "4.2": [
        ("not cut", Answers(([-40, 80, 160, 200], BACK))),
        ("multiplied", Answers(([60, 180, 255, 255], BACK))),
        ("multiplied", Answers(([60, 180, 260, 300], BACK))),
        ("wrapped", Answers(([216, 80, 160, 200], BACK))),
        ("about grey", Answers(([0, 52, 132, 172], BACK))),
        ("about grey", Answers(([0, 53, 133, 173], BACK))),
        ("about the median", Answers(([0, 70, 150, 190], BACK))),
        ("other doubled", Answers(([0, 80, 160, 255], BACK))),
        ("four numbers", Answers((0, BACK))),
        ("all comes back", Answers((DOUBLED, [30, 90, 130, 150]))),
        ("about the old mean", Answers((DOUBLED, [50, 90, 130, 150]))),
        ("halved values", Answers((DOUBLED, [0, 40, 80, 100]))),
        ("cut value stays", Answers((DOUBLED, [0, 90, 130, 150]))),
        ("other back", Answers((DOUBLED, [55, 95, 135, 150]))),
        ("unreadable", Answers((DOUBLED, "the same"))),
    ],
    "4.3": [
        ("one draw", brighter_one_draw),
        ("wraps", brighter_wrapping),
        ("wraps", brighter_cut_too_late),
        ("not cut", brighter_not_cut),
        ("not cut", brighter_cut_before),
        ("cut on one side", brighter_cut_above_only),
        ("cut on one side, then wraps", brighter_cut_above_only_and_wrapping),
        ("a draw for each pixel", brighter_each_pixel),
        ("a draw for each value", brighter_each_value),
        ("cut at one", brighter_in_shares),
        ("cut at one", brighter_cut_at_one),
        ("first picture only", brighter_the_first_only),
        ("smallest case", lambda pictures, draw: 255 - pictures),
    ],
    "4.4": [
        ("planned area", cut_with_planned_area),
        ("weights exchanged", cut_with_weights_exchanged),
        ("pictures exchanged", cut_pictures_exchanged),
        ("all exchanged", cut_all_exchanged),
        ("label of the larger", cut_with_the_label_of_the_larger),
        ("first label", cut_with_the_first_label),
        ("half and half", cut_with_half),
        ("mixed up", cut_mixed_up),
        ("left and top", cut_at_left_and_top),
        ("far corner", cut_to_the_far_corner),
        ("corner of the second", cut_with_the_corner_of_the_other),
        ("changes its input", cut_in_place),
        ("no label", cut_without_the_label),
        ("smallest case", cut_by_side_lengths),
    ],
    "4.5": [
        ("chose b", "abdf"),
        ("chose c", {"a", "c"}),
        ("chose e", "adef"),
        ("missing a", "df"),
        ("missing d", ["a", "f"]),
        ("missing f", "a, d"),
    ],
    "4.6": [
        ("names", EFFECTS | {"names": "changes"}),
        ("property of the mirror", EFFECTS | {"gaze": "keeps"}),
        ("gaze", EFFECTS | {"gaze": "never"}),
        ("passport", EFFECTS | {"passport": "keeps"}),
        ("passport", EFFECTS | {"passport": "changes"}),
        ("property of the flip", EFFECTS | {"ships": "never"}),
        ("ships", EFFECTS | {"ships": "changes"}),
        ("hair", EFFECTS | {"hair": "keeps"}),
        ("daylight", EFFECTS | {"daylight": "keeps"}),
        ("lamps", EFFECTS | {"lamps": "changes"}),
        ("words", EFFECTS | {"lamps": "yes"}),
        ("keys", {"names": "keeps"}),
        ("not a dictionary", list(EFFECTS.values())),
    ],
    "4.7": [
        ("degrees as they stand", SETTINGS | {"degrees": 0.1}),
        ("percent as degrees", SETTINGS | {"degrees": 10}),
        ("radians", SETTINGS | {"degrees": 5.73}),
        ("half a circle", SETTINGS | {"degrees": 18}),
        ("other degrees", SETTINGS | {"degrees": 90}),
        ("horizontal only", SETTINGS | {"upside_down": 0}),
        ("two coins", SETTINGS | {"upside_down": 0.25}),
        ("other flips", SETTINGS | {"upside_down": 1}),
        ("percent", SETTINGS | {"upside_down": 50}),
        ("enlarged", SETTINGS | {"eye": 45}),
        ("enlarged", SETTINGS | {"eye": 60}),
        ("halved", SETTINGS | {"eye": 15}),
        ("other eye", SETTINGS | {"eye": 30}),
        ("range of the pictures", SETTINGS | {"added": 0.2}),
        ("other brightness", SETTINGS | {"added": 1}),
        ("a place for each", SETTINGS | {"places": 20}),
        ("all places", SETTINGS | {"places": 289}),
        ("other places", SETTINGS | {"places": 17}),
        ("numbers", SETTINGS | {"degrees": "a tenth"}),
        ("numbers", SETTINGS | {"places": [1, 2]}),
        ("keys", {"degrees": 36}),
        ("not a dictionary", [36, 0.5, 20, 51, 1]),
    ],
    "4.8": [
        ("chose a", "abde"),
        ("chose c", {"b", "c", "d", "e"}),
        ("chose f", "bdef"),
        ("missing b", "d, e"),
        ("missing d", "be"),
        ("missing e", "bd"),
    ],
    "4.9": [
        ("on both sides", parts_of_copies),
        ("on both sides", parts_of_copies_in_proportion),
        ("on both sides", parts_with_everything_in_training),
        ("copies in the test", parts_with_copies_of_the_test),
        ("too few copies", parts_without_copies),
        ("too many copies", parts_with_copies_beside),
        ("exchanged", parts_exchanged),
        ("size of the test", parts_of_other_size),
        ("seed ignored", parts_never_drawn),
        ("seed ignored", parts_with_a_seed_of_their_own),
        ("not repeatable", parts_without_seed),
        ("drawn with repeats", parts_drawn_with_repeats),
        ("other numbers", parts_from_one),
        ("other numbers", parts_with_numbered_copies),
        ("left out", parts_with_some_left_out),
        ("two parts", parts_in_one),
        ("returns nothing", parts_forgotten),
    ],
    "4.10": [
        ("chose b", "abc"),
        ("chose d", {"a", "d"}),
        ("chose e", "ace"),
        ("missing a", "c"),
        ("missing c", "a"),
    ],
    "4.11": [
        ("vote", answers_by_vote),
        ("vote, the earlier one wins", answers_by_mode),
        ("mean of names", answers_by_mean_name),
        ("mean of names, rounded", answers_by_rounded_mean_name),
        ("over the pictures", answers_over_pictures),
        ("over the classes", answers_over_classes),
        ("one for all", answers_over_all),
        ("first copy", answers_of_the_first_copy),
        ("surest copy", answers_of_the_surest),
        ("product", answers_by_product),
        ("probabilities", answers_as_probabilities),
        ("largest probability", answers_as_largest),
        ("each copy", answers_of_each_copy),
        ("counted from one", answers_from_one),
        ("smallest case", lambda probabilities: np.argmin(np.mean(probabilities, axis=0), axis=1)),
    ],
    "4.12": [
        ("copies as pictures", (0.75 * 0.25 / 800) ** 0.5),
        ("copies as pictures", 0.0153),
        ("variance", 0.75 * 0.25 / 80),
        ("variance", 0.0023),
        ("one picture", (0.75 * 0.25) ** 0.5),
        ("ten pictures", (0.75 * 0.25 / 10) ** 0.5),
        ("interval", 1.96 * (0.75 * 0.25 / 80) ** 0.5),
        ("without the share of errors", (0.75 / 80) ** 0.5),
        ("percent", 4.84),
        ("smallest case", 0.3),
    ],
    "4.13": [
        ("mean", left_by_means),
        ("mean after a warm-up", left_by_means_after_a_warm_up),
        ("upside down", left_upside_down),
        ("one after the other", left_one_after_the_other),
        ("in one go", left_in_one_go),
        ("what is lost", left_as_what_is_lost),
        ("extra seconds", left_as_seconds),
        ("extra time", left_as_extra_time),
        ("first round", left_by_the_first_round),
        ("smallest case", lambda plain, augmented, clock, rounds: 0.5),
        ("stops with an error", left_without_a_call),
        ("arguments", lambda plain, augmented: 0.8),
    ],
}
