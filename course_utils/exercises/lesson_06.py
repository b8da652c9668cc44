"""Exercises of lesson 06, overfitting and its remedies."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from course_utils import metrics
from course_utils.checks.forms import Case, Choice, Custom, Function, Mistake, Value, entries_of, numbers_of, words_of
from course_utils.checks.values import Unreadable, as_array, one_number, same, show

# --- 6.1: five pairs of curves ---

DIAGNOSES = {"A": "rate", "B": "overfitting", "C": "leak", "D": "underfitting", "E": "small"}
DIAGNOSIS_WORDS = ("overfitting", "underfitting", "small", "leak", "rate", "early")
_TAKEN_FOR = {
    ("A", "small"): "A jumps on validation",
    ("A", "underfitting"): "A never settles",
    ("B", "small"): "B is smooth",
    ("B", "early"): "B for longer",
    ("C", "overfitting"): "C has another sign",
    ("C", "early"): "C is nearly done",
    ("D", "early"): "D for longer",
    ("D", "overfitting"): "D has no gap",
    ("E", "rate"): "E jumps on one line",
    ("E", "overfitting"): "E has no trend",
    ("E", "early"): "E for longer",
}


def judge_diagnoses(diagnoses):
    """Look at the words, then at one run after the other."""
    said = yield from words_of(diagnoses, DIAGNOSES, DIAGNOSIS_WORDS)
    for run, right in DIAGNOSES.items():
        if said[run] != right:
            yield _TAKEN_FOR.get((run, said[run]), run), [f"diagnoses[{show(run)}] = {show(said[run])}"]


curves = Custom(
    "6.1",
    judge_diagnoses,
    right=[(DIAGNOSES,)],
    hints={
        "not a dictionary": "keep the dictionary `diagnoses` as it is, and put words in place of the dots.",
        "keys": "the dictionary has the five runs as its keys, A to E: keep them as they are.",
        "words": "each run gets one of the six words of the list above, in quotes.",
        "A": "look at A's loss on the *training* pictures, from epoch to epoch. What does each step of the training do "
        "to it?",
        "A jumps on validation": "the validation line of A jumps. So does another line, which no validation picture "
        "can touch. Which one?",
        "A never settles": "A is bad on all pictures. A network that cannot do more settles somewhere. Does A?",
        "B": "follow both losses of B from the fifth epoch on: where does each of them go?",
        "B is smooth": "with few validation pictures, one of them moves the line by a visible step. Is B's line rough?",
        "B for longer": "the training loss of B is near 0, and the validation loss has turned. What would more epochs "
        "do to each?",
        "C": "compare the two lines of C: on which pictures is it better, all the way? When can a network know "
        "validation pictures so well?",
        "C has another sign": "what is the gap of C, accuracy on training less that on validation pictures? Which sign "
        "has it where a network knows its training pictures by heart?",
        "C is nearly done": "C is nearly perfect, so little is left for more epochs. Which of its two lines is the "
        "better one, and is that how it should be?",
        "D": "how good is D on the pictures that it learns from?",
        "D for longer": "how far does the training loss of D come down in its last five epochs? How far would it in "
        "five more?",
        "D has no gap": "how far apart are the two lines of D? And how good is it on the pictures that it learns from?",
        "E": "compare the two lines of E: which one is rough? In which steps does the accuracy move?",
        "E jumps on one line": "a step that is too long throws the training loss up. Look at the training loss of E.",
        "E has no trend": "does the validation loss of E rise, or does it go up and down? How many pictures lie "
        "between two neighbouring accuracies?",
        "E for longer": "E would improve with more epochs, perhaps. Could one tell from this validation line?",
    },
    explanation="Read the training line first: it tells whether the network learns at all; then the distance.",
)

# --- 6.2: three columns ---

TRAINING = {"A": 1.00, "B": 0.84, "C": 0.55, "D": 0.97}
VALIDATION = {"A": 0.70, "B": 0.74, "C": 0.56, "D": 0.77}
TEST = {"A": 0.71, "B": 0.78, "C": 0.55, "D": 0.75}
GAPS = {name: TRAINING[name] - TEST[name] for name in TRAINING}
_OTHER_GAPS = {
    "negative gap": {name: TEST[name] - TRAINING[name] for name in TEST},
    "gap to validation": {name: TRAINING[name] - VALIDATION[name] for name in TEST},
    "ratio": {name: TRAINING[name] / TEST[name] for name in TEST},
    "share of training": {name: GAPS[name] / TRAINING[name] for name in TEST},
    "errors on the test": {name: 1 - TEST[name] for name in TEST},
    "validation and test": {name: VALIDATION[name] - TEST[name] for name in TEST},
}


def judge_columns(gaps, chosen, reported):
    """Look at the gaps, then at the choice, then at the score."""
    if not isinstance(gaps, dict) or set(gaps) != set(GAPS):
        yield "four gaps"
        return
    said = {name: one_number(gaps[name]) for name in GAPS}
    if None in said.values():
        yield "four gaps"
        return
    for hint, others in _OTHER_GAPS.items():
        if all(math.isclose(said[name], others[name], abs_tol=0.006) for name in GAPS):
            yield hint
    if all(math.isclose(said[name], 100 * GAPS[name], abs_tol=0.6) for name in GAPS):
        yield "percent"
    for name, right in GAPS.items():
        if not math.isclose(said[name], right, abs_tol=0.006):
            yield "other gap", [f"gaps[{show(name)}] = {show(said[name])}"]
    letter = chosen.strip().upper() if isinstance(chosen, str) else ""
    if letter not in GAPS:
        yield "not a network"
    known = {"A": "chosen by training", "B": "chosen by the test", "C": "chosen by the gap"}
    if letter in known:
        yield known[letter]
    score = one_number(reported)
    if score is None:
        yield "one score"
        return
    known = {
        "best test score": TEST["B"],
        "validation score": VALIDATION["D"],
        "training score": TRAINING["D"],
        "mean of two": (VALIDATION["D"] + TEST["D"]) / 2,
        "score in percent": 100 * TEST["D"],
    }
    for hint, number in known.items():
        if math.isclose(score, number, abs_tol=0.001):
            yield hint
    if not math.isclose(score, TEST["D"], abs_tol=0.001):
        yield "other score"


columns = Custom(
    "6.2",
    judge_columns,
    answers=3,
    right=[(GAPS, "D", 0.75)],
    hints={
        "four gaps": "`gaps` is a dictionary with one number for each of A, B, C and D.",
        "negative gap": "these have the other sign. Which of the two accuracies does the lesson's definition name "
        "first?",
        "gap to validation": "these compare with the second column. Which pictures does the lesson's definition of the "
        "gap name?",
        "ratio": "the lesson's gap is a difference, not a quotient.",
        "share of training": "the lesson's gap is the difference itself, not its share of something.",
        "errors on the test": "this is how often each network errs on the test. A network that errs as often on its "
        "training pictures does not overfit: what else enters the gap?",
        "validation and test": "both columns hold pictures that no network has learned from. Which column does the gap "
        "begin with?",
        "percent": "these are numbers of percent; give shares, between 0 and 1.",
        "other gap": "one gap is not it yet. A network right about 0.9 of its training pictures and about 0.8 of the "
        "test pictures has a gap of one tenth.",
        "not a network": "`chosen` is one letter in quotes: the name of a network.",
        "chosen by training": "the gaps are right. A network is best on what it has learned by heart: which column "
        "tells most about other pictures, and may be looked at before the choice?",
        "chosen by the test": "the gaps are right. This network has the best score on the test. Who chooses by the "
        "test has used it up: which column is there for choosing?",
        "chosen by the gap": "the gaps are right. This network has the smallest, and is as bad on new pictures as on "
        "its own. Is a small gap what one wants in the end?",
        "one score": "`reported` is one number: the score that you may give to somebody who asks how good the network "
        "is.",
        "best test score": "gaps and choice are right. The score is that of another network. How does yours do on the "
        "test?",
        "validation score": "gaps and choice are right. This number was the largest of four, and was chosen for that. "
        "Which number of your network had no part in the choice?",
        "training score": "gaps and choice are right. This is how good it is on pictures that it has learned from. Who "
        "asks how good it is wants to know about others.",
        "mean of two": "gaps and choice are right. Half of this mean is a number that was chosen because it is large. "
        "Which number had no part in the choice?",
        "score in percent": "this is a number of percent; give a share, between 0 and 1.",
        "other score": "gaps and choice are right. In the row of your network, which number had no part in training "
        "and none in the choice?",
    },
    explanation="The gap describes; validation pictures choose; the test speaks once, for the chosen one.",
)

# --- 6.3: coins ---

coins = Choice(
    "6.3",
    options="abcdef",
    right="abe",
    chosen={
        "c": "one of your statements does not hold. The same network was also trained on the true labels. What did it "
        "do on other pictures then?",
        "d": "one of your statements does not hold. Somebody guesses 60 times. Between which numbers of right answers "
        "does that end, nineteen times of twenty?",
        "f": "one of your statements does not hold. What can a validation picture tell about a coin that was tossed "
        "for another picture?",
    },
    missing={
        "a": "one more statement holds. Whatever the coins say, it learned them. What does that tell about the number "
        "of different answers that it could learn?",
        "b": "one more statement holds. Here the accuracy on training pictures was perfect, and was there anything to "
        "learn?",
        "e": "one more statement holds. If a coin decides a label again, how often does it hit upon the true one?",
    },
    explanation="It proves that the capacity is there, and neither that it does harm nor that it does not.",
)

# --- 6.4: which layer went? ---


def _dense(inputs: int, units: int, biases: bool = True) -> int:
    return inputs * units + units * biases


def _count(
    network: str, biases=True, same_padding=False, round_up=False, pooling_stays=False, per_channel=True, last=True
) -> int:
    """Count the weights of one of the three networks of 6.4, or miscount them in a known way."""
    kernel = 3 * 3
    count = _dense(kernel, 16, biases)
    side = 32 if same_padding else 30
    side //= 2
    maps = 16
    if network != "without_second":
        count += _dense(kernel * (16 if per_channel else 1), 32, biases)
        side -= 0 if same_padding else 2
        side, maps = (side + round_up) // 2, 32
    elif pooling_stays:
        side = (side + round_up) // 2
    inputs = maps if network == "average" else side * side * maps
    return count + _dense(inputs, 64, biases) + (_dense(64, 10, biases) if last else 0)


COUNTS = {name: _count(name) for name in ("whole", "without_second", "average")}
_MISCOUNTS = {
    "no biases": {"biases": False},
    "padded": {"same_padding": True},
    "one channel": {"per_channel": False},
    "rounded up": {"round_up": True},
    "pooling stays": {"pooling_stays": True},
    "without the last layer": {"last": False},
}


def judge_counts(counts):
    """Look at the keys, then at one network after the other, first for a known way to miscount it."""
    said = yield from numbers_of(counts, COUNTS)
    for name, right in COUNTS.items():
        if said[name] == right:
            continue
        case = [f"counts[{show(name)}] = {show(said[name])}"]
        for hint, how in _MISCOUNTS.items():
            if said[name] == _count(name, **how):
                yield hint, case
        special = {
            "whole": {"convolutions only": 160 + 4640},
            "without_second": {
                "not grown": COUNTS["whole"] - 4640,
                "channels of the lost layer": 160 + _dense(15 * 15 * 32, 64) + 650,
            },
            "average": {"pixels of one map": 160 + 4640 + _dense(36, 64) + 650, "flat all the same": COUNTS["whole"]},
        }
        for hint, number in special[name].items():
            if said[name] == number:
                yield hint, case
        yield f"other {name.replace('_', ' ')}", case


counts = Custom(
    "6.4",
    judge_counts,
    right=[(COUNTS,)],
    hints={
        "not a dictionary": "keep the dictionary `counts` as it is, and put numbers in place of the dots.",
        "keys": "the dictionary has three networks as its keys: keep them as they are.",
        "numbers": "each network gets one number, without quotes and without commas in it.",
        "no biases": "every kernel and every unit has a number more, which is multiplied with nothing. How many are "
        "these?",
        "padded": "you keep the size of the picture in a convolution. Without padding, in how many places does a "
        "kernel 3 wide fit into a row of 32?",
        "one channel": "a kernel of the second convolution looks at all maps below it. How many numbers is it made of?",
        "rounded up": "a row of 13 is pooled in pairs. What becomes of the number that has no partner?",
        "pooling stays": "you take the convolution away and leave its pooling. The text takes both: what side do the "
        "maps have then?",
        "without the last layer": "one layer is missing. Where do the ten answers come from?",
        "convolutions only": "these are the convolutions. Behind `Flatten` the network goes on.",
        "not grown": "you take the weights of the second convolution off. What does the first dense layer see now, and "
        "how many inputs has it?",
        "channels of the lost layer": "the side of the maps is right. How many maps are there, now that the layer "
        "which made 32 is gone?",
        "pixels of one map": "the mean is taken over each map, not over the maps. How many numbers are left?",
        "flat all the same": "this is the whole network again. How many numbers does the mean of each map leave for "
        "the dense layer?",
        "other whole": "the whole network is not it yet. Write down the shape after each layer. A convolution with 2 "
        "kernels of 3 x 3 on a grey picture has 2 · 9 + 2 weights.",
        "other without second": "the whole network is right. Write down the shape after the first pooling: the dense "
        "layer comes next. How many inputs has it?",
        "other average": "the other two are right. With the mean of each map, how many inputs has the first dense "
        "layer?",
    },
    explanation="A layer less, and about three times the weights: they sit where many numbers meet many units.",
)

# --- 6.5: dropout ---


def dropout(values, draws, rate, training):
    """Return a right answer to 6.5."""
    return np.where(draws < rate, 0.0, values / (1 - rate)) if training else values


def _dropped(in_training: Callable, in_use: Callable = lambda values, draws, rate: values) -> Callable:
    """Return a function like `dropout` that does something else in training, or in use."""

    def drop(values, draws, rate, training):
        return (in_training if training else in_use)(values, draws, rate)

    return drop


def _in_training(values, draws, rate):
    return dropout(values, draws, rate, True)


_SIX = (np.array([1.0, 2, 3, 4, 5, 6]), np.array([0.7, 0.1, 0.25, 0.9, 0.2, 0.5]))

dropping = Function(
    "6.5",
    call="dropout",
    reference=dropout,
    cases=[
        (np.array([3.0]), np.array([0.9]), 0.5, True),
        (np.array([3.0]), np.array([0.1]), 0.5, True),
        (np.array([3.0]), np.array([0.1]), 0.5, False),
        (np.array([3.0, 6.0]), np.array([0.9, 0.1]), 0.25, True),
        (np.array([3.0, 6.0]), np.array([0.9, 0.1]), 0.25, False),
        (*_SIX, 0.25, True),
        (*_SIX, 0.6, True),
        (*_SIX, 0.6, False),
        (np.array([[1.0, -2.0], [3.0, 4.0]]), np.array([[0.3, 0.1], [0.8, 0.15]]), 0.2, True),
    ],
    mistakes=[
        Mistake(
            "not enlarged",
            _dropped(lambda values, draws, rate: np.where(draws < rate, 0.0, values)),
            "the right numbers are left out. On average, what is the sum of the numbers that come out, beside the sum "
            "in use?",
        ),
        Mistake(
            "made smaller",
            _dropped(lambda values, draws, rate: np.where(draws < rate, 0.0, values * (1 - rate))),
            "the right numbers are left out, and the others become smaller, too. Fewer of them are to do the work of "
            "all: what must each of them become?",
        ),
        Mistake(
            "divided by the rate",
            _dropped(lambda values, draws, rate: np.where(draws < rate, 0.0, values / rate)),
            "for a rate of one half this is right, and by chance. If one number of ten is left out, by how much must "
            "the other nine grow?",
        ),
        Mistake(
            "kept share",
            _dropped(lambda values, draws, rate: np.where(draws < rate, values / rate, 0.0)),
            "this takes the rate for the share that is *kept*. With a rate of 0.25, how many numbers of a hundred does "
            "Keras's layer leave out?",
        ),
        Mistake(
            "exchanged",
            _dropped(lambda values, draws, rate: np.where(draws < rate, values / (1 - rate), 0.0)),
            "the numbers that are left have the right size. Are they those that the docstring keeps?",
        ),
        Mistake(
            "made up for in use",
            _dropped(
                lambda values, draws, rate: np.where(draws < rate, 0.0, values),
                lambda values, draws, rate: values * (1 - rate),
            ),
            "this makes up for the lost numbers in use, as the first paper on dropout does. Here nothing must happen "
            "in use: when is it to be made up for, then?",
        ),
        Mistake(
            "in use too",
            _dropped(_in_training, _in_training),
            "in training it is right. What does the argument `training` say about a network in use?",
        ),
        Mistake(
            "enlarged in use",
            _dropped(_in_training, lambda values, draws, rate: values / (1 - rate)),
            "in training it is right. In use nothing is missing: what is there to make up for?",
        ),
        Mistake(
            "training and use exchanged",
            _dropped(lambda values, draws, rate: values, _in_training),
            "what is done is right, and it is done at the other time. When is `training` true?",
        ),
        Mistake(
            "share that was drawn",
            _dropped(
                lambda values, draws, rate: np.where(draws < rate, 0.0, values / max(np.mean(draws >= rate), 1e-9))
            ),
            "you divide by the share that this draw has left over. Keras divides by a number that is known before the "
            "draw: which one?",
        ),
        Mistake(
            "taken out",
            _dropped(lambda values, draws, rate: values[draws >= rate] / (1 - rate)),
            "the numbers are gone, and the shape has changed. The next layer has a weight for each place: what is to "
            "stand in the empty ones?",
        ),
        Mistake(
            "at the rate",
            _dropped(lambda values, draws, rate: np.where(draws <= rate, 0.0, values / (1 - rate))),
            "right, but for a draw that is equal to the rate. Read the docstring again: is it below?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Is the number left out, and if not, what becomes of "
    "it?",
    explanation="What is left over is enlarged in training, so that nothing needs to be done in use.",
)

# --- 6.6: early stopping ---


def stop_early(losses, weights, patience):
    """Return a right answer to 6.6."""
    return _stop(losses, weights, patience)


def _stop(
    losses,
    weights,
    patience,
    better: Callable = lambda losses, epoch, best: losses[epoch] < losses[best],
    late: int = 0,
    stopped: Callable = lambda weights, epoch, best: weights[best],
    ended: Callable | None = None,
    first: int = 1,
    total: bool = False,
):
    """Stop early, or make a known mistake.

    Parameters
    ----------
    better
        Tells whether an epoch counts as progress.
    late
        Epochs that are waited beyond the patience.
    stopped, ended
        Say which weights to give if training stops, and if it comes to its end.
    first
        The number of the first epoch.
    total
        Whether the epochs without progress are counted over the whole training, not in a row.
    """
    best = progress = waited = 0
    for epoch in range(1, len(losses)):
        if better(losses, epoch, best):
            best = progress = epoch
            waited = waited if total else 0
        else:
            waited += 1
            if waited >= patience + late:
                return epoch + first, stopped(weights, epoch, progress)
    return len(losses) - 1 + first, (ended or stopped)(weights, len(losses) - 1, best)


def stop_early_as_given(losses, weights, patience):
    """Return what the function of 6.6 returns before it is mended."""
    return _stop(losses, weights, patience, late=1, stopped=_last)


def _last(weights, epoch, best):
    return weights[epoch]


def _after_the_best(weights, epoch, best):
    return weights[min(best + 1, len(weights) - 1)]


def _better_than_before(losses, epoch, best):
    return losses[epoch] < losses[epoch - 1]


def _best_of_all(losses, weights, patience):
    stopped, _ = _stop(losses, weights, patience)
    return stopped, weights[int(np.argmin(losses))]


def _patient_after_the_best(losses, weights, patience):
    best = int(np.argmin(losses))
    return min(best + 1 + patience, len(losses)), weights[best]


def _first_counted(losses, weights, patience):
    """Count the first epoch as one without progress: no loss is below itself."""
    best = waited = 0
    for epoch, loss in enumerate(losses):
        better = loss < losses[best]
        best, waited = (epoch, 0) if better else (best, waited + 1)
        if waited >= patience:
            return epoch + 1, weights[best]
    return len(losses), weights[best]


def _numbered(losses, weights, patience):
    """Give the number of the best epoch, counted from 1, in place of its weights."""
    return _stop(losses, range(1, len(losses) + 1), patience)


def _stopping_case(losses, patience: int) -> tuple:
    return (losses, [10 * (epoch + 1) for epoch in range(len(losses))], patience)


stopping = Function(
    "6.6",
    call="stop_early",
    reference=stop_early,
    given=stop_early_as_given,
    cases=[
        _stopping_case([0.9], 1),
        _stopping_case([0.9, 0.7], 1),
        _stopping_case([0.7, 0.9], 1),
        _stopping_case([0.7, 0.9, 0.5], 1),
        _stopping_case([0.7, 0.9, 0.8, 0.6], 1),
        _stopping_case([0.7, 0.9, 0.5, 0.8, 0.6], 1),
        _stopping_case([0.7, 0.8], 2),
        _stopping_case([0.7, 0.7, 0.8, 0.6], 2),
        _stopping_case([0.9, 0.6, 0.8, 0.7, 0.5], 2),
        _stopping_case([0.9, 0.7, 0.6, 0.65, 0.5, 0.6, 0.55, 0.4], 2),
        _stopping_case([0.5, 0.7, 0.4, 0.8, 0.3, 0.9, 0.35, 0.34, 0.2], 3),
    ],
    mistakes=[
        Mistake(
            "one epoch too many",
            partial(_stop, late=1),
            "the weights are right now. With a patience of 1, how many epochs without progress are waited for? Try two "
            "losses of which the second is higher.",
        ),
        Mistake(
            "last weights",
            partial(_stop, stopped=_last),
            "it stops at the right time now. Whose weights does it give: those that were best, or those that made it "
            "lose patience?",
        ),
        Mistake(
            "last weights at the end",
            partial(_stop, ended=_last),
            "where it stops early, all is right. And if the losses run out before the patience does: is the last epoch "
            "the best?",
        ),
        Mistake(
            "last weights where it stops",
            partial(_stop, stopped=_last, ended=lambda weights, epoch, best: weights[best]),
            "where the losses run out, all is right. And where it stops early: is the last epoch the best?",
        ),
        Mistake(
            "one epoch too many, and last weights at the end",
            partial(_stop, late=1, ended=_last),
            "one place gives the best weights now. The function ends in two places; and how long does a patience of 1 "
            "wait?",
        ),
        Mistake(
            "one epoch too few",
            partial(_stop, late=-1),
            "now it loses patience one epoch too soon. With a patience of 2, after how many epochs in a row without "
            "progress does it stop?",
        ),
        Mistake(
            "after the best",
            partial(_stop, stopped=_after_the_best),
            "the weights are those of the epoch after the best one. From which number does Python count places, and "
            "from which the epochs?",
        ),
        Mistake(
            "compared with the epoch before",
            partial(_stop, better=_better_than_before),
            "each loss is compared with the one before it. After a bad epoch, a less bad one is no progress: with "
            "which loss must it be compared?",
        ),
        Mistake(
            "equal is better",
            partial(_stop, better=lambda losses, epoch, best: losses[epoch] <= losses[best]),
            "an equal loss counts as progress here. What does the docstring ask for?",
        ),
        Mistake(
            "counted altogether",
            partial(_stop, total=True),
            "it counts all epochs without progress since the beginning. What happens to the count when there is "
            "progress?",
        ),
        Mistake(
            "best of all",
            _best_of_all,
            "these are the best weights of the whole list. When training stops, which of its epochs have been trained?",
        ),
        Mistake(
            "patience after the best of all",
            _patient_after_the_best,
            "the patience begins at the best epoch of the whole list, and some of its epochs would never have been "
            "trained. What can be known when training stops?",
        ),
        Mistake(
            "first epoch counted",
            _first_counted,
            "the first epoch counts as one without progress, since its loss is not below itself. What is there before "
            "it that it could be compared with?",
        ),
        Mistake(
            "never stops",
            lambda losses, weights, patience: (len(losses), weights[int(np.argmin(losses))]),
            "these are the best weights, and training goes on to the end of the list. What is `patience` for?",
        ),
        Mistake(
            "epochs from zero",
            partial(_stop, first=0),
            "the weights are right. How many epochs were trained when the first one is over?",
        ),
        Mistake(
            "number in place of weights",
            _numbered,
            "the second number says which epoch is the best. The docstring asks for something that belongs to it.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Write down, after each epoch, the lowest loss so far "
    "and how long ago it was.",
    explanation="Patience counts epochs in a row without progress, and what is put back is the best so far.",
)

# --- 6.7: batch normalisation in use ---

normalised = Value(
    "6.7",
    answer=3.5 / 1.4**0.5,
    rtol=0,
    atol=0.006,
    mistakes=[
        Mistake(
            "batch statistics",
            -1 / 5**0.5,
            "this uses the mean and the variance of the batch, as training does. One picture is no batch: which two "
            "numbers does the layer keep for use?",
        ),
        Mistake(
            "momentum exchanged",
            -0.5 / 4.6**0.5,
            "this lets nine tenths come from the batch. Which part does a momentum of 0.9 keep, the old or the new?",
        ),
        Mistake(
            "before the step",
            4.0,
            "so it would be before the first step, with the mean 0 and the variance 1. What does the step do to these?",
        ),
        Mistake(
            "not the root",
            3.5 / 1.4,
            "mean and variance are right. By what does the layer divide: by the variance?",
        ),
        Mistake(
            "deviations averaged",
            3.5 / (0.9 + 0.1 * 5**0.5),
            "the mean is right. You average standard deviations: which of the two, deviation or variance, does the "
            "layer keep?",
        ),
        Mistake(
            "divided by three",
            3.5 / (0.9 + 0.1 * 20 / 3) ** 0.5,
            "you divide the squares by one less than the size of the batch. Section 9 of the lesson uses "
            "`values.var(axis=0)`: by what does that divide?",
        ),
        Mistake(
            "variance stays",
            3.5,
            "the mean is right, and the variance is still the one from before the step.",
        ),
        Mistake(
            "mean stays",
            4 / 1.4**0.5,
            "the variance is right, and the mean is still the one from before the step.",
        ),
        Mistake(
            "mean of the batch",
            -1 / 1.4**0.5,
            "the variance is right, and the mean is that of the batch. Is it averaged with the old one?",
        ),
        Mistake(
            "variance of the batch",
            3.5 / 5**0.5,
            "the mean is right, and the variance is that of the batch. Is it averaged with the old one?",
        ),
        Mistake(
            "less its own mean",
            0.0,
            "so it would be if the picture were a batch of its own: then the answer is the same for every picture. "
            "Which mean is taken away in use?",
        ),
    ],
    otherwise="make the question small: with a momentum of 0.5, an old mean of 0 and a batch with the mean 10, the "
    "layer keeps 5. Do the same for the variance, then normalise with both.",
    explanation="After one step the layer uses mostly the 0 and 1 that it began with: momentum needs many steps.",
)

# --- 6.8: one step with no picture that pulls ---

WEIGHTS, RATE, L2, L1, DECAY = np.array([2.0, 0.2, 0.02]), 0.1, 0.05, 0.3, 0.2
STEPS = {
    "SGD with L2": WEIGHTS * (1 - RATE * 2 * L2),
    "SGD with L1": WEIGHTS - RATE * L1,
    "Adam with L2": WEIGHTS - RATE,
    "AdamW": WEIGHTS * (1 - RATE * DECAY),
}
_KNOWN_STEPS = {
    "SGD with L2": {
        "without the two": [WEIGHTS * (1 - RATE * L2)],
        "without the rate in L2": [WEIGHTS * (1 - 2 * L2), WEIGHTS * (1 - L2)],
        "lowest point": [WEIGHTS / (1 + 2 * L2)],
        "same amount in L2": [WEIGHTS - RATE * 2 * L2, WEIGHTS - RATE * L2],
        "grows in L2": [WEIGHTS * (1 + RATE * 2 * L2)],
    },
    "SGD with L1": {
        "stops at zero": [np.maximum(WEIGHTS - RATE * L1, 0)],
        "without the rate in L1": [WEIGHTS - L1, np.maximum(WEIGHTS - L1, 0)],
        "same share in L1": [WEIGHTS * (1 - RATE * L1), WEIGHTS * (1 - 2 * RATE * L1)],
        "two in L1": [WEIGHTS - 2 * RATE * L1],
    },
    "Adam with L2": {
        "like SGD": [STEPS["SGD with L2"], WEIGHTS * (1 - RATE * L2)],
        "like AdamW": [STEPS["AdamW"]],
        "Adam stops at zero": [np.maximum(WEIGHTS - RATE, 0)],
        "share of the rate": [WEIGHTS * (1 - RATE)],
        "strength in Adam": [WEIGHTS - RATE * L2, WEIGHTS - RATE * 2 * L2],
        "averages not corrected": [WEIGHTS - RATE * 0.1 / 0.001**0.5],
    },
    "AdamW": {
        "a step as well": [WEIGHTS * (1 - RATE * DECAY) - RATE],
        "without the rate in AdamW": [WEIGHTS * (1 - DECAY)],
        "same amount in AdamW": [WEIGHTS - RATE * DECAY, WEIGHTS - RATE],
        "two in AdamW": [WEIGHTS * (1 - 2 * RATE * DECAY)],
        "nothing at all": [WEIGHTS],
    },
}


def judge_steps(steps):
    """Look at the keys, then at one optimizer after the other."""
    yield from entries_of(steps, STEPS)
    for name, right in STEPS.items():
        try:
            said = np.ravel(as_array(steps[name]))
        except Unreadable:
            said = np.zeros(0)
        if said.shape != (3,):
            yield "three weights", [f"steps[{show(name)}] = {show(steps[name])}"]
            return
        if same(said, right, rtol=2.5e-3, atol=2e-5):
            continue
        case = [f"steps[{show(name)}] = {show(said)}"]
        for hint, others in _KNOWN_STEPS[name].items():
            if any(same(said, other, rtol=2.5e-3, atol=2e-5) for other in others):
                yield hint, case
        yield f"other {name}", case


steps = Custom(
    "6.8",
    judge_steps,
    right=[(STEPS,)],
    hints={
        "not a dictionary": "keep the dictionary `steps` as it is, and put a list in place of the dots.",
        "keys": "the dictionary has four optimizers as its keys: keep them as they are.",
        "three weights": "each optimizer gets a list of three numbers: the weights after the step, in the same order.",
        "without the two": "the penalty is the strength times the *square* of a weight. What is the derivative of a "
        "square?",
        "without the rate in L2": "this takes the whole gradient off. By what does SGD multiply it first?",
        "lowest point": "this is the formula for the lowest point of section 6, where a picture pulls. Here nothing "
        "pulls, and one step is taken: what is the gradient?",
        "same amount in L2": "all weights lose the same amount here. Is the derivative of a square the same for a "
        "large weight as for a small one?",
        "grows in L2": "the weights have grown. A step goes *down* the penalty.",
        "other SGD with L2": "SGD with L2 is not it yet. Make it small: a weight of 1, a strength of 0.5, so that the "
        "gradient is 1; with the rate 0.1 it goes to 0.9.",
        "stops at zero": "so the formula of section 6 does it, and a proximal step. SGD knows the gradient only: what "
        "does it take off the smallest weight?",
        "without the rate in L1": "this takes the whole strength off. By what does SGD multiply a gradient?",
        "same share in L1": "this takes a share of each weight. What is the derivative of an absolute value: does it "
        "depend on how large the weight is?",
        "two in L1": "the 2 comes from the derivative of a square. What is the derivative of an absolute value?",
        "other SGD with L1": "SGD with L2 is right, SGD with L1 is not it yet. How steep is the absolute value at 2, "
        "and how steep at 0.02?",
        "like SGD": "so SGD does it. By what does Adam divide the gradient before it takes the step, and how large is "
        "the quotient in the first step?",
        "like AdamW": "so AdamW does it, where the decay does not go through the gradient. Which way does L2 go?",
        "Adam stops at zero": "nothing stops at 0 here. Adam takes its step, however near 0 the weight is.",
        "share of the rate": "this takes a share of each weight. What is left of the size of the gradient when Adam "
        "has divided by it?",
        "strength in Adam": "the strength is in the gradient, and in that by which Adam divides. What is left of it?",
        "averages not corrected": "Adam corrects its two averages for their start at 0. How long is its first step "
        "then, as in lesson 03?",
        "other Adam with L2": "both SGD are right, Adam is not it yet. How long is Adam's first step for a gradient of "
        "0.001, and for one of 1000?",
        "a step as well": "AdamW takes Adam's step too, for the gradient of the loss. How large is that gradient here?",
        "without the rate in AdamW": "the decay is multiplied by something before it is taken off: read section 7 of "
        "the lesson again.",
        "same amount in AdamW": "all weights lose the same amount here. Does the decay of AdamW pass through the "
        "division by the size of the gradient?",
        "two in AdamW": "the 2 comes from the derivative of a square. AdamW takes its share directly.",
        "nothing at all": "no picture pulls, so the gradient is 0. What does AdamW do besides following the gradient?",
        "other AdamW": "the other three are right. Which share of every weight does AdamW take in a step? Section 7 of "
        "the lesson names its two factors.",
    },
    explanation="Adam divides the penalty's size away and takes the same amount of all; AdamW takes the same share.",
)

# --- 6.9: two leaks ---


def prepared(pictures, labels, train, test, keep):
    """Return a right answer to 6.9."""
    return _prepare(pictures, labels, train, test, keep)


def _widest(values, names, order=-1):
    """Return the pixels by the gap between the mean values of both labels, widest first.

    An order of 1 puts the narrowest first; one of 0 does not drop the sign.
    """
    gaps = values[names == 1].mean(axis=0) - values[names == 0].mean(axis=0)
    return np.argsort(order * np.abs(gaps) if order else -gaps)


def _prepare(
    pictures,
    labels,
    train,
    test,
    keep,
    fit="train",
    choose="train",
    test_fit=None,
    raw=False,
    order=-1,
    own=False,
    ddof=0,
):
    """Scale and choose pixels, or make a known mistake.

    Parameters
    ----------
    fit, test_fit
        On which part the scaler of the training pictures and that of the test pictures is fitted; "none": not scaled.
    choose
        On which part the pixels are chosen.
    raw
        Whether they are chosen by values that are not scaled.
    order
        As in `_widest`.
    own
        Whether the pixels for the test are chosen on the test.
    ddof
        What the number of pictures is lessened by in the spread.
    """
    parts = {"train": train, "test": test, "all": np.arange(len(pictures))}

    def scaled_by(part):
        if part == "none":
            return pictures
        return (pictures - pictures[parts[part]].mean(axis=0)) / pictures[parts[part]].std(axis=0, ddof=ddof)

    def best_on(part):
        values = pictures if raw else scaled_by(fit)
        return _widest(values[parts[part]], labels[parts[part]], order)[:keep]

    for_train, for_test = scaled_by(fit)[train], scaled_by(test_fit or fit)[test]
    return for_train[:, best_on(choose)], for_test[:, best_on("test" if own else choose)]


def prepared_as_given(pictures, labels, train, test, keep):
    """Return what the function of 6.9 returns before it is mended."""
    return _prepare(pictures, labels, train, test, keep, fit="all", choose="all")


def _one_mean(pictures, labels, train, test, keep):
    """Scale all pixels by one mean and one deviation, those of the training pictures."""
    scaled = (pictures - pictures[train].mean()) / pictures[train].std()
    best = _widest(scaled[train], labels[train])[:keep]
    return scaled[train][:, best], scaled[test][:, best]


def _preparing_case(seed: int, rows: int, pixels: int, keep: int, test: int, shown: str = "") -> Case:
    random = np.random.default_rng(seed)
    pictures = random.integers(0, 10, size=(rows, pixels)).astype(float)
    labels = random.permutation(np.arange(rows) % 2)
    labels[:4] = [0, 1, 0, 1]  # both labels in both parts
    order = np.concatenate([np.arange(2, rows - test + 2), [0, 1], np.arange(rows - test + 2, rows)])
    return Case(pictures, labels, order[: rows - test], order[rows - test :], keep, shown=shown)


_ONE_PIXEL = (
    np.array([[1.0], [5.0], [9.0], [4.0]]),
    np.array([0, 1, 0, 1]),
    np.array([0, 1]),
    np.array([2, 3]),
    1,
)

leaks = Function(
    "6.9",
    call="prepared",
    reference=prepared,
    given=prepared_as_given,
    cases=[
        Case(
            *_ONE_PIXEL,
            shown="prepared(...) of four pictures of one pixel, 1, 5, 9, 4, the first two to train on",
        ),
        _preparing_case(
            1, 8, 3, 1, 4, shown="prepared(...) of eight pictures of three pixels, four to train on, keep=1"
        ),
        _preparing_case(
            2, 12, 5, 2, 4, shown="prepared(...) of twelve pictures of five pixels, eight to train on, keep=2"
        ),
        _preparing_case(
            7, 20, 9, 4, 8, shown="prepared(...) of twenty pictures of nine pixels, twelve to train on, keep=4"
        ),
    ],
    mistakes=[
        Mistake(
            "pixels chosen on all",
            partial(_prepare, choose="all"),
            "the scaler is fitted where it should be. And the pixels: whose labels are looked at when they are chosen?",
        ),
        Mistake(
            "scaler fitted on all",
            partial(_prepare, fit="all"),
            "the pixels are chosen where they should be. And the scaler: from which pictures do its mean and spread "
            "come?",
        ),
        Mistake(
            "each by itself",
            partial(_prepare, test_fit="test"),
            "the training pictures are right. The test pictures are scaled by a mean and spread of their own, so that "
            "one grey means two things. And which mean would you take for a single new picture?",
        ),
        Mistake(
            "each by itself, pixels chosen on all",
            partial(_prepare, test_fit="test", choose="all"),
            "test pictures are scaled by themselves, so one grey means two things; and whose labels are looked at when "
            "the pixels are chosen?",
        ),
        Mistake(
            "fitted on the test",
            partial(_prepare, fit="test"),
            "the mean and spread come from the pictures that must not be looked at. Which ones are there to learn "
            "from?",
        ),
        Mistake(
            "chosen on the test",
            partial(_prepare, choose="test"),
            "the scaler is right. The pixels are chosen by the labels of the test, and the test will praise the "
            "choice.",
        ),
        Mistake(
            "pixels of each part",
            partial(_prepare, own=True),
            "each part has its own choice of pixels, so that column 0 is one pixel in training and another in the "
            "test. How many choices are to be made, and on which part?",
        ),
        Mistake(
            "test not scaled",
            partial(_prepare, test_fit="none"),
            "the training pictures are right. What does somebody who learned from scaled pictures make of others that "
            "are not?",
        ),
        Mistake(
            "chosen by raw values",
            partial(_prepare, raw=True),
            "the scaling is right. The pixels are chosen before it, and a pixel that varies much wins for that reason. "
            "On which values does the docstring compare them?",
        ),
        Mistake(
            "worst pixels",
            partial(_prepare, order=1),
            "the scaling is right. These are the pixels that tell the labels apart *least*: which way does `argsort` "
            "sort?",
        ),
        Mistake(
            "brighter pixels only",
            partial(_prepare, order=0),
            "the scaling is right. Only pixels are found that are brighter for label 1. What about one that is as much "
            "darker for it?",
        ),
        Mistake(
            "another spread",
            partial(_prepare, ddof=1),
            "the right pictures are asked. Your spread is that of `ddof=1`, and NumPy's default is another: leave "
            "it as it was.",
        ),
        Mistake(
            "one mean for all pixels",
            _one_mean,
            "here one mean and one spread serve all pixels. The docstring scales each pixel for itself: over which "
            "axis is the mean taken?",
        ),
        Mistake(
            "exchanged",
            lambda *arguments: prepared(*arguments)[::-1],
            "both parts are right. In which order does the docstring name them?",
        ),
        Mistake(
            "training pictures only",
            lambda *arguments: prepared(*arguments)[0],
            "the training pictures are right, and they are alone. The docstring names two things.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. From which pictures and labels is each number made?",
    explanation="Whatever is fitted, scaler or choice, is fitted on training pictures: it is a part of the training.",
)

# --- 6.10: one look at the test ---


def report(networks):
    """Return a right answer to 6.10."""
    return _report(networks)


def _right(part, threshold):
    scores, mated = part
    return float(np.mean((scores >= threshold) == mated))


def _report(networks, threshold_on=0, choose_on=0, score_on=1, last_threshold_on=None, pick=max):
    """Choose a network and report it, each by its validation (0), its test (1) or both together (2)."""
    scored = {}
    for name, (validation, test) in networks.items():
        parts = [validation, test, tuple(np.concatenate(pair) for pair in zip(validation, test, strict=True))]
        threshold = metrics.best_threshold(*parts[threshold_on])
        last = threshold if last_threshold_on is None else metrics.best_threshold(*parts[last_threshold_on])
        scored[name] = (_right(parts[choose_on], threshold), last, _right(parts[score_on], last))
    name = pick(scored, key=lambda name: scored[name][0])
    return name, *scored[name][1:]


def report_as_given(networks):
    """Return what the function of 6.10 returns before it is mended."""
    return _report(networks, 1, 1, 1)


def _last_of_equals(networks):
    return _report(dict(reversed(networks.items())))


def _one_half(networks):
    """Take a threshold of one half for every network."""
    name = max(networks, key=lambda name: _right(networks[name][0], 0.5))
    return name, 0.5, _right(networks[name][1], 0.5)


def _pairs(scores, mated):
    return np.array(scores, dtype=float), np.array(mated, dtype=bool)


def _reporting_case(seed: int, networks: int, pairs: int) -> Case:
    random = np.random.default_rng(seed)

    def part():
        mated = random.permutation(np.arange(pairs) % 2 == 0)
        return random.integers(0, 21, size=pairs) / 20 + 0.3 * mated, mated

    made = {f"network {number}": (part(), part()) for number in range(1, networks + 1)}
    words = f"report(...) of {networks} networks with {pairs} pairs for validation and {pairs} for the test"
    return Case(made, shown=words)


_ONE_NETWORK = {
    "alone": (
        _pairs([0.3, 0.5, 0.7, 0.9], [0, 0, 1, 1]),
        _pairs([0.1, 0.3, 0.55, 0.9], [0, 0, 1, 1]),
    )
}
_TWO_NETWORKS = {
    "first": (
        _pairs([0.2, 0.6, 0.4, 0.8], [0, 0, 1, 1]),
        _pairs([0.1, 0.3, 0.7, 0.9], [0, 0, 1, 1]),
    ),
    "second": (
        _pairs([0.2, 0.4, 0.6, 0.8], [0, 0, 1, 1]),
        _pairs([0.1, 0.6, 0.3, 0.9], [0, 0, 1, 1]),
    ),
}
_ALIKE = {"first": _ONE_NETWORK["alone"], "second": (_ONE_NETWORK["alone"][0], _TWO_NETWORKS["second"][1])}

reports = Function(
    "6.10",
    call="report",
    reference=report,
    given=report_as_given,
    cases=[
        Case(
            _ONE_NETWORK,
            shown="report(...) of one network; validation: 0.3 and 0.5 two people, 0.7 and 0.9 one person; "
            "test: 0.1 and 0.3 two people, 0.55 and 0.9 one person",
        ),
        Case(_TWO_NETWORKS, shown="report(...) of two networks; the second is better on validation, the first on test"),
        Case(_ALIKE, shown="report(...) of two networks that are equally good on validation"),
        _reporting_case(3, 3, 8),
        _reporting_case(5, 5, 20),
        _reporting_case(8, 8, 30),
    ],
    mistakes=[
        Mistake(
            "chosen by the test",
            partial(_report, choose_on=1),
            "the thresholds are honest now. By which score is the *network* chosen? With many networks, the best test "
            "score is partly luck.",
        ),
        Mistake(
            "threshold of the test",
            partial(_report, last_threshold_on=1),
            "the network is chosen honestly now. From which pairs does the threshold come that its test is scored "
            "with?",
        ),
        Mistake(
            "threshold of the test, chosen by validation",
            partial(_report, threshold_on=1),
            "the networks are compared on validation pairs now. Where does the threshold come from with which they are "
            "compared?",
        ),
        Mistake(
            "validation reported",
            partial(_report, score_on=0),
            "network and threshold are chosen honestly now. The score is the one that they were chosen for: which "
            "pairs had no part in the choice?",
        ),
        Mistake(
            "all pairs for the threshold",
            partial(_report, threshold_on=2),
            "the threshold comes from validation and test pairs together. Half of them are those that it is scored on.",
        ),
        Mistake(
            "all pairs for the score",
            partial(_report, score_on=2),
            "network and threshold are chosen honestly now. The score counts validation pairs too, for which both were "
            "chosen.",
        ),
        Mistake(
            "worst network",
            partial(_report, pick=min),
            "threshold and score are honest now. Which network does the function take: the one that is right most "
            "often?",
        ),
        Mistake(
            "last of equals",
            _last_of_equals,
            "right, but where two networks are equally good on validation pairs. Which one does the docstring take?",
        ),
        Mistake(
            "not chosen",
            lambda networks: _report(dict(list(networks.items())[:1])),
            "threshold and score are honest now, of the first network. And the others?",
        ),
        Mistake(
            "one half",
            _one_half,
            "the test has no part in the choice now. The threshold is one half, whatever the scores of a network are: "
            "which one is best for it?",
        ),
        Mistake(
            "without the name",
            lambda networks: _report(networks)[1:],
            "threshold and score are right. The docstring names three things.",
        ),
        Mistake(
            "share of errors",
            lambda networks: (*_report(networks)[:2], 1 - _report(networks)[2]),
            "network and threshold are right. Is the last number the share of answers that are right, or of those that "
            "are not?",
        ),
        Mistake(
            "without the threshold",
            lambda networks: _report(networks)[::2],
            "name and score are right. The docstring names three things.",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. Which pairs may decide, and which may only be "
    "counted?",
    explanation="Validation pairs choose network and threshold; the test is counted once, after both are fixed.",
)

# --- 6.11: seed by seed ---


def verdicts(start, remedies):
    """Return a right answer to 6.11."""
    return {name: _judged(_differences(start, scores)) for name, scores in remedies.items()}


def _differences(start, scores):
    return np.array([scores[seed] - start[seed] for seed in scores if seed in start])


def _interval(values, quantile=0.975, factor=None, ddof=1, root=True, error=None):
    """Return the mean of values and the bounds by Student's t, or by what a known mistake takes in its place."""
    from scipy.special import stdtrit  # scipy.stats has the same, and takes a second to import

    factor = stdtrit(len(values) - 1, quantile) if factor is None else factor
    if error is None:
        error = np.std(values, ddof=ddof) / (np.sqrt(len(values)) if root else 1)
    mean = float(np.mean(values))
    return mean, mean - factor * error, mean + factor * error


