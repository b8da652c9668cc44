"""Answers to 6.4: right ones, and wrong ones with the hint that each must get."""

import numpy as np

COUNTS = {"whole": 79_242, "without_second": 231_274, "average": 7_562}


RIGHT = [
    COUNTS,
    {name: np.int64(number) for name, number in reversed(COUNTS.items())},
    COUNTS | {"average": [7562]},
]

WRONG = [
    ("no biases", COUNTS | {"whole": 79_242 - 16 - 32 - 64 - 10}),
    ("padded", COUNTS | {"whole": 160 + 4640 + 8 * 8 * 32 * 64 + 64 + 650}),
    ("one channel", COUNTS | {"whole": 79_242 - 4640 + 320}),
    ("rounded up", COUNTS | {"whole": 160 + 4640 + 7 * 7 * 32 * 64 + 64 + 650}),
    ("convolutions only", COUNTS | {"whole": 4_800}),
    ("without the last layer", COUNTS | {"whole": 78_592}),
    ("other whole", COUNTS | {"whole": 80_000}),
    ("pooling stays", COUNTS | {"without_second": 160 + 7 * 7 * 16 * 64 + 64 + 650}),
    ("not grown", COUNTS | {"without_second": 79_242 - 4640}),
    ("channels of the lost layer", COUNTS | {"without_second": 160 + 15 * 15 * 32 * 64 + 64 + 650}),
    ("padded", COUNTS | {"without_second": 160 + 16 * 16 * 16 * 64 + 64 + 650}),
    ("other without second", COUNTS | {"without_second": 1_000}),
    ("pixels of one map", COUNTS | {"average": 160 + 4640 + 36 * 64 + 64 + 650}),
    ("flat all the same", COUNTS | {"average": 79_242}),
    ("no biases", COUNTS | {"average": 7_562 - 122}),
    ("other average", COUNTS | {"average": 2_112}),
    ("numbers", COUNTS | {"average": "few"}),
    ("keys", {"whole": 79_242}),
    ("not a dictionary", list(COUNTS.values())),
]
