"""Answers to 11.11: right ones, and wrong ones with the hint that each must get."""

FIRST, SECOND = [0.72, 0.81, 0.64, 0.40, 0.56], [0.55, 0.35, 0.52, 0.57, 0.30]
BOTH = sum(min(pair) >= 0.5 for pair in zip(FIRST, SECOND, strict=True)) / 5
MEAN = sum(sum(pair) / 2 >= 0.5 for pair in zip(FIRST, SECOND, strict=True)) / 5

RATES = {"prints": 4 / 100, "apcer": max(4 / 100, 20 / 50, 0 / 20), "bpcer": 10 / 200, "masks": 3 / 20, "mmpmr": BOTH}

RIGHT = [RATES, {"mmpmr": 2 / 5, "masks": 0.15, "bpcer": 1 - 190 / 200, "apcer": 0.4, "prints": 0.04}]

WRONG = [
    ("not a dictionary", 0.4),
    ("keys", {"apcer": 0.4}),
    ("numbers", RATES | {"masks": "unknown"}),
    *((name, RATES | {name: 0.77}) for name in RATES),
    ("all attacks pooled", RATES | {"apcer": (4 + 20 + 0) / (100 + 50 + 20)}),
    ("mean over kinds", RATES | {"apcer": (4 / 100 + 20 / 50 + 0 / 20) / 3}),
    ("second person or mean", RATES | {"mmpmr": MEAN}),
    ("one of both", RATES | {"mmpmr": sum(max(pair) >= 0.5 for pair in zip(FIRST, SECOND, strict=True)) / 5}),
]
