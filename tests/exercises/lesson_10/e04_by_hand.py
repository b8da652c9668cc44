"""Answers to 10.4: right ones, and wrong ones with the hint that each must get."""

ACCURACIES = {"own_fold": 1, "all_pairs": 7 / 8, "other_fold": 5 / 8, "flatters": 3 / 8, "coin": 3 / 4}

RIGHT = [ACCURACIES, {"coin": 0.75, "flatters": 0.375, "other_fold": 0.625, "all_pairs": 0.875, "own_fold": [1.0]}]

WRONG = [
    ("not a dictionary", 0.625),
    ("keys", {"own_fold": 1}),
    ("numbers", ACCURACIES | {"coin": "half"}),
    ("own_fold", ACCURACIES | {"own_fold": 0.2}),
    ("all_pairs", ACCURACIES | {"all_pairs": 0.2}),
    ("other_fold", ACCURACIES | {"other_fold": 0.2}),
    ("flatters", ACCURACIES | {"flatters": 0.2}),
    ("coin", ACCURACIES | {"coin": 0.2}),
    ("honest guess", ACCURACIES | {"coin": 1 / 2}),
]