def _word(low, high):
    return "helps" if low > 0 else "harms" if high < 0 else "undecided"


def _judged(differences, **options):
    mean, low, high = _interval(differences, **options)
    return mean, low, high, _word(low, high)


def _each(judge: Callable) -> Callable:
    """Return a function like `verdicts` that judges each remedy by the two dictionaries of scores."""
    return lambda start, remedies: {name: judge(start, scores) for name, scores in remedies.items()}


def _each_pair(**options) -> Callable:
    return _each(lambda start, scores: _judged(_differences(start, scores), **options))


def _each_word(word: Callable) -> Callable:
    """Return a function like `verdicts` with another word for the two bounds."""

    def judge(start, scores):
        mean, low, high, _ = _judged(_differences(start, scores))
        return mean, low, high, word(low, high)

    return _each(judge)


def _in_order_of_the_list(start, scores):
    pairs = zip(start.values(), scores.values(), strict=False)
    return _judged(np.array([after - before for before, after in pairs]))


def _missing_as_zero(start, scores):
    seeds = sorted({*start, *scores})
    return _judged(np.array([scores.get(seed, 0.0) - start.get(seed, 0.0) for seed in seeds]))


def _not_paired(start, scores):
    seeds = [seed for seed in scores if seed in start]
    one, other = ([part[seed] for seed in seeds] for part in (start, scores))
    error = np.sqrt((np.var(one, ddof=1) + np.var(other, ddof=1)) / len(seeds))
    return _judged(_differences(start, scores), error=error)


