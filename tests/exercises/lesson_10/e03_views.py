"""Answers to 10.3: right ones, and wrong ones with the hint that each must get."""

REPORTS = {
    "width": "choice",
    "flips": "sound",
    "everybody": "people",
    "folds": "threshold",
    "seeds": "choice",
    "upside_down": "sound",
}

RIGHT = [REPORTS, {report: f" {word.upper()} " for report, word in reversed(REPORTS.items())}]

WRONG = [
    ("not a dictionary", list(REPORTS.values())),
    ("keys", {"width": "choice"}),
    ("words", REPORTS | {"width": "View 1"}),
    ("width", REPORTS | {"width": "people"}),
    ("flips", REPORTS | {"flips": "people"}),
    ("everybody", REPORTS | {"everybody": "threshold"}),
    ("folds", REPORTS | {"folds": "people"}),
    ("seeds", REPORTS | {"seeds": "people"}),
    ("upside_down", REPORTS | {"upside_down": "people"}),
]
