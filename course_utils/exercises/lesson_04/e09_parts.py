"""4.9: who is tested, and who is copied."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import as_array

CALL = "parts(200, 80, 3, 5)"


def parts(pictures, test_size, copies, seed):
    """Return a right answer to 4.9."""
    order = np.random.default_rng(seed).permutation(pictures)
    return np.repeat(order[test_size:], copies), order[:test_size]


def judge_parts(parts_of):
    """Look at the form, at what both parts share, at each part, and at the draws.

    Two hundred pictures, so that what is drawn without a seed gets the same feedback every time.
    """
    answer = parts_of(200, 80, 3, 5)
    if not (isinstance(answer, (list, tuple)) and len(answer) == 2):
        yield "two parts"
    train, test = (np.ravel(as_array(part)) for part in answer)
    if len(train) == 0 or len(test) == 0 or not np.isin([*train, *test], np.arange(200)).all():
        yield "other numbers", [CALL, "gives numbers other than 0 to 199, or an empty part"]
    if np.intersect1d(train, test).size:
        yield "on both sides", [CALL, "gives parts with pictures in common"]
    yield from judge_sizes(train, test)
    if not np.array_equal(np.unique(test), np.unique(as_array(parts_of(200, 80, 3, 5)[1]))):
        yield "not repeatable", [CALL, "gives another test when it is called again"]
    if np.array_equal(np.unique(test), np.unique(as_array(parts_of(200, 80, 3, 12)[1]))):
        yield "seed ignored", [f"{CALL} and parts(200, 80, 3, 12)", "give the same test"]


def judge_sizes(train, test):
    """Look at how many pictures are on each side, and how often."""
    tested = len(np.unique(test))
    trained, counts = np.unique(train, return_counts=True)
    if len(train) == 80 and tested == 120:
        yield "exchanged", [CALL, "gives 80 pictures to train on"]
    if tested == 80 and len(test) == 240:
        yield "copies in the test", [CALL, "gives a test with 240 entries"]
    if tested < len(test):
        yield "drawn with repeats", [CALL, "gives a test in which a number stands twice"]
    if len(test) != 80:
        yield "size of the test", [CALL, f"gives a test with {len(test)} entries"]
    if len(trained) < 120:
        yield "left out", [CALL, "gives parts that do not hold all pictures"]
    if counts.min() < 3:
        yield "too few copies", [CALL, "gives a picture to train on fewer than three times"]
    if counts.max() > 3:
        yield "too many copies", [CALL, "gives a picture to train on more than three times"]


exercise = Custom(judge_parts, call="parts", reference=parts)
