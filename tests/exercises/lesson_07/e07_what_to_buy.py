"""Answers to 7.7: right ones, and wrong ones with the hint that each must get."""

PURCHASES = {
    "gate": "people",
    "phone": "pictures",
    "archive": "undecided",
    "club": "untrained",
    "school": "people",
    "studio": "undecided",
}

RIGHT = [
    PURCHASES,
    {project: f" {word.upper()} " for project, word in reversed(PURCHASES.items())},
    PURCHASES | {"club": "un-trained"},
]

WRONG = [
    ("not a dictionary", list(PURCHASES.values())),
    ("keys", {"gate": "people"}),
    ("words", PURCHASES | {"archive": "both"}),
    ("gate", PURCHASES | {"gate": "untrained"}),
    ("phone", PURCHASES | {"phone": "untrained"}),
    ("archive", PURCHASES | {"archive": "pictures"}),
    ("club", PURCHASES | {"club": "people"}),
    ("school", PURCHASES | {"school": "untrained"}),
    ("studio", PURCHASES | {"studio": "pictures"}),
    ("club has not learned", PURCHASES | {"club": "Pictures"}),
    ("studio is one seed", PURCHASES | {"studio": "people"}),
]
