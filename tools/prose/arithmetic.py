"""Check the sums that a text writes out, such as "3 × 3 × 32 = 288"."""

import ast
import math
import operator
import re
from dataclasses import dataclass

from tools.prose.quantities import NUMBER, POWER, SUPERSCRIPTS, read_quantities, without_names

_NUMBER = re.compile(NUMBER)
_ONE_NUMBER = re.compile(NUMBER + rf"{POWER}?")
_EQUALS = re.compile(r"=|≈|\bis\b|\bare\b|\bmakes?\b")
_PERCENT = re.compile(r"\s*(?:%|per cent\b)")
_LATEX = {r"\times": "×     ", r"\cdot": "·    ", r"\approx": "≈      "}  # as long, so that every place stays
_SIDE = rf"(?:{NUMBER}|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|\blog\b|√|[-−+×·*/()]|\s)"
_BEFORE = re.compile(rf"({_SIDE}*)$")
_AFTER = re.compile(rf"({_SIDE}*)")
_GOES_ON_BEFORE = re.compile(r"[\w^|)}\]\\]\Z")  # of a longer formula, such as |a|^2 or 2 cos(x)
_GOES_ON_BEHIND = re.compile(r"[\w^|({\[\\]")
_CALCULATES = re.compile(r"(?<=[\d)⁰¹²³⁴⁵⁶⁷⁸⁹])\s*[-−+×·*/]|√|log|[⁰¹²³⁴⁵⁶⁷⁸⁹]")
LARGEST_EXPONENT = 200
LONGEST_SIDE = 100  # characters


@dataclass(frozen=True)
class Sum:
    """An equation between numbers.

    Attributes
    ----------
    text
        As written.
    results
        Where in the text the sides stand that are a single number: they are explained by the other side.
    holds
        True if the sides are equal, to the digits that are written.
    """

    text: str
    results: tuple[tuple[int, int], ...]
    holds: bool


def read_sums(text: str) -> list[Sum]:
    """Return the equations between numbers in a text; a side with a letter in it is no number.

    Parameters
    ----------
    text
        Markdown.
    """
    stated = without_names(text)
    for command, sign in _LATEX.items():
        stated = stated.replace(command, sign)
    signs = list(_EQUALS.finditer(stated))
    sums = []
    for sign in signs:
        before = stated[max(0, sign.start() - LONGEST_SIDE) : sign.start()]
        left = _trimmed(_BEFORE.search(before).group(), sign.start(), from_right=True)
        right = _trimmed(_AFTER.match(stated[: sign.end() + LONGEST_SIDE], sign.end()).group(), sign.end(), False)
        found = _sum(stated, left, right, sign.group())
        if found:
            sums.append(found)
    return sums


def is_equal(calculation: str, number: str) -> bool | None:
    """Tell whether a calculation gives a number such as "4.9 million", to its digits; None if it is no calculation."""
    value = _value(calculation) if _CALCULATES.search(calculation) else None
    if value is None:
        return None
    readings = read_quantities(number)[0].readings
    return any(abs(value - reading.value) <= 0.5001 * reading.step for reading in readings)


def _trimmed(side: str, place: int, from_right: bool) -> tuple[int, int]:
    """Return where the longest part of a side that can be calculated begins and ends; an empty one if there is none."""
    begin = place - len(side) if from_right else place
    for length in range(len(side), 0, -1):
        part = side[-length:] if from_right else side[:length]
        start = begin + len(side) - length if from_right else begin
        if part.strip() and _value(part) is not None:
            indent = len(part) - len(part.lstrip())
            return start + indent, start + len(part.rstrip())
    return place, place


def _sum(text: str, left: tuple[int, int], right: tuple[int, int], sign: str) -> Sum | None:
    """Return the equation of two sides; None if one is missing, or if nothing is calculated."""
    sides = [text[slice(*left)], text[slice(*right)]]
    if _GOES_ON_BEFORE.search(text[: left[0]]) or _GOES_ON_BEHIND.match(text, right[1]):
        return None
    if not all(sides) or not any(_CALCULATES.search(side) for side in sides):
        return None
    if sign not in "=≈" and not _CALCULATES.search(sides[0]):
        return None
    values = [_value(side) for side in sides]
    steps = [_step(side) for side in sides]
    if _PERCENT.match(text, right[1]):
        values[1], steps[1] = values[1] / 100, (steps[1] or 1) / 100
    allowed = max(0.5001 * max(steps), 1e-9 * abs(values[0]))
    results = tuple(place for side, place in zip(sides, (left, right), strict=True) if _ONE_NUMBER.fullmatch(side))
    return Sum(text[left[0] : right[1]], results, abs(values[0] - values[1]) <= allowed)


def _step(side: str) -> float:
    """Return one unit in the last place of a side that is a single number; 0 for one that is calculated."""
    number = side.strip().lstrip("-−")
    return 10.0 ** -len(number.partition(".")[2]) if _NUMBER.fullmatch(number) and "." in number else 0


def _value(side: str) -> float | None:
    """Calculate a side; None if it is not complete."""
    code = re.sub(r"(?<=\d),(?=\d{3})", "", side.strip())
    code = re.sub(r"[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda match: f"**({match.group().translate(SUPERSCRIPTS)})", code)
    code = re.sub(rf"(√|\blog\b)\s*({NUMBER})", r"\1(\2)", code)
    for written, meant in (("−", "-"), ("×", "*"), ("·", "*"), ("√", "sqrt")):
        code = code.replace(written, meant)
    code = re.sub(r"(?<![\d.])0+(?=\d)", "", code)
    try:
        return float(_calculate(ast.parse(" ".join(code.split()), mode="eval").body))
    except (SyntaxError, ValueError, TypeError, ArithmeticError):
        return None


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > LARGEST_EXPONENT:
        raise ValueError("the exponent is too large")
    return base**exponent


def _calculate(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_calculate(node.operand)
    operators = {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: operator.truediv,
        ast.Pow: _power,
    }
    if isinstance(node, ast.BinOp) and type(node.op) in operators:
        return operators[type(node.op)](_calculate(node.left), _calculate(node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
        return {"sqrt": math.sqrt, "log": math.log}[node.func.id](_calculate(node.args[0]))
    raise ValueError("not a sum of numbers")
