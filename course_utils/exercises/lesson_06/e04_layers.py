"""6.4: the layer that went."""

from course_utils.exercises.forms import Custom
from course_utils.exercises.forms.entries import entries_of
from course_utils.exercises.reading import one_number, show

FIRST, SECOND, LAST = 9 * 16 + 16, 9 * 16 * 32 + 32, 64 * 10 + 10


def dense(inputs):
    """Return the weights of the layer of 64 units."""
    return inputs * 64 + 64


WHOLE = FIRST + SECOND + dense(6 * 6 * 32) + LAST
WITHOUT = FIRST + dense(15 * 15 * 16) + LAST
AVERAGE = FIRST + SECOND + dense(32) + LAST
MISCOUNTS = {
    "whole": {
        "no biases": WHOLE - (16 + 32 + 64 + 10),
        "padded": FIRST + SECOND + dense(8 * 8 * 32) + LAST,
        "one channel": WHOLE - SECOND + 9 * 32 + 32,
        "rounded up": FIRST + SECOND + dense(7 * 7 * 32) + LAST,
        "without the last layer": WHOLE - LAST,
        "convolutions only": FIRST + SECOND,
    },
    "without_second": {
        "no biases": WITHOUT - (16 + 64 + 10),
        "padded": FIRST + dense(16 * 16 * 16) + LAST,
        "pooling stays": FIRST + dense(7 * 7 * 16) + LAST,
        "without the last layer": WITHOUT - LAST,
        "not grown": WHOLE - SECOND,
        "channels of the lost layer": FIRST + dense(15 * 15 * 32) + LAST,
    },
    "average": {
        "no biases": AVERAGE - (16 + 32 + 64 + 10),
        "one channel": AVERAGE - SECOND + 9 * 32 + 32,
        "without the last layer": AVERAGE - LAST,
        "pixels of one map": FIRST + SECOND + dense(6 * 6) + LAST,
        "flat all the same": WHOLE,
    },
}
COUNTS = {"whole": WHOLE, "without_second": WITHOUT, "average": AVERAGE}


def judge_counts(counts):
    """Look at one network after the other, first for a miscount: many of them can be made with any of the networks."""
    yield from entries_of(counts, COUNTS)
    numbers = {name: one_number(counts[name]) for name in COUNTS}
    if None in numbers.values():
        yield "numbers"
    for name, right in COUNTS.items():
        case = [f"counts[{show(name)}] = {show(numbers[name])}"]
        for hint, wrong in MISCOUNTS[name].items():
            if numbers[name] == wrong:
                yield hint, case
        if numbers[name] != right:
            yield f"other {name.replace('_', ' ')}", case


exercise = Custom(judge_counts, right=[(COUNTS,)])
