"""Answers to 7.5: right ones, and wrong ones with the hint that each must get."""

from fractions import Fraction


def by_trying(inputs, units, operations_per_second, bytes_per_second):
    def waits(pictures):
        arithmetic = Fraction(2 * inputs * units * pictures) / Fraction(operations_per_second)
        moved = 4 * (inputs * units + pictures * (inputs + units))
        return Fraction(moved) / Fraction(bytes_per_second) > arithmetic

    if waits(10**12):
        raise ValueError("No batch is large enough.")
    pictures = 1
    while waits(pictures):
        pictures += 1
    return pictures


def with_intensities(inputs, units, operations_per_second, bytes_per_second):
    edge = Fraction(operations_per_second) / Fraction(bytes_per_second)
    weights = inputs * units
    highest = Fraction(weights, 2 * (inputs + units))
    if highest <= edge:
        raise ValueError
    return -((-2 * edge * weights) // (weights - 2 * edge * (inputs + units)))


def with_one_extra_picture(inputs, units, operations_per_second, bytes_per_second):
    return by_trying(inputs, units, operations_per_second, bytes_per_second) + 1


RIGHT = [by_trying, with_intensities]

WRONG = [
    ("smallest case", with_one_extra_picture),
    ("smallest case", lambda inputs, units, operations_per_second, bytes_per_second: 64),
    ("arguments", lambda inputs, units: 0),
    ("not a function", 11),
]