def _by_overlap(start, scores):
    """Give the right numbers, and a word by whether two separate intervals overlap."""
    mean, low, high, _ = _judged(_differences(start, scores))
    seeds = [seed for seed in scores if seed in start]
    one, other = (_interval([part[seed] for seed in seeds]) for part in (start, scores))
    return mean, low, high, _word(other[1] - one[2], other[2] - one[1])


def _by_the_mean(start, scores):
    mean, low, high, _ = _judged(_differences(start, scores))
    return mean, low, high, _word(mean, mean)


def _by_every_seed(start, scores):
    differences = _differences(start, scores)
    return (*_judged(differences)[:3], _word(min(differences), max(differences)))


_SCORES = {
    "start": {0: 0.50, 1: 0.60},
    "one": {0: 0.70, 1: 0.75},
    "two": {1: 0.58, 0: 0.47},
}
_START = {0: 0.50, 1: 0.62, 2: 0.41, 3: 0.70, 4: 0.55}
_MANY = {
    "dropout": {0: 0.55, 1: 0.66, 2: 0.47, 3: 0.74, 4: 0.61},
    "fewer units": {4: 0.49, 3: 0.66, 2: 0.37, 1: 0.57, 0: 0.45},
    "L1": {0: 0.56, 1: 0.61, 2: 0.46, 3: 0.69, 4: 0.56},
    "augmentation": {3: 0.92, 0: 0.58, 7: 0.30, 1: 0.80},
    "more pictures": {0: 0.51, 1: 0.72, 2: 0.42, 3: 0.79, 4: 0.57},
}

