"""Answers to 9.9: right ones, and wrong ones with the hint that each must get."""

INDEXES = {"door": "exact", "city": "graph", "preview": "coarse"}

RIGHT = [INDEXES, {use: f" {index.upper()} " for use, index in reversed(INDEXES.items())}]

WRONG = [
    ("not a dictionary", ["exact", "graph", "coarse"]),
    ("keys", {"door": "exact"}),
    ("words", INDEXES | {"door": "dictionary"}),
    ("nothing to gain", INDEXES | {"door": "graph"}),
    ("city misses", INDEXES | {"city": "coarse"}),
    ("preview too slow", INDEXES | {"preview": "graph"}),
]
