"""Answers to 10.12: right ones, and wrong ones with the hint that each must get."""

import numpy as np

ROUNDED = {
    "next_float16": 1.0009765625,
    "weight": 1,
    "bits": 13,
    "margin": 0.349609375,
    "cosine": 0.75,
    "gradient": 0,
}

RIGHT = [
    ROUNDED,
    {
        "gradient": np.float16(1e-8),
        "cosine": 192 / 256,
        "margin": 0.3496,
        "bits": np.array([13]),
        "weight": np.float16(1) + np.float16(1e-4),
        "next_float16": np.nextafter(np.float16(1), np.float16(2)),
    },
    ROUNDED | {"next_float16": 1.00098},
]

WRONG = [
    ("not a dictionary", 1.0),
    ("keys", {"weight": 1}),
    ("numbers", ROUNDED | {"gradient": "nothing"}),
    ("next_float16", ROUNDED | {"next_float16": 2}),
    ("weight", ROUNDED | {"weight": 3}),
    ("bits", ROUNDED | {"bits": 32}),
    ("margin", ROUNDED | {"margin": 0.3}),
    ("cosine", ROUNDED | {"cosine": 0.7}),
    ("gradient", ROUNDED | {"gradient": 0.5}),
]
