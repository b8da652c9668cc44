"""Exercises of lesson 05, the full pipeline."""

from __future__ import annotations

import itertools

import numpy as np

from course_utils.checks.forms import Case, Choice, Custom, Function, Mistake, Value, words_of
from course_utils.checks.values import as_array, show

# --- 5.1: a log to read ---

log = Choice(
    "5.1",
    options="abcdef",
    right="bcd",
    chosen={
        "a": "what does the first line of the log say about the pictures?",
        "e": "the score of the network does not stand alone in this log. What stands beside it?",
        "f": "what does the last line of the log say about the network that is read back?",
    },
    missing={
        "b": "one part is still missing. An undecided network starts with a loss of log 2. What makes it start so "
        "far from that? Section 3 of the lesson computes it by hand.",
        "c": "one part is still missing. For which of the test pictures has the network been told the answer?",
        "d": "one part is still missing. Two lines of the log count right answers: of one program, on the same "
        "pictures. Do they agree?",
    },
    explanation="Each of the three raises no error, and each makes the numbers worth less.",
)

# --- 5.2: a new order in every epoch ---


def epoch_orders(pictures, epochs, seed):
    """Return a right answer to 5.2."""
    random = np.random.default_rng(seed)
    return np.array([random.permutation(pictures) for _ in range(epochs)])


def judge_orders(orders_of):
    """Look at the shape, at each row, at neighbouring rows, and at two calls.

    Twenty pictures, so that what is drawn without a seed gets the same feedback every time: among fewer, two random
    orders are now and then equal.
    """
    small = as_array(orders_of(4, 3, 0))
    if small.shape != (3, 4):
        yield "shape", ["epoch_orders(4, 3, 0)", f"gives an array of shape {small.shape}"]
    orders = as_array(orders_of(20, 3, 5))
    if any(len(np.unique(row)) < 20 for row in orders):
        yield "repeats", ["epoch_orders(20, 3, 5)", "gives a row in which a number stands twice"]
    if orders.min() == 1 and orders.max() == 20:
        yield "numbered from one", ["epoch_orders(20, 3, 5)", "gives numbers from 1 to 20"]
    if not np.array_equal(np.sort(orders, axis=1), np.tile(np.arange(20), (3, 1))):
        yield "other numbers", ["epoch_orders(20, 3, 5)", "gives numbers other than 0 to 19"]
    if any(np.array_equal(row, following) for row, following in itertools.pairwise(orders)):
        yield "one order", ["epoch_orders(20, 3, 5)", "gives two equal rows"]
    if not np.array_equal(orders, as_array(orders_of(20, 3, 5))):
        yield "not repeatable", ["epoch_orders(20, 3, 5)", "gives other orders when it is called again"]
    if np.array_equal(orders, as_array(orders_of(20, 3, 12))):
        yield "seed ignored", ["epoch_orders(20, 3, 5) and epoch_orders(20, 3, 12)", "give the same orders"]


orders = Custom(
    "5.2",
    judge_orders,
    call="epoch_orders",
    reference=epoch_orders,
    hints={
        "shape": "there is one row for each epoch, and in it one number for each picture.",
        "repeats": "in each epoch every picture is shown once. Here some come twice, so others are left out. "
        "Does the draw put back what it has drawn?",
        "numbered from one": "the numbers are positions in an array, and Python counts these from another number on.",
        "other numbers": "each row holds the position of each picture, once.",
        "one order": "the network sees the pictures in the same order in two epochs. That is what Keras does in "
        "section 5 of the lesson. How often, and where, is your sequence of random numbers started?",
        "not repeatable": "nobody can repeat this run, you included. What is the argument `seed` for?",
        "seed ignored": "two seeds give the same orders, so five runs would be one run made five times. "
        "Follow the argument `seed` through your code.",
    },
    explanation="A generator that is started once, before the first epoch, goes on through all of them.",
)

# --- 5.3: one picture for predict ---


def prepare(picture):
    """Return a right answer to 5.3."""
    return picture[np.newaxis] / 255


def prepare_as_given(picture):
    """Return what the function of 5.3 returns before it is mended."""
    batch = picture[:, np.newaxis]
    return batch / batch.max()