judging = Function(
    "6.11",
    call="verdicts",
    reference=verdicts,
    cases=[
        Case({0: 0.5, 1: 0.6}, {"dropout": {0: 0.7, 1: 0.75}}),
        Case({0: 0.5, 1: 0.6}, {"dropout": {1: 0.75, 0: 0.7}}),
        Case({0: 0.5, 1: 0.6, 2: 0.55}, {"dropout": {0: 0.4, 1: 0.51}}),
        Case({0: 0.5, 1: 0.6, 2: 0.7}, {"dropout": {0: 0.6, 1: 0.72, 2: 0.81}, "L1": {2: 0.58, 1: 0.49, 0: 0.4}}),
        Case(_START, _MANY, shown="verdicts(start, remedies) with five seeds for the start, and five remedies"),
    ],
    mistakes=[
        Mistake(
            "in the order of the list",
            _each(_in_order_of_the_list),
            "the scores are paired as they stand, first with first. Which score of the start belongs to that of seed "
            "4? The keys tell.",
        ),
        Mistake(
            "not paired",
            _each(_not_paired),
            "the spreads of start and remedy are added. What both share in a seed, the same people and the same split, "
            "drops out of *one* number for each seed: which?",
        ),
        Mistake(
            "by overlap",
            _each(_by_overlap),
            "the numbers are right. The word asks whether two separate intervals overlap, and these hold the spread of "
            "the seeds as well. Where does the interval that you have computed lie?",
        ),
        Mistake(
            "by the mean",
            _each(_by_the_mean),
            "the numbers are right. The word looks at the mean only, so that nothing is ever undecided. What does the "
            "interval leave possible?",
        ),
        Mistake(
            "no harm",
            _each_word(lambda low, high: "helps" if low > 0 else "undecided"),
            "the numbers are right. Which word belongs to an interval all of which lies below 0?",
        ),
        Mistake(
            "nothing undecided",
            _each_word(lambda low, high: "helps" if low > 0 else "harms"),
            "the numbers are right. An interval that begins below 0 and ends above it is blamed: does it say that the "
            "remedy does harm?",
        ),
        Mistake(
            "by every seed",
            _each(_by_every_seed),
            "the numbers are right. The word asks whether every single seed agrees. What does the docstring ask of the "
            "interval?",
        ),
        Mistake(
            "the other way round",
            _each(lambda start, scores: _judged(-_differences(start, scores))),
            "the sign is the other way round: a difference is positive where the remedy is better than the start.",
        ),
        Mistake(
            "normal instead of t",
            _each_pair(factor=1.96),
            "the bounds are those of very many seeds. With few, the spread itself is uncertain: which distribution "
            "does `metrics.mean_interval` use?",
        ),
        Mistake(
            "interval of 90 percent",
            _each_pair(quantile=0.95),
            "the interval is too narrow: it misses the truth one time in ten, on one side or the other. How much is "
            "left for each side at 95 %?",
        ),
        Mistake(
            "spread of one run",
            _each_pair(root=False),
            "these bounds are for one more run. Those of the *mean* come closer together as seeds are added.",
        ),
        Mistake(
            "divided by n",
            _each_pair(ddof=0),
            "the interval is a little too narrow. The mean was taken from the same differences: by what is the sum of "
            "squares divided then?",
        ),
        Mistake(
            "missing as zero",
            _each(_missing_as_zero),
            "a seed that was run only once counts as a score of 0. What does the docstring say about it?",
        ),
        Mistake(
            "words only",
            _each(lambda start, scores: _judged(_differences(start, scores))[3]),
            "the words are right. Which numbers does the docstring want before them?",
        ),
        Mistake(
            "without the word",
            _each(lambda start, scores: _judged(_differences(start, scores))[:3]),
            "the numbers are right. What follows from them?",
        ),
        Mistake(
            "remedies alone",
            _each(lambda start, scores: _judged(np.array([scores[seed] for seed in scores if seed in start]))),
            "this is the interval of the remedy's own scores. Where does the start come in?",
        ),
    ],
    nudge="here is the smallest input for which it does not hold. What is the difference in each seed?",
    explanation="One difference for each seed, one interval, and a word that may be: we do not know.",
)

