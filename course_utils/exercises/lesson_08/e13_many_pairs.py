"""8.13: one person, many pairs, to mend."""

import itertools

import numpy as np

from course_utils import metrics
from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array

# Nine people: one has 20 pictures, the others 1 to 6, in no order.
LABELS = np.random.default_rng(8).permutation(np.repeat(np.arange(300, 390, 10), [20, 1, 2, 3, 6, 2, 4, 3, 5]))
MOST = 4
CALL, OTHER_CALL = f"draw_pairs(labels, {MOST}, 5)", f"draw_pairs(labels, {MOST}, 12)"


def draw_pairs(labels, most, seed):
    """Return a right answer to 8.13."""
    random = np.random.default_rng(seed)
    drawn = []
    for person in np.unique(labels):
        pairs = list(itertools.combinations(np.flatnonzero(labels == person), 2))
        drawn += [pairs[place] for place in random.permutation(len(pairs))[:most]]
    return np.transpose(drawn)


def as_given(labels, most, seed):
    """Return what the exercise hands out."""
    random = np.random.default_rng(seed)
    first, second, mated = metrics.all_pairs(labels)
    drawn = random.permutation(np.flatnonzero(mated))[: most * len(np.unique(labels))]
    return first[drawn], second[drawn]


def pairs_of(draw, seed):
    """Return the pairs as an array (n, 2), or nothing if the answer is not made of two equally long rows."""
    parts = draw(LABELS, MOST, seed, shown=f"draw_pairs(labels, {MOST}, {seed}) of {len(LABELS)} pictures of 9 people")
    parts = list(parts) if isinstance(parts, tuple) else parts
    places = as_array(parts)
    return np.sort(places.T, axis=1) if places.ndim == 2 and len(places) == 2 else None


def judge_pairs(draw):
    """Look at the form, at each pair, at the number of pairs of each person, and at the draws."""
    pairs = pairs_of(draw, 5)
    if pairs is None:
        yield "two rows"
    if not np.isin(pairs, np.arange(len(LABELS))).all():
        yield "not places", [CALL, f"gives numbers other than 0 to {len(LABELS) - 1}"]
    pairs = pairs.astype(int)
    if (LABELS[pairs[:, 0]] != LABELS[pairs[:, 1]]).any():
        yield "two people in a pair", [CALL, "gives a pair of pictures of two people"]
    if (pairs[:, 0] == pairs[:, 1]).any():
        yield "picture with itself", [CALL, "gives a pair of a picture and the same picture"]
    if len(np.unique(pairs, axis=0)) < len(pairs):
        yield "same pair twice", [CALL, "gives a pair twice, perhaps the other way round"]
    people, numbers = np.unique(LABELS, return_counts=True)
    counts = np.array([(LABELS[pairs[:, 0]] == person).sum() for person in people])
    allowed = np.minimum(numbers * (numbers - 1) // 2, MOST)
    if (counts > MOST).any():
        case = f"gives {counts.max()} pairs of one person, and {len(pairs)} pairs in all"
        yield "one person dominates", [CALL, case]
    if ((counts == 0) & (allowed > 0)).any():
        yield "person left out", [CALL, "gives no pair of a person who has two pictures or more"]
    if (counts < allowed).any():
        yield "too few pairs", [CALL, f"gives {counts[counts < allowed][0]} pairs of a person who has more"]
    again, other = pairs_of(draw, 5), pairs_of(draw, 12)
    if again is None or not np.array_equal(again, pairs):
        yield "not repeatable", [CALL, "gives other pairs when it is called again"]
    if other is not None and as_set(other) == as_set(pairs):
        yield "not drawn", [f"{CALL} and {OTHER_CALL}", "give the same pairs"]


def as_set(pairs):
    """Return pairs as a set of tuples."""
    return set(map(tuple, pairs.tolist()))


exercise = Custom(judge_pairs, call="draw_pairs", reference=draw_pairs, given=as_given, tried=(LABELS, MOST, 5))
