"""Answers to 7.10: right ones, and wrong ones with the hint that each must get."""

DIFFERENCES = {
    "A and B": "method",
    "B and C": "chance",
    "A and D": "data",
    "C and E": "test",
    "D and F": "data",
    "D and E": "test",
    "B and G": "chance",
}

RIGHT = [DIFFERENCES, {rows: f" {word.upper()} " for rows, word in reversed(DIFFERENCES.items())}]

WRONG = [
    ("not a dictionary", list(DIFFERENCES.values())),
    ("keys", {"A and B": "method"}),
    ("words", DIFFERENCES | {"B and G": "hardware"}),
    ("A and B", DIFFERENCES | {"A and B": "test"}),
    ("B and C", DIFFERENCES | {"B and C": "data"}),
    ("A and D", DIFFERENCES | {"A and D": "chance"}),
    ("C and E", DIFFERENCES | {"C and E": "chance"}),
    ("D and F", DIFFERENCES | {"D and F": "test"}),
    ("D and E", DIFFERENCES | {"D and E": "chance"}),
    ("B and G", DIFFERENCES | {"B and G": "test"}),
    ("B and G are one method", DIFFERENCES | {"B and G": "Method"}),
]
