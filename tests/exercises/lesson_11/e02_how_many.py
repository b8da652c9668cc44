"""Answers to 11.2: right ones, and wrong ones with the hint that each must get."""

SIZE = {
    "hundred": 4 * 0.2 / 100**0.5,
    "four_hundred": 4 * 0.2 / 400**0.5,
    "needed": (4 * 0.2 / 0.01) ** 2,
    "pictures": 0.08,
    "two_factors": 4 * 0.2 / 25**0.5,
    "none_seen": 3 / 100,
}

RIGHT = [SIZE, {name: [value] for name, value in reversed(SIZE.items())}]

WRONG = [
    ("not a dictionary", 0.08),
    ("keys", {"hundred": 0.08}),
    ("numbers", SIZE | {"needed": "many"}),
    *((name, SIZE | {name: 0.77}) for name in SIZE),
    ("root forgotten", SIZE | {"hundred": 0.008}),
    ("root not undone", SIZE | {"needed": 80}),
    ("pictures taken for people", SIZE | {"pictures": 4 * 0.2 / 1000**0.5}),
    ("nothing seen is nothing there", SIZE | {"none_seen": 0.0}),
]
