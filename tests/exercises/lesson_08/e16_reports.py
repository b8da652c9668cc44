"""Answers to 8.16: right ones, and wrong ones with the hint that each must get."""

FAULTS = {
    "airport": "few",
    "school": "pictures",
    "bank": "threshold",
    "library": "sound",
    "gym": "dominated",
    "archive": "reversed",
}

RIGHT = [FAULTS, {report: f" {fault.upper()} " for report, fault in reversed(FAULTS.items())}]

WRONG = [
    ("not a dictionary", list(FAULTS.values())),
    ("keys", {"airport": "few"}),
    ("words", FAULTS | {"airport": "3"}),
    ("airport", FAULTS | {"airport": "pictures"}),
    ("school", FAULTS | {"school": "reversed"}),
    ("bank", FAULTS | {"bank": "reversed"}),
    ("library", FAULTS | {"library": "reversed"}),
    ("gym", FAULTS | {"gym": "reversed"}),
    ("archive", FAULTS | {"archive": "few"}),
]
