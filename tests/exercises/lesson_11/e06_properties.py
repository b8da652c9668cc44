"""Answers to 11.6: right ones, and wrong ones with the hint that each must get."""

BROKEN = {
    "two_lists": "unlinkability",
    "folder": "irreversibility",
    "same_key": "none",
    "reissued": "renewability",
    "half": "irreversibility",
    "strangers": "none",
    "means": "unlinkability",
}

RIGHT = [BROKEN, {finding: f" {word.upper()} " for finding, word in reversed(BROKEN.items())}]

WRONG = [
    ("not a dictionary", list(BROKEN.values())),
    ("keys", {"folder": "irreversibility"}),
    ("words", BROKEN | {"half": "both"}),
    ("two_lists", BROKEN | {"two_lists": "none"}),
    ("nothing computed", BROKEN | {"two_lists": "irreversibility"}),
    ("folder", BROKEN | {"folder": "renewability"}),
    ("same_key", BROKEN | {"same_key": "renewability"}),
    ("same key is no link", BROKEN | {"same_key": "unlinkability"}),
    ("reissued", BROKEN | {"reissued": "unlinkability"}),
    ("half", BROKEN | {"half": "renewability"}),
    ("half is lost", BROKEN | {"half": "none"}),
    ("strangers", BROKEN | {"strangers": "irreversibility"}),
    ("means", BROKEN | {"means": "renewability"}),
    ("mean is small", BROKEN | {"means": "None"}),
]
