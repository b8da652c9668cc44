"""Answers to 6.1: right ones, and wrong ones with the hint that each must get."""

DIAGNOSES = {"A": "rate", "B": "overfitting", "C": "leak", "D": "underfitting", "E": "small"}


RIGHT = [DIAGNOSES, {run: word.upper() for run, word in reversed(DIAGNOSES.items())}]

WRONG = [
    ("A", DIAGNOSES | {"A": "overfitting"}),
    ("A", DIAGNOSES | {"A": "leak"}),
    ("B", DIAGNOSES | {"B": "leak"}),
    ("C", DIAGNOSES | {"C": "small"}),
    ("D", DIAGNOSES | {"D": "rate"}),
    ("E", DIAGNOSES | {"E": "leak"}),
    ("words", DIAGNOSES | {"E": "noise"}),
    ("keys", {"A": "rate"}),
    ("not a dictionary", list(DIAGNOSES.values())),
]