def _picture(*values, shape):
    return np.array(values, dtype="uint8").reshape(shape)


one_picture = Function(
    "5.3",
    call="prepare",
    reference=prepare,
    given=prepare_as_given,
    cases=[
        (_picture(51, 102, 204, shape=(1, 1, 3)),),
        (_picture(0, 51, 255, 102, 204, 153, shape=(2, 1, 3)),),
        (_picture(*range(0, 180, 10), shape=(2, 3, 3)),),
        Case(np.zeros((2, 2, 3), dtype="uint8"), shown="prepare(...) of a black picture, of shape (2, 2, 3)"),
    ],
    mistakes=[
        Mistake(
            "its own maximum",
            lambda picture: picture[np.newaxis] / picture.max(),
            "the shape is right now. And what becomes of a dark picture, whose brightest pixel is 51? In training, all "
            "pictures were divided by one number.",
        ),
        Mistake(
            "axis in the wrong place",
            lambda picture: picture[:, np.newaxis] / 255,
            "the values are right now. Print the shape for a picture of 2 x 3 pixels: which axis counts the pictures?",
        ),
        Mistake(
            "whole numbers",
            lambda picture: picture[np.newaxis] // 255,
            "nearly all values come out as 0: fractions are lost on the way. Which operation, or type, drops them?",
        ),
        Mistake(
            "no batch",
            lambda picture: picture / 255,
            "the values are right. `predict` wants a batch, even of one picture: how many axes does a batch have?",
        ),
        Mistake(
            "axis at the end",
            lambda picture: picture[..., np.newaxis] / 255,
            "the new axis stands after the colours. Which axis of a batch counts the pictures?",
        ),
        Mistake(
            "256",
            lambda picture: picture[np.newaxis] / 256,
            "a white pixel does not come out as 1. What is the largest value of a `uint8`?",
        ),
        Mistake(
            "standardised",
            lambda picture: (picture[np.newaxis] - picture.mean()) / picture.std(),
            "this gives each picture the mean 0 and the spread 1. The network was trained on something else: read the "
            "docstring for the range.",
        ),
        Mistake(
            "around zero",
            lambda picture: picture[np.newaxis] / 127.5 - 1,
            "a black pixel comes out below zero. Read the docstring for the range.",
        ),
        Mistake(
            "stretched",
            lambda picture: (picture[np.newaxis] - picture.min()) / np.ptp(picture).astype(float),
            "the darkest pixel of any picture comes out black and the brightest white, so a dim photograph and a "
            "bright one become alike. Which number was the same for all pictures in training?",
        ),
        Mistake(
            "not scaled",
            lambda picture: picture[np.newaxis].astype(float),
            "the shape is right. And the values: from what to what does the network expect them?",
        ),
    ],
    explanation="Neither fault raises an error, and a picture with a white pixel in it hides one of them.",
)

# --- 5.4: the same answer tomorrow ---


def judge_reloaded(before, after, single):
    """Compare the predictions before and after saving; no numbers are shown, for they differ between machines."""
    before, after, single = (np.ravel(as_array(part)) for part in (before, after, single))
    if len(before) < 2 or not ((before > 0) & (before < 1)).all():
        yield "before is another"
    if after.shape != before.shape:
        yield "not one for each"
    elif np.isin(after, (0, 1)).all():
        yield "answers, not probabilities"
    elif not np.allclose(after, before, atol=1e-4):
        yield "another network"
    if single.shape != (1,):
        yield "more than one"
    elif not np.allclose(single, before[:1], atol=1e-4):
        yield "another picture"


_BEFORE = np.linspace(0.03, 0.97, 30).reshape(30, 1)

reloaded = Custom(
    "5.4",
    judge_reloaded,
    answers=3,
    right=[(_BEFORE, _BEFORE, _BEFORE[:1])],
    hints={
        "before is another": "`before` is not what the cell above keeps there. Run that cell again, and leave `before` "
        "as it is.",
        "not one for each": "`after` does not have one probability for each test picture. Evaluating gives a loss and "
        "an accuracy; here the network is asked for its answers.",
        "answers, not probabilities": "`after` holds yes-or-no answers. Keep the probabilities: that both networks "
        "stand on the same side of a threshold does not show that they are the same.",
        "another network": "`after` differs from `before`. Does the network come from the file, with all its weights? "
        "And do its pictures come as they are, without a second scaling?",
        "more than one": "`single` holds more than one number. It is the answer for one picture: how many pictures "
        "are in the batch?",
        "another picture": "`single` is not what the network said about the first test picture before. Which picture "
        "is in the batch, and does it come as it is?",
    },
    explanation="The file holds layers, weights and scaling, so whoever loads it needs none of your code.",
)

