"""6.2: three columns."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import one_number, plain, show

NETWORKS, CHOSEN = "ABCD", "D"
TRAINING = np.array([1.00, 0.84, 0.55, 0.97])
VALIDATION = np.array([0.70, 0.74, 0.56, 0.77])
TEST = np.array([0.71, 0.78, 0.55, 0.75])
GAPS = TRAINING - TEST
WRONG_GAPS = {
    "negative gap": TEST - TRAINING,
    "gap to validation": TRAINING - VALIDATION,
    "gap to a mean": TRAINING - (VALIDATION + TEST) / 2,
    "ratio": TRAINING / TEST,
    "share of training": GAPS / TRAINING,
    "errors on the test": 1 - TEST,
    "validation and test": VALIDATION - TEST,
}
WRONG_CHOICES = {"A": "chosen by training", "B": "chosen by the test", "C": "chosen by the gap"}
WRONG_SCORES = {
    "best test score": 0.78,
    "validation score": 0.77,
    "training score": 0.97,
    "mean of two": 0.76,
    "score in percent": 75,
}


def judge_columns(gaps, chosen, reported):
    """Look at the gaps, then at the choice, then at the score."""
    if not isinstance(gaps, dict) or set(gaps) != set(NETWORKS):
        yield "four gaps"
    numbers = [one_number(gaps[name]) for name in NETWORKS]
    if None in numbers:
        yield "four gaps"
    yield from judge_gaps(numbers, others_right(chosen, reported))
    letter = letter_of(chosen)
    if letter != CHOSEN:
        yield WRONG_CHOICES.get(letter, "not a network")
    score = one_number(reported)
    if score is None:
        yield "one score"
    for hint, wrong in WRONG_SCORES.items():
        if np.isclose(score, wrong, rtol=0, atol=0.001):
            yield hint
    if not is_reported(score):
        yield "other score"


def judge_gaps(numbers, others):
    """Look for a known mistake in all gaps, then at each."""
    for hint, wrong in WRONG_GAPS.items():
        if np.allclose(numbers, wrong, rtol=0, atol=0.006):
            yield hint, [others]
    if np.allclose(np.divide(numbers, 100), GAPS, rtol=0, atol=0.006):
        yield "percent", [others]
    is_wrong = ~np.isclose(numbers, GAPS, rtol=0, atol=0.006)
    if is_wrong.any():
        pairs = zip(NETWORKS, numbers, is_wrong, strict=True)
        yield (
            "other gaps",
            [*(f"gaps[{show(name)}] = {show(number)}" for name, number, wrong in pairs if wrong), others],
        )


def letter_of(chosen):
    """Return the letter of a network, or nothing."""
    return plain(chosen).upper() if isinstance(chosen, str) else ""


def is_reported(score):
    """Tell whether this is the number to report."""
    return score is not None and np.isclose(score, 0.75, rtol=0, atol=0.001)


def others_right(chosen, reported):
    """Say which of the other two parts are right."""
    parts = {"chosen": letter_of(chosen) == CHOSEN, "reported": is_reported(one_number(reported))}
    return "; ".join(f"{name} is {'right' if right else 'not right yet'}" for name, right in parts.items())


exercise = Custom(judge_columns, answers=3, right=[(dict(zip(NETWORKS, GAPS, strict=True)), CHOSEN, 0.75)])
