"""Answers to 8.12: right ones, and wrong ones with the hint that each must get."""

BELIEFS = {"odds": 19, "rare": 0.161, "common": 0.994}

RIGHT = [BELIEFS, {"common": 171 / 172, "rare": 0.95 * 0.01 / (0.95 * 0.01 + 0.05 * 0.99), "odds": 0.95 / 0.05}]

WRONG = [
    ("not a dictionary", 0.161),
    ("keys", {"odds": 19}),
    ("numbers", BELIEFS | {"rare": "small"}),
    ("odds", BELIEFS | {"odds": 3}),
    ("rare", BELIEFS | {"rare": 0.5}),
    ("common", BELIEFS | {"common": 0.5}),
]
