"""6.2: three columns."""

import numpy as np

from course_utils.exercises.forms import Custom
from course_utils.exercises.reading import one_number, show

NETWORKS = "ABCD"
TRAINING = np.array([1.00, 0.84, 0.55, 0.97])
VALIDATION = np.array([0.70, 0.74, 0.56, 0.77])
TEST = np.array([0.71, 0.78, 0.55, 0.75])
GAPS = TRAINING - TEST
WRONG_GAPS = {
    "negative gap": TEST - TRAINING,
    "gap to validation": TRAINING - VALIDATION,
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
    for hint, wrong in WRONG_GAPS.items():
        if np.allclose(numbers, wrong, rtol=0, atol=0.006):
            yield hint
    if np.allclose(np.divide(numbers, 100), GAPS, rtol=0, atol=0.006):
        yield "percent"
    for name, number, right in zip(NETWORKS, numbers, GAPS, strict=True):
        if not np.isclose(number, right, rtol=0, atol=0.006):
            yield "other gap", [f"gaps[{show(name)}] = {show(number)}"]
    letter = chosen.strip().upper() if isinstance(chosen, str) else ""
    if letter != "D":
        yield WRONG_CHOICES.get(letter, "not a network")
    score = one_number(reported)
    if score is None:
        yield "one score"
    for hint, wrong in WRONG_SCORES.items():
        if np.isclose(score, wrong, rtol=0, atol=0.001):
            yield hint
    if not np.isclose(score, 0.75, rtol=0, atol=0.001):
        yield "other score"


exercise = Custom(judge_columns, answers=3, right=[(dict(zip(NETWORKS, GAPS, strict=True)), "D", 0.75)])
