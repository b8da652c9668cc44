"""Answers to 9.7: right ones, and wrong ones with the hint that each must get."""

QUALITY = {"before": 0.08, "after": 0.04, "sent_away": 0.1, "not_helped": 0.136}

RIGHT = [QUALITY, {"not_helped": (12 + 24 + 100) / 1000, "sent_away": [0.1], "after": 36 / 900, "before": 80 / 1e3}]

WRONG = [
    ("not a dictionary", 0.08),
    ("keys", {"before": 0.08}),
    ("numbers", QUALITY | {"after": "better"}),
    ("before", QUALITY | {"before": 0.5}),
    ("after", QUALITY | {"after": 0.5}),
    ("sent_away", QUALITY | {"sent_away": 0.5}),
    ("not_helped", QUALITY | {"not_helped": 0.5}),
]
