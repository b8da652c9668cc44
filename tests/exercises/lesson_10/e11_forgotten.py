"""Answers to 10.11: right ones, and wrong ones with the hint that each must get."""

FORGOTTEN = {
    "warm": "step",
    "curve": "history",
    "digit": "random",
    "slow": "optimizer",
    "twice": "order",
    "worse": "statistics",
}

RIGHT = [FORGOTTEN, {training: f" {word.upper()} " for training, word in reversed(FORGOTTEN.items())}]

WRONG = [
    ("not a dictionary", list(FORGOTTEN.values())),
    ("keys", {"warm": "step"}),
    ("words", FORGOTTEN | {"warm": "learning rate"}),
    ("warm", FORGOTTEN | {"warm": "history"}),
    ("curve", FORGOTTEN | {"curve": "step"}),
    ("digit", FORGOTTEN | {"digit": "optimizer"}),
    ("slow", FORGOTTEN | {"slow": "random"}),
    ("twice", FORGOTTEN | {"twice": "step"}),
    ("worse", FORGOTTEN | {"worse": "order"}),
]
