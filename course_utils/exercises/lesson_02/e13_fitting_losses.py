"""2.13: the loss that fits each of four networks.

The losses are judged by what they give for a few labels and outputs, so this module needs no Keras.
"""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.forms.entries import entries_of
from course_utils.exercises.reading import Unreadable, as_array
from course_utils.from_scratch import losses

NETWORKS = ("glasses", "person", "smoothed", "age")
SMOOTHING = 0.1

YES, YES_LOGITS = np.array([[1.0], [0.0], [1.0]], "float32"), np.array([[2.0], [-1.0], [-3.0]], "float32")
PEOPLE = np.array([2, 0])
SCORES = np.array([[2.0, 1.0, 0.0, -1.0], [0.5, 3.0, 1.0, 0.0]], "float32")
ROWS = losses.one_hot(PEOPLE, 4).astype("float32")
AGES, GUESSES = np.array([[30.0], [50.0]], "float32"), np.array([[33.0], [90.0]], "float32")


def given_by(loss, labels, outputs) -> float | None:
    """Return the mean of what a loss gives; None where it stops, or gives no numbers."""
    try:
        return float(np.mean(as_array(loss(labels, outputs))))
    except Unreadable:
        return None
    except Exception:
        return None


def close(number: float | None, *wanted: float) -> bool:
    """Tell whether a number is one of those wanted."""
    return number is not None and any(np.isclose(number, each, rtol=1e-3) for each in wanted)


def judge_glasses(loss):
    """Yield what is wrong with the loss of a single logit."""
    gives = given_by(loss, YES, YES_LOGITS)
    if close(gives, losses.binary_crossentropy(YES, YES_LOGITS)):
        return
    probabilities = losses.sigmoid(YES_LOGITS).astype("float32")
    if close(given_by(loss, YES, probabilities), losses.binary_crossentropy(YES, YES_LOGITS)):
        yield "glasses, probabilities"
    if close(gives, np.mean((YES - YES_LOGITS) ** 2), np.abs(YES - YES_LOGITS).mean()):
        yield "glasses, regression"
    yield "glasses"


def judge_person(loss):
    """Yield what is wrong with the loss of logits and class numbers."""
    right = losses.categorical_crossentropy(PEOPLE, SCORES)
    if close(given_by(loss, PEOPLE, SCORES), right):
        return
    if close(given_by(loss, PEOPLE, softmax(SCORES)), right):
        yield "person, probabilities"
    if close(given_by(loss, ROWS, SCORES), right) or close(given_by(loss, ROWS, softmax(SCORES)), right):
        yield "person, one-hot rows"
    yield "person"


def judge_smoothed(loss):
    """Yield what is wrong with the loss of logits and one-hot rows, with label smoothing."""
    hard = losses.categorical_crossentropy(ROWS, SCORES)
    smooth = losses.categorical_crossentropy(ROWS, SCORES, label_smoothing=SMOOTHING)
    gives = given_by(loss, ROWS, SCORES)
    if close(gives, smooth):
        return
    if close(gives, hard):
        yield "smoothed, hard labels"
    if close(given_by(loss, ROWS, softmax(SCORES)), smooth, hard):
        yield "smoothed, probabilities"
    if close(given_by(loss, PEOPLE, SCORES), smooth, hard):
        yield "smoothed, class numbers"
    yield "smoothed"


def judge_age(loss):
    """Yield what is wrong with the loss of ages, some of which are gross errors."""
    gives = given_by(loss, AGES, GUESSES)
    if close(gives, np.mean((AGES - GUESSES) ** 2)):
        yield "age, squared"
    far = [given_by(loss, AGES, AGES + distance) for distance in (1000, 2000)]
    grows_in_a_line = None not in far and close(far[1] / far[0] if far[0] else None, 2.0)
    if not grows_in_a_line or not close(given_by(loss, AGES, AGES) + 1, 1.0):
        yield "age"


def softmax(logits):
    """Return the probabilities of each row."""
    return np.exp(losses.log_softmax(logits)).astype("float32")


JUDGES = {"glasses": judge_glasses, "person": judge_person, "smoothed": judge_smoothed, "age": judge_age}


def judge_losses(fitting):
    """Look at one network after the other."""
    yield from entries_of(fitting, NETWORKS)
    for name, judge in JUDGES.items():
        loss = fitting[name]
        if isinstance(loss, str):
            yield "a name"
        if isinstance(loss, type):
            yield "a class"
        if not callable(loss):
            yield "not a loss"
        yield from judge(loss)


def binary(labels, outputs):
    """Stand for a loss of Keras, which would take seconds to import."""
    return losses.binary_crossentropy(labels, outputs)


def sparse(labels, outputs):
    """Stand for a loss of class numbers."""
    if np.ndim(labels) != 1:
        raise ValueError("One label for each picture is needed.")
    return losses.categorical_crossentropy(labels, outputs)


def smoothed(labels, outputs):
    """Stand for a loss of one-hot rows."""
    if np.ndim(labels) != 2:
        raise ValueError("A row for each picture is needed.")
    return losses.categorical_crossentropy(labels, outputs, label_smoothing=SMOOTHING)


def absolute(labels, outputs):
    """Stand for the mean absolute error."""
    return np.abs(labels - outputs).mean()


exercise = Custom(judge_losses, right=[(dict(zip(NETWORKS, (binary, sparse, smoothed, absolute), strict=True)),)])
