"""Answers to 5.8: right ones, and wrong ones with the hint that each must get."""

USES = {"camera": "face", "phone": "same", "school": "who", "passport": "same", "door": "search"}


RIGHT = [USES, {name: word.upper() for name, word in reversed(USES.items())}]

WRONG = [
    ("phone", USES | {"phone": "who"}),
    ("passport", USES | {"passport": "who"}),
    ("door", USES | {"door": "who"}),
    ("door", USES | {"door": "same"}),
    ("phone", USES | {"phone": "search"}),
    ("school", USES | {"school": "same"}),
    ("camera", USES | {"camera": "who"}),
    ("words", USES | {"camera": "detection"}),
    ("keys", {"camera": "face"}),
    ("not a dictionary", ["face", "same", "who", "same", "same"]),
]