# --- 6.12: by chance alone ---

chance = Value(
    "6.12",
    answer=1 - 0.95**20,
    rtol=0,
    atol=0.005,
    mistakes=[
        Mistake(
            "one interval",
            0.05,
            "this is for one remedy. Each of the twenty is another chance to miss.",
        ),
        Mistake(
            "expected number",
            1.0,
            "this is how many of the twenty miss on average. That it may be none, or two, keeps the probability of any "
            "from being 1. How probable is none?",
        ),
        Mistake(
            "none",
            0.95**20,
            "this is how probable it is that *all* intervals hold the 0. What is asked for is the opposite.",
        ),
        Mistake(
            "exactly one",
            20 * 0.05 * 0.95**19,
            "this is the probability of exactly one. Two or three would be verdicts as well.",
        ),
        Mistake(
            "helps only",
            1 - 0.975**20,
            "this counts the word *helps* only. An interval can miss on either side: which other word is not "
            "*undecided*?",
        ),
        Mistake(
            "all of them",
            0.05**20,
            "this is how probable it is that all twenty miss. How probable is it that none does?",
        ),
        Mistake(
            "seeds and remedies",
            1 - 0.95**100,
            "you count a chance for every seed. How many intervals are there?",
        ),
        Mistake(
            "one that holds",
            0.95,
            "this is how probable it is that *one* interval holds the 0. How probable is it that two do, and twenty?",
        ),
    ],
    otherwise="make the question small: with two remedies, both intervals hold the 0 with probability 0.95 · 0.95, and "
    "the rest is what is asked for.",
    explanation="A long table of nothing names a remedy more often than not: read its verdicts as so many draws.",
)