# --- 5.5: a confusion table where faces are rare ---

alarm = Value(
    "5.5",
    answer=28 / 76,
    atol=0.004,
    rtol=0,
    mistakes=[
        Mistake(
            "share of faces found",
            28 / 40,
            "this is the share of *faces* that are called a face. The question begins at the other end: a window is "
            "called a face. Is that a row of the table, or a column?",
        ),
        Mistake(
            "accuracy",
            940 / 1000,
            "this is the accuracy, over all windows. The question is about those windows only that are called a face.",
        ),
        Mistake(
            "complement of false alarms",
            1 - 48 / 960,
            "this says how often *background* is recognised as background. Compare two counts: how many alarms are "
            "false, and how many are true?",
        ),
        Mistake(
            "false alarms among background",
            48 / 960,
            "this is the share of background that is called a face. The question is about what is called a face.",
        ),
        Mistake(
            "ratio to false alarms",
            28 / 48,
            "you divide the true alarms by the false ones. A share is a part of the whole: how many alarms are there "
            "in all?",
        ),
        Mistake(
            "share of all windows",
            28 / 1000,
            "you divide by all windows. Among which windows does the question look?",
        ),
        Mistake(
            "share of wrong alarms",
            48 / 76,
            "you look at the right windows. Is this the share that are faces, or the share that are not?",
        ),
    ],
    otherwise="make the question small: an alarm rings five times, and once it is right. Then a ring is right with "
    "probability one fifth. Which cells of the table are rings?",
    explanation="The network errs on one background window in twenty, and yet most of what it calls a face is none: "
    "faces are rare here.",
)

# --- 5.6: learning curves ---

curves = Choice(
    "5.6",
    options="abcd",
    right="ac",
    chosen={
        "b": "one of your statements does not hold. How many of the 30 pictures lie between the two accuracies? "
        "Section 8 of the lesson has an interval for so few.",
        "d": "one of your statements does not hold. Follow the dashed line of the loss over the last five epochs: "
        "where is it going?",
    },
    missing={
        "a": "one more statement holds. Compare where the two losses go after the sixth epoch: on which pictures does "
        "the network still get better?",
        "c": "one more statement holds. Read again at the end of section 7 of the lesson when the training value is "
        "measured, and what is switched on meanwhile.",
    },
    explanation="Lesson 06 asks what to do when the curves part.",
)

# --- 5.7: is the network better? ---


def gap_interval(network, simple):
    """Return a right answer to 5.7."""
    gaps = _gaps(network, simple)
    return _interval(gaps, _error(gaps))


def _gaps(network, simple):
    return np.asarray(network) - np.asarray(simple)


def _error(values):
    return np.std(values, ddof=1) / np.sqrt(len(values))


def _interval(values, error, factor=None):
    """Return the mean of values and the bounds by Student's t (as `metrics.mean_interval`), or by a given factor."""
    from scipy.special import stdtrit  # scipy.stats has the same, and takes a second to import

    factor = stdtrit(len(values) - 1, 0.975) if factor is None else factor
    mean = float(np.mean(values))
    return mean, mean - factor * error, mean + factor * error


def gap_of_bounds(network, simple):
    """Subtract the intervals bound by bound."""
    first, second = (_interval(values, _error(values)) for values in (network, simple))
    return tuple(np.subtract(first, second))


def gap_of_outer_bounds(network, simple):
    """Let each method err to its own side."""
    first, second = (_interval(values, _error(values)) for values in (network, simple))
    return first[0] - second[0], first[1] - second[2], first[2] - second[1]


