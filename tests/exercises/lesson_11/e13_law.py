"""Answers to 11.13: right ones, and wrong ones with the hint that each must get."""

import datetime

from course_utils.protocols import law

STATEMENTS, _scenarios = law.load()
FITTING = {
    "album": ("household", datetime.date(2026, 5, 1)),
    "archive": ("scraping", datetime.date(2024, 12, 10)),
    "webcams": ("scraping", datetime.date(2026, 3, 2)),
    "pupils": ("emotion", datetime.date(2026, 9, 14)),
    "festival": ("authorised", datetime.date(2026, 7, 4)),
    "landlord": ("china", datetime.date(2025, 9, 1)),
    "duties": ("high-risk", datetime.date(2027, 3, 15)),
}
DECIDING = {case: name if day >= STATEMENTS[name].since else "not-yet" for case, (name, day) in FITTING.items()}

RIGHT = [DECIDING, {case: f" {word.upper()} " for case, word in reversed(DECIDING.items())}]

WRONG = [
    ("not a dictionary", list(DECIDING.values())),
    ("keys", {"album": "household"}),
    ("words", DECIDING | {"duties": "Annex III"}),
    ("Annex III everywhere", DECIDING | {"webcams": "high risk", "pupils": "high-risk"}),
    ("date overlooked", DECIDING | {"archive": "scraping"}),
    ("first plan", DECIDING | {"duties": "high-risk"}),
    ("album", DECIDING | {"album": "scraping"}),
    ("archive", DECIDING | {"archive": "household"}),
    ("webcams", DECIDING | {"webcams": "household"}),
    ("cameras in public", DECIDING | {"webcams": "authorised"}),
    ("pupils", DECIDING | {"pupils": "authorised"}),
    ("festival", DECIDING | {"festival": "emotion"}),
    ("landlord", DECIDING | {"landlord": "authorised"}),
    ("duties", DECIDING | {"duties": "authorised"}),
]