# --- 6.13: new pictures, new people ---


def deal_people(labels, new_people, test_pictures, seed):
    """Return a right answer to 6.13."""
    random = np.random.default_rng(seed)
    people = random.permutation(np.unique(labels))
    new = np.flatnonzero(np.isin(labels, people[:new_people]))
    drawn = [random.permutation(np.flatnonzero(labels == person))[:test_pictures] for person in people[new_people:]]
    known = np.concatenate(drawn)
    return np.setdiff1d(np.arange(len(labels)), np.concatenate([known, new])), known, new


# Thirty people with six to nine pictures each, in no order; their numbers are neither 0, 1, 2 nor places in the array.
_PEOPLE = np.random.default_rng(6).permutation(np.repeat(np.arange(400, 490, 3), np.tile([6, 9, 7, 8, 7], 6)))
_CALL = "deal_people(labels, 10, 2, 5)"


def _counted(part) -> dict[int, int]:
    names, numbers = np.unique(_PEOPLE[part], return_counts=True)
    return dict(zip(names.tolist(), numbers.tolist(), strict=True))


def _dealt(deal, seed: int) -> list[np.ndarray] | None:
    """Return the three parts, or None if they are not three."""
    shown = f"deal_people(labels, 10, 2, {seed})"
    found = deal(_PEOPLE.copy(), 10, 2, seed, shown=f"{shown} of {len(_PEOPLE)} pictures of 30 people")
    if not (isinstance(found, (list, tuple)) and len(found) == 3):
        return None
    return [np.ravel(as_array(part)) for part in found]


