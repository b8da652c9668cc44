"""6.13: new pictures, new people, to design."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array

# Thirty people with six to nine pictures each, in no order; their numbers are neither 0, 1, 2 nor places in the array.
LABELS = np.random.default_rng(6).permutation(np.repeat(np.arange(400, 490, 3), np.tile([6, 9, 7, 8, 7], 6)))
PICTURES = len(LABELS)
CALL, OTHER_CALL = "deal_people(labels, 10, 2, 5)", "deal_people(labels, 10, 2, 12)"


def deal_people(labels, new_people, test_pictures, seed):
    """Return a right answer to 6.13."""
    random = np.random.default_rng(seed)
    people = random.permutation(np.unique(labels))
    new = np.isin(labels, people[:new_people])
    known = np.zeros(len(labels), dtype=bool)
    for person in people[new_people:]:
        known[random.permutation(np.flatnonzero(labels == person))[:test_pictures]] = True
    return np.flatnonzero(~known & ~new), np.flatnonzero(known), np.flatnonzero(new)


def parts_of(deal, seed):
    """Return the three parts, or nothing if they are not three."""
    shown = f"deal_people(labels, 10, 2, {seed}) of {PICTURES} pictures of 30 people"
    parts = deal(LABELS, 10, 2, seed, shown=shown)
    is_three = isinstance(parts, (list, tuple)) and len(parts) == 3
    return [np.ravel(as_array(part)) for part in parts] if is_three else []


def people_in(part):
    """Return the people in these pictures."""
    return set(LABELS[part.astype(int)].tolist())


def judge_people(deal):
    """Look at the form, at what the parts share, at each part, and at the draws."""
    parts = parts_of(deal, 5)
    if not parts:
        yield "three parts"
    if any(len(part) == PICTURES and np.isin(part, (0, 1)).all() for part in parts):
        yield "masks", [CALL, "gives a part with one 0 or 1 for each picture"]
    if any(len(part) == 0 for part in parts):
        yield "empty part", [CALL, "gives an empty part"]
    dealt = np.concatenate(parts)
    if not np.isin(dealt, np.arange(PICTURES)).all():
        if np.isin(dealt, LABELS).all():
            yield "people in place of pictures", [CALL, "gives numbers of people"]
        yield "other numbers", [CALL, f"gives numbers other than 0 to {PICTURES - 1}"]
    train, known, new = parts
    trained, tested, strangers = map(people_in, parts)
    if not trained & tested and trained == strangers:
        yield "known and new exchanged", [CALL, "gives a second part with people who are not in the first"]
    if np.intersect1d(train, known).size:
        yield "pictures on both sides", [CALL, "gives the same picture to train on and to test with"]
    if strangers & (trained | tested):
        yield "people on both sides", [CALL, "gives a person in new who is in train or known, too"]
    if any(len(np.unique(part)) < len(part) for part in parts):
        yield "drawn with repeats", [CALL, "gives a picture twice in one part"]
    if len(strangers) != 10:
        yield "number of new people", [CALL, f"gives {len(strangers)} new people"]
    if len(new) < np.isin(LABELS, list(strangers)).sum():
        yield "pictures of new people left out", [CALL, "leaves out pictures of new people"]
    numbers = [np.sum(LABELS[known.astype(int)] == person) for person in set(LABELS.tolist()) - strangers]
    if set(numbers) != {2}:
        case = f"gives {min(numbers)} to {max(numbers)} test pictures of each known person"
        yield "number of test pictures", [CALL, case]
    if len(dealt) < PICTURES:
        yield "left out", [CALL, "gives parts that do not hold all pictures"]
    if [set(part.tolist()) for part in parts_of(deal, 5)] != [set(part.tolist()) for part in parts]:
        yield "not repeatable", [CALL, "gives other parts when it is called again"]
    yield from judge_draws(known, strangers, parts_of(deal, 12))


def judge_draws(known, strangers, other_parts):
    """Compare with the parts of another seed."""
    calls = f"{CALL} and {OTHER_CALL}"
    if not other_parts or people_in(other_parts[2]) == strangers:
        yield "people not drawn", [calls, "give the same new people"]
    shared = people_in(known) & people_in(other_parts[1])
    drawn = [{place for place in part.tolist() if LABELS[int(place)] in shared} for part in (known, other_parts[1])]
    if drawn[0] == drawn[1]:
        yield "pictures not drawn", [calls, "give the same test pictures of those who are known in both"]


exercise = Custom(judge_people, call="deal_people", reference=deal_people)
