"""Answers to 8.2: right ones, and wrong ones with the hint that each must get."""

TURNED = {"distance": 0.8, "cosine": 0.75, "margin": 0.1, "matches": 3}

RIGHT = [TURNED, {"matches": 3.0, "margin": [0.1], "cosine": 1 - 0.25, "distance": 0.64**0.5}]

WRONG = [
    ("not a dictionary", 0.8),
    ("keys", {"distance": 0.8}),
    ("numbers", TURNED | {"distance": "near"}),
    ("distance", TURNED | {"distance": 5}),
    ("cosine", TURNED | {"cosine": 5}),
    ("margin", TURNED | {"margin": 5}),
    ("matches", TURNED | {"matches": 7}),
    ("reversed", TURNED | {"matches": 2}),
]