def _is_mask(part: np.ndarray) -> bool:
    return len(part) == len(_PEOPLE) and bool(np.isin(part, (0, 1)).all())


def judge_people(deal):
    """Look at the form, at what the parts share, at each part, and at the draws."""
    parts = _dealt(deal, 5)
    if parts is None:
        yield "three parts"
        return
    if any(map(_is_mask, parts)):
        yield "masks", [_CALL, "gives a part with one 0 or 1 for each picture"]
    if any(len(part) == 0 for part in parts):
        yield "empty part", [_CALL, "gives an empty part"]
        return
    both = np.concatenate(parts)
    if np.isin(both, _PEOPLE).all() and not np.isin(both, np.arange(len(_PEOPLE))).all():
        yield "people in place of pictures", [_CALL, "gives numbers of people"]
    if not np.isin(both, np.arange(len(_PEOPLE))).all():
        yield "other numbers", [_CALL, f"gives numbers other than 0 to {len(_PEOPLE) - 1}"]
        return
    train, known, new = (part.astype(int) for part in parts)
    people = [_counted(part) for part in (train, known, new)]
    if not set(people[0]) & set(people[1]) and set(people[0]) == set(people[2]):
        yield "known and new exchanged", [_CALL, "gives a second part with people who are not in the first"]
    if np.intersect1d(train, known).size:
        yield "pictures on both sides", [_CALL, "gives the same picture to train on and to test with"]
    if set(people[2]) & (set(people[0]) | set(people[1])):
        yield "people on both sides", [_CALL, "gives a person in new who is in train or known, too"]
    if any(len(np.unique(part)) < len(part) for part in (train, known, new)):
        yield "drawn with repeats", [_CALL, "gives a picture twice in one part"]
    if len(people[2]) != 10:
        yield "number of new people", [_CALL, f"gives {len(people[2])} new people"]
    if len(new) < sum(np.isin(_PEOPLE, list(people[2]))):
        yield "pictures of new people left out", [_CALL, "leaves out pictures of new people"]
    if set(people[1].values()) != {2} or len(people[1]) < 20:
        numbers = [people[1].get(person, 0) for person in set(_PEOPLE.tolist()) - set(people[2])]
        words = f"gives {min(numbers)} to {max(numbers)} test pictures of each known person"
        yield "number of test pictures", [_CALL, words]
    if len(both) < len(_PEOPLE):
        yield "left out", [_CALL, "gives parts that do not hold all pictures"]
    again = _dealt(deal, 5)
    if again is None or any(set(one.tolist()) != set(other.tolist()) for one, other in zip(parts, again, strict=True)):
        yield "not repeatable", [_CALL, "gives other parts when it is called again"]
        return
    others = _dealt(deal, 12)
    calls = f"{_CALL} and deal_people(labels, 10, 2, 12)"
    if others is None or set(_counted(others[2].astype(int))) == set(people[2]):
        yield "people not drawn", [calls, "give the same new people"]
        return
    shared = set(_counted(others[1].astype(int))) & set(people[1])
    drawn = [{int(place) for place in part if _PEOPLE[int(place)] in shared} for part in (known, others[1])]
    if drawn[0] == drawn[1]:
        yield "pictures not drawn", [calls, "give the same test pictures of those who are known in both"]


