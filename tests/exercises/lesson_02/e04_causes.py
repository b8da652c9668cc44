"""Answers to 2.4: right ones, and wrong ones with the hint that each must get."""

CAUSES = {"forty": "numbers", "glasses": "single", "four": "twice", "crowd": "shuffled", "ages": "each"}


RIGHT = [CAUSES, {run: f" {cause.upper()} " for run, cause in reversed(CAUSES.items())}]

WRONG = [
    ("not a dictionary", ["numbers", "single", "twice", "shuffled", "each"]),
    ("keys", {"forty": "numbers"}),
    ("words", CAUSES | {"forty": "ids"}),
    ("words", CAUSES | {"forty": 1}),
    ("rows", CAUSES | {"crowd": "rows"}),
    ("rows", CAUSES | {"four": "rows"}),
    ("forty", CAUSES | {"forty": "shuffled"}),
    ("glasses", CAUSES | {"glasses": "shuffled"}),
    ("glasses", CAUSES | {"glasses": "twice"}),
    ("four", CAUSES | {"four": "single"}),
    ("four", CAUSES | {"four": "shuffled"}),
    ("crowd", CAUSES | {"crowd": "numbers"}),
    ("crowd", CAUSES | {"crowd": "each"}),
    ("ages", CAUSES | {"ages": "shuffled"}),
    ("ages", CAUSES | {"ages": "single"}),
]
