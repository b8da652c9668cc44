"""Answers to 9.9: right ones, and wrong ones with the hint that each must get."""

INDEXES = {"door": "exact", "city": "graph", "preview": "coarse"}

RIGHT = [INDEXES, {use: f" {index.upper()} " for use, index in reversed(INDEXES.items())}]

WRONG = [
    ("not a dictionary", ["exact", "graph", "coarse"]),
    ("keys", {"door": "exact"}),
    ("words", INDEXES | {"door": "dictionary"}),
    ("door", INDEXES | {"door": "graph"}),
    ("misses for nothing", INDEXES | {"door": "coarse"}),
    ("city", INDEXES | {"city": "exact"}),
    ("city misses", INDEXES | {"city": "coarse"}),
    ("preview", INDEXES | {"preview": "graph"}),
]
