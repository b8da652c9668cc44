"""Answers to 3.5: right ones, and wrong ones with the hint that each must get."""

REMEDIES = {
    "agree": "momentum",
    "ahead": "Nesterov",
    "sizes": "RMSprop",
    "wanders": "schedule",
    "start": "warm-up",
    "outlier": "clipping",
}


def exchanged(remedies, first, second):
    return remedies | {first: remedies[second], second: remedies[first]}


RIGHT = [
    REMEDIES,
    REMEDIES | {"start": "warmup", "agree": "Momentum ", "sizes": "rmsprop"},
    REMEDIES | {"start": "Warm up", "ahead": "nesterov"},
]

WRONG = [
    ("agree", exchanged(REMEDIES, "agree", "sizes")),
    ("ahead", exchanged(REMEDIES, "ahead", "wanders")),
    ("ahead", exchanged(REMEDIES, "ahead", "outlier")),
    ("sizes", exchanged(REMEDIES, "sizes", "outlier")),
    ("wanders", exchanged(REMEDIES, "wanders", "start")),
    ("start", exchanged(REMEDIES, "start", "outlier")),
    ("outlier", REMEDIES | {"outlier": "momentum", "agree": "momentum"}),
    ("words", REMEDIES | {"agree": "Adam"}),
    ("words", REMEDIES | {"agree": 1}),
    ("keys", {"agree": "momentum"}),
    ("not a dictionary", list(REMEDIES.values())),
]