gap = Function(
    "5.7",
    call="gap_interval",
    reference=gap_interval,
    cases=[
        ([0.9, 0.8], [0.7, 0.7]),
        ([0.9, 0.8, 0.7], [0.8, 0.9, 0.5]),
        ([0.70, 0.80, 0.90, 0.75, 0.85], [0.68, 0.77, 0.88, 0.72, 0.84]),
        (np.array([0.6, 0.9, 0.7, 0.8]), np.array([0.7, 0.9, 0.8, 0.6])),
    ],
    mistakes=[
        Mistake(
            "difference of the bounds",
            gap_of_bounds,
            "you subtract two intervals, bound by bound. Where both methods vary alike from seed to seed, that gives "
            "an interval of no width, whatever the differences do. What is the difference in *one* seed?",
        ),
        Mistake(
            "two separate intervals",
            gap_of_outer_bounds,
            "you take an interval for each method and combine them. Seeds that are hard for both make each interval "
            "wide, and say nothing about the gap. How many gaps do you have, one for each seed?",
        ),
        Mistake(
            "not paired",
            lambda network, simple: _interval(
                _gaps(network, simple), np.sqrt(_error(network) ** 2 + _error(simple) ** 2)
            ),
            "you treat the two rows as if they came from different splits. In each seed both methods met the same "
            "pictures: use that.",
        ),
        Mistake(
            "the other way round",
            lambda network, simple: gap_interval(simple, network),
            "the sign is the other way round: the gap is positive where the network is better.",
        ),
        Mistake(
            "without signs",
            lambda network, simple: _interval(np.abs(_gaps(network, simple)), _error(np.abs(_gaps(network, simple)))),
            "without the signs, a seed that the network loses counts like one that it wins.",
        ),
        Mistake(
            "one method only",
            lambda network, simple: _interval(network, _error(network)),
            "this is the interval of the network alone. Where does the other method come in?",
        ),
        Mistake(
            "normal instead of t",
            lambda network, simple: _interval(_gaps(network, simple), _error(_gaps(network, simple)), 1.96),
            "the bounds are those of very many runs. With few, the spread itself is uncertain: which distribution did "
            "section 9 of the lesson use?",
        ),
        Mistake(
            "spread of one run",
            lambda network, simple: _interval(_gaps(network, simple), np.std(_gaps(network, simple), ddof=1)),
            "these bounds are for one more run. Those of the *mean* come closer together as runs are added.",
        ),
        Mistake(
            "divided by n",
            lambda network, simple: _interval(
                _gaps(network, simple), np.std(_gaps(network, simple)) / np.sqrt(len(network))
            ),
            "the interval is a little too narrow. The mean was taken from the same runs: by what is the sum of squares "
            "divided then?",
        ),
        Mistake(
            "without the mean",
            lambda network, simple: gap_interval(network, simple)[1:],
            "two of the three numbers are there. Which one does the docstring name first?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. What is the gap in each seed?",
    explanation="Pairing takes out what both methods share, so five seeds can show a small gap.",
)

# --- 5.8: three questions ---

QUESTIONS = ("face", "who", "same")
USES = {"camera": "face", "phone": "same", "school": "who", "passport": "same", "door": "same"}


def judge_uses(uses):
    """Look at the words, then at one use after the other."""
    said = yield from words_of(uses, USES, QUESTIONS)
    for use, question in USES.items():
        if said[use] != question:
            yield use, [f"uses[{show(use)}] = {show(said[use])}"]


uses = Custom(
    "5.8",
    judge_uses,
    right=[(USES,)],
    hints={
        "not a dictionary": "keep the dictionary `uses` as it is, and put words in place of the dots.",
        "keys": "the dictionary has the five uses as its keys: camera, phone, school, passport, door.",
        "words": 'each use gets one of the three words: "face", "who" or "same".',
        "camera": "does the camera need to know anything about the person?",
        "phone": "how many people does the phone know? And what must it say to everybody else?",
        "school": "here a name is wanted, and the list of names is complete.",
        "passport": "the traveller claims to be somebody. How many pictures are compared at the gate?",
        "door": "a network with one output for each name has none for whom it met later, and none for nobody. Which of "
        "the three questions can be asked about somebody whom no network was trained on?",
    },
    explanation="Whoever enrols tomorrow, or is a stranger, is compared by description and threshold: lesson 08.",
)

EXERCISES = [log, orders, one_picture, reloaded, alarm, curves, gap, uses]