people = Custom(
    "6.13",
    judge_people,
    call="deal_people",
    reference=deal_people,
    hints={
        "three parts": "the function returns three lists of places: train, known and new.",
        "masks": "these say of each picture whether it is in the part. The docstring asks for the places of those that "
        "are.",
        "empty part": "one of the three parts is empty. Print the names that you draw, and how often each stands in "
        "`labels`: people may have any numbers.",
        "people in place of pictures": "these are numbers of people. At which places in `labels` do their pictures "
        "stand?",
        "other numbers": "each entry is a place in `labels`, counted from 0.",
        "known and new exchanged": "the parts are there. Which one holds people of whom the network has learned, the "
        "second or the third?",
        "pictures on both sides": "a test picture is also trained on, so the test rewards memory.",
        "people on both sides": "somebody in `new` is known: other pictures of the same person are trained on or in "
        "`known`. What must be drawn first, people or pictures?",
        "drawn with repeats": "a picture stands twice in one part. Does the draw put back what it has drawn?",
        "number of new people": "nobody is on both sides. How many people does `new_people` ask for? It counts people, "
        "not pictures.",
        "pictures of new people left out": "the new people are the right number. What happens to the rest of their "
        "pictures? Nobody can train on them.",
        "number of test pictures": "nobody is on both sides. How many pictures of *each* known person does "
        "`test_pictures` ask for?",
        "left out": "nobody is on both sides, and some pictures are in no part. Who could train on them?",
        "not repeatable": "nobody can repeat this split, you included. What is the argument `seed` for?",
        "people not drawn": "two seeds give the same new people. Are they drawn at all? Follow the argument `seed` "
        "through your code.",
        "pictures not drawn": "the new people are drawn. Are the test pictures of the known ones, too, or do they "
        "stand where they always stand?",
    },
    explanation="First people, then pictures: the third part asks about people of whom nothing was learned.",
)

# --- 6.14: a table in place of a habit ---

table = Choice(
    "6.14",
    options="abcdef",
    right="ade",
    chosen={
        "b": "one of your statements does not hold. An interval that holds 0 has two ends. What does the other end "
        "leave possible?",
        "c": "one of your statements does not hold. Both gains are over the same start. Of the mistakes "
        "that the second remedy mends alone, how many are left when the first one is there already?",
        "f": "one of your statements does not hold. Both intervals compare with the start, and they overlap widely. "
        "Which difference, seed by seed, would answer this?",
    },
    missing={
        "a": "one more statement holds. On which side of 0 do both ends of the first interval of smoothing lie?",
        "d": "one more statement holds. The door asks about people of whom the network has learned nothing: which "
        "column is that, and which sign is good there?",
        "e": "one more statement holds. Order the four remedies by their first column, then by their second.",
    },
    explanation="Each use has its column, and each verdict its interval; what was not compared is not decided.",
)

EXERCISES = [
    curves,
    columns,
    coins,
    counts,
    dropping,
    stopping,
    normalised,
    steps,
    leaks,
    reports,
    judging,
    chance,
    people,
    table,
]
