"""Answers to 1.5: right ones, and wrong ones with the hint that each must get."""

WHICH = {
    "spot": "max",
    "order": "convolution",
    "noise": "average",
    "weights": "convolution",
    "comparisons": "max",
    "mean": "average",
}


RIGHT = [WHICH, {name: word.upper() for name, word in reversed(WHICH.items())}]

WRONG = [
    ("spot", WHICH | {"spot": "average"}),
    ("order", WHICH | {"order": "max"}),
    ("noise", WHICH | {"noise": "max"}),
    ("weights", WHICH | {"weights": "average"}),
    ("comparisons", WHICH | {"comparisons": "average"}),
    ("mean", WHICH | {"mean": "max"}),
    ("mean", WHICH | {"mean": "convolution"}),
    ("words", WHICH | {"spot": "relu"}),
    ("keys", {"spot": "max"}),
    ("not a dictionary", list(WHICH.values())),
]
