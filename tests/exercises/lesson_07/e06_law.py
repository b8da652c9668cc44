"""Answers to 7.6: right ones, and wrong ones with the hint that each must get."""

import math

import numpy as np


def with_equations(numbers, errors):
    columns = np.stack([np.ones(len(numbers) - 1), np.log2(numbers[:-1])], axis=1)
    start, slope = np.linalg.lstsq(columns, np.log2(errors[:-1]), rcond=None)[0]
    return 2 ** (start + slope * np.log2(numbers[-1])) / errors[-1] - 1


def in_plain_python(numbers, errors):
    *x, last = [math.log(number) for number in numbers.tolist()]
    *y, _ = [math.log(error) for error in errors.tolist()]
    middle, height = sum(x) / len(x), sum(y) / len(y)
    slope = sum((one - middle) * two for one, two in zip(x, y, strict=True)) / sum((one - middle) ** 2 for one in x)
    measured = float(errors[-1])
    return (math.exp(height + slope * (last - middle)) - measured) / measured


def in_percent(numbers, errors):
    return 100 * with_equations(numbers, errors)


def all_points(numbers, errors):
    return with_equations(np.append(numbers, numbers[-1]), np.append(errors, errors[-1]))


RIGHT = [with_equations, in_plain_python]

WRONG = [
    ("smallest case", in_percent),
    ("last point in the fit", all_points),
    ("without its sign", lambda numbers, errors: abs(in_plain_python(numbers, errors))),
    ("other sign", lambda numbers, errors: -in_plain_python(numbers, errors)),
    ("arguments", lambda numbers: 0),
    ("not a function", 0.1),
]
