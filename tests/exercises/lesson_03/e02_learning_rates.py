"""Answers to 3.2: right ones, and wrong ones with the hint that each must get."""

FATES = {0.002: "creeps", 0.06: "works", 0.15: "swings", 0.19: "swings", 0.25: "diverges"}


RIGHT = [FATES, {rate: f" {word.upper()} " for rate, word in reversed(FATES.items())}]

WRONG = [
    ("0.002", FATES | {0.002: "works"}),
    ("0.06", FATES | {0.06: "creeps"}),
    ("0.06", FATES | {0.06: "swings"}),
    ("0.15", FATES | {0.15: "works"}),
    ("0.19", FATES | {0.19: "diverges"}),
    ("0.25", FATES | {0.25: "swings"}),
    ("words", FATES | {0.002: "slow"}),
    ("words", FATES | {0.002: 3}),
    ("keys", {0.002: "creeps"}),
    ("not a dictionary", list(FATES.values())),
]
