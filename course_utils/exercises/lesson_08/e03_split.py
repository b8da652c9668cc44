"""8.3: two sides, to mend."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array

# Twenty people with three to seven pictures each, in no order; their numbers are no places in the array.
LABELS = np.random.default_rng(9).permutation(np.repeat(np.arange(500, 560, 3), np.tile([3, 7, 4, 6, 5], 4)))
CALL, OTHER_CALL = "split(labels, 0.25, 5)", "split(labels, 0.25, 12)"


def split(labels, fraction, seed):
    """Return a right answer to 8.3."""
    people = np.random.default_rng(seed).permutation(np.unique(labels))
    kept = np.isin(labels, people[: round(fraction * len(people))])
    return np.flatnonzero(~kept), np.flatnonzero(kept)


def as_given(labels, fraction, seed):
    """Return what the exercise hands out."""
    order = np.random.default_rng(seed).permutation(len(labels))
    cut = round(fraction * len(labels))
    return order[cut:], order[:cut]


def sides_of(deal, seed):
    """Return both sides as sets of places, or nothing if they are not two."""
    shown = f"split(labels, 0.25, {seed}) of {len(LABELS)} pictures of 20 people"
    sides = deal(LABELS, 0.25, seed, shown=shown)
    if not isinstance(sides, (list, tuple)) or len(sides) != 2:
        return []
    return [np.ravel(as_array(side)).tolist() for side in sides]


def people_in(side):
    """Return the people in these pictures."""
    return set(LABELS[np.array(side, dtype=int)].tolist())


def judge_sides(deal):
    """Look at the form, at the people on both sides, at their number, and at the draws."""
    sides = sides_of(deal, 5)
    if not sides:
        yield "two sides"
    if any(len(side) == len(LABELS) and set(side) <= {0, 1} for side in sides):
        yield "masks", [CALL, "gives a side with one 0 or 1 for each picture"]
    if not set(sides[0] + sides[1]) <= set(range(len(LABELS))):
        yield "not places", [CALL, f"gives numbers other than 0 to {len(LABELS) - 1}"]
    if len(set(sides[0] + sides[1])) < len(sides[0] + sides[1]):
        yield "picture twice", [CALL, "gives a picture twice"]
    training, development = map(people_in, sides)
    if training & development:
        yield "people on both sides", [CALL, f"gives {len(training & development)} people on both sides"]
    if len(sides[0] + sides[1]) < len(LABELS):
        yield "left out", [CALL, "gives sides that do not hold all pictures"]
    if len(development) == 15:
        yield "exchanged", [CALL, "gives 15 of 20 people for development"]
    if len(development) != 5:
        yield "number of people", [CALL, f"gives {len(development)} of 20 people for development"]
    again, other = sides_of(deal, 5), sides_of(deal, 12)
    if not again or people_in(again[1]) != development:
        yield "not repeatable", [CALL, "gives other people when it is called again"]
    if other and people_in(other[1]) == development:
        yield "not drawn", [f"{CALL} and {OTHER_CALL}", "give the same people for development"]


exercise = Custom(judge_sides, call="split", reference=split, given=as_given, tried=(LABELS, 0.25, 5))
