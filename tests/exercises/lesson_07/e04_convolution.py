"""Answers to 7.4: right ones, and wrong ones with the hint that each must get."""

WORK = {
    "operations": 921_600,
    "moved": 37_632,
    "moved_eight": 172_032,
    "speed_one": 98.0,
    "speed_eight": 120,
    "more_memory": 120,
}

RIGHT = [
    WORK,
    {
        "more_memory": min(120, 8 * 42.86),
        "speed_eight": 120.0,
        "speed_one": 24.49 * 4,
        "moved_eight": 8 * 19_200 + 18_432,
        "moved": 19_200 + 18_432,
        "operations": [2 * 144 * 3200],
    },
    WORK | {"operations": 922_000, "moved": 37_600, "moved_eight": 172_000},  # three digits
]

WRONG = [
    ("not a dictionary", 921_600),
    ("keys", {"operations": 921_600}),
    ("numbers", WORK | {"moved": "as many"}),
    ("operations", WORK | {"operations": 1}),
    ("moved", WORK | {"moved": 1}),
    ("moved_eight", WORK | {"moved_eight": 1}),
    ("speed_one", WORK | {"speed_one": 1}),
    ("speed_eight", WORK | {"speed_eight": 1}),
    ("more_memory", WORK | {"more_memory": 1}),
    ("weights once for each picture", WORK | {"moved_eight": 8 * 37_632}),
    ("additions forgotten", WORK | {"operations": 460_800}),
]
