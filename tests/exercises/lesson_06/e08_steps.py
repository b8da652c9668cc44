"""Answers to 6.8: right ones, and wrong ones with the hint that each must get."""

import numpy as np

STEPS = {
    "SGD with L2": [1.98, 0.198, 0.0198],
    "SGD with L1": [1.97, 0.17, -0.01],
    "Adam with L2": [1.9, 0.1, -0.08],
    "AdamW": [1.96, 0.196, 0.0196],
}


RIGHT = [
    STEPS,
    {name: np.array(values) for name, values in reversed(STEPS.items())},
    STEPS | {"Adam with L2": (1.9, 0.1, -0.0798)},
]

WRONG = [
    ("SGD with L2", STEPS | {"SGD with L2": [2, 0.2, 0.02]}),
    ("SGD with L1", STEPS | {"SGD with L1": [2, 0.2, 0.02]}),
    ("Adam with L2", STEPS | {"Adam with L2": [1, 1, 1]}),
    ("AdamW", STEPS | {"AdamW": [1.5, 0.1, 0]}),
    ("numbers", STEPS | {"AdamW": 1.96}),
    ("numbers", STEPS | {"SGD with L2": "smaller"}),
    ("keys", {"AdamW": [1.96, 0.196, 0.0196]}),
    ("not a dictionary", list(STEPS.values())),
]
