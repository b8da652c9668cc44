"""Answers to 4.6: right ones, and wrong ones with the hint that each must get."""

EFFECTS = {
    "names": "keeps",
    "gaze": "changes",
    "passport": "never",
    "ships": "keeps",
    "hair": "changes",
    "daylight": "changes",
    "lamps": "keeps",
}


RIGHT = [EFFECTS, {name: word.upper() for name, word in reversed(EFFECTS.items())}]

WRONG = [
    ("names", EFFECTS | {"names": "changes"}),
    ("gaze", EFFECTS | {"gaze": "never"}),
    ("passport", EFFECTS | {"passport": "keeps"}),
    ("passport", EFFECTS | {"passport": "changes"}),
    ("ships", EFFECTS | {"ships": "changes"}),
    ("hair", EFFECTS | {"hair": "keeps"}),
    ("daylight", EFFECTS | {"daylight": "keeps"}),
    ("lamps", EFFECTS | {"lamps": "changes"}),
    ("words", EFFECTS | {"lamps": "yes"}),
    ("keys", {"names": "keeps"}),
    ("not a dictionary", list(EFFECTS.values())),
]
