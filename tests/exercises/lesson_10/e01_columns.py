"""Answers to 10.1: right ones, and wrong ones with the hint that each must get."""

COLUMNS = {
    "pairs": "restricted",
    "aligned": "label-free",
    "actors": "outside",
    "heads": "rendered",
    "names": "unrestricted",
    "painter": "generated",
    "pixels": "restricted",
}

RIGHT = [COLUMNS, {system: f" {column.upper()} " for system, column in reversed(COLUMNS.items())}]

WRONG = [
    ("not a dictionary", list(COLUMNS.values())),
    ("keys", {"pairs": "restricted"}),
    ("words", COLUMNS | {"names": "column 2"}),
    ("pairs", COLUMNS | {"pairs": "unrestricted"}),
    ("aligned", COLUMNS | {"aligned": "restricted"}),
    ("program forgotten", COLUMNS | {"aligned": "unrestricted"}),
    ("program knows nobody", COLUMNS | {"aligned": "outside"}),
    ("actors", COLUMNS | {"actors": "generated"}),
    ("heads", COLUMNS | {"heads": "restricted"}),
    ("made by a network", COLUMNS | {"heads": "Generated"}),
    ("names", COLUMNS | {"names": "rendered"}),
    ("painter", COLUMNS | {"painter": "unrestricted"}),
    ("pixels", COLUMNS | {"pixels": "unrestricted"}),
    ("names nobody gave", COLUMNS | {"pairs": "unrestricted", "pixels": "unrestricted"}),
]
