"""Read what a learner hands in, compare it, and show it in words that never vary.

Nothing here trusts a value: its ``__eq__``, ``__repr__``, ``__len__`` or ``__iter__`` may raise, lie or never end.  So
values are taken by type, and everything that is not a number, a text or a plain container is described, not asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from types import GeneratorType

import numpy as np

RTOL, ATOL = 1e-4, 1e-6
LONGEST = 16  # numbers that are written out; of a larger array the shape is shown

_DEEPEST = 8  # lists inside lists; a list may contain itself
_EXACT = (Fraction, Decimal)  # from who works on paper
_NUMBERS = (bool, int, float, complex, np.number, np.bool_, *_EXACT)
_LAZY = (GeneratorType, map, filter, zip)
_ADDRESS = re.compile(r"(?: ?\bat )?\b0x[0-9a-fA-F]{4,}\b")
_FOLDERS = re.compile(r"(?:(?<![\w.])/|[A-Za-z]:\\)(?:[^\s'\"/\\]+[/\\])+")


class Unreadable(ValueError):  # noqa: N818 - reads as what it says of the value
    """A value is not made of numbers; the message says what it is instead."""


def is_blank(value, depth: int = 0) -> bool:
    """Tell whether a value is ``...`` or None, or a list, tuple or dictionary that still holds a ``...``."""
    if value is None or value is Ellipsis:
        return depth == 0 or value is Ellipsis
    if depth < _DEEPEST and type(value) in (list, tuple, dict):
        parts = list(value.values()) if type(value) is dict else value
        return any(is_blank(part, depth + 1) for part in parts[:1000])
    return False


def as_array(value) -> np.ndarray:
    """Return numbers as an array.

    Parameters
    ----------
    value
        A number, an array, a tensor of any library with values in it, or (nested) lists, tuples and ranges of these.

    Returns
    -------
    ndarray
        Of bool, int, float or complex.

    Raises
    ------
    Unreadable
        If it is anything else, or if its rows differ in length.
    """
    if not _made_of_numbers(value):
        raise Unreadable(_describe_parts(value))
    try:
        array = np.asarray(value)
        if array.dtype == object and all(isinstance(part, _NUMBERS) for part in array.flat):
            array = array.astype(float)
    except Exception as error:  # rows of different lengths; a symbolic tensor; whatever an object's __array__ does
        is_list = isinstance(value, (list, tuple))
        raise Unreadable("a list with rows of different lengths" if is_list else describe(value)) from error
    if array.dtype.kind not in "biufc":
        raise Unreadable(describe(value))
    return array


def one_number(value) -> float | None:
    """Return the one number that a value is, or None."""
    try:
        numbers = as_array(value)
    except Unreadable:
        return None
    return float(np.real(numbers.item())) if numbers.size == 1 else None


def _describe_parts(value) -> str:
    """Say what a value is, and what keeps a list from being made of numbers."""
    stranger, depth = value, 0
    while isinstance(stranger, (list, tuple)) and depth < _DEEPEST:
        stranger, depth = next((part for part in stranger if not _made_of_numbers(part)), None), depth + 1
    return f"{describe(value)} that holds {describe(stranger)}" if depth else describe(value)


def _made_of_numbers(value, depth: int = 0) -> bool:
    if isinstance(value, (list, tuple)):
        return depth < _DEEPEST and all(_made_of_numbers(part, depth + 1) for part in value)
    return isinstance(value, (*_NUMBERS, np.ndarray, range)) or _is_tensor(value)


def _is_tensor(value) -> bool:
    return not isinstance(value, type) and hasattr(type(value), "__array__")


def same(got, expected, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Tell whether an answer is the expected one, however it is written.

    Parameters
    ----------
    got
        The answer: anything.
    expected
        A number, array, text, None, or a list, tuple or dictionary of these.
    rtol, atol
        Relative and absolute tolerance of numbers.

    Returns
    -------
    bool
        Lists, tuples, arrays and tensors with the same numbers are the same, and so are 1, 1.0 and True; shapes must be
        equal.  Texts may differ in capitals and in the spaces around them.
    """
    if expected is None or isinstance(expected, str):
        both_text = isinstance(got, str) and isinstance(expected, str)
        return got is expected or (both_text and str.strip(got).casefold() == expected.strip().casefold())
    if isinstance(expected, dict):
        matching = isinstance(got, dict) and got.keys() == expected.keys()
        return matching and all(same(got[key], expected[key], rtol, atol) for key in expected)
    try:
        wanted = as_array(expected)
    except Unreadable:  # texts, or arrays of different shapes
        alike = isinstance(got, (list, tuple)) and len(got) == len(expected)
        return alike and all(same(part, other, rtol, atol) for part, other in zip(got, expected, strict=True))
    try:
        numbers = as_array(got)
    except Unreadable:
        return False
    return numbers.shape == wanted.shape and bool(_close(numbers, wanted, rtol, atol).all())


def _close(got: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    kind = complex if "c" in (got.dtype.kind, expected.dtype.kind) else float  # NumPy cannot subtract booleans
    return np.isclose(got.astype(kind), expected.astype(kind), rtol=rtol, atol=atol, equal_nan=True)


def compare(got, expected, rtol: float = RTOL, atol: float = ATOL) -> tuple[str, ...]:
    """Return lines that say what came out and what must, short enough to be looked at."""
    lines = [f"gives:   {show(got)}", f"must be: {show(expected)}"]
    if lines[0].partition(": ")[2].strip() == lines[1].partition(": ")[2].strip():
        lines += _first_difference(got, expected, rtol, atol)
    return tuple(lines)


def _first_difference(got, expected, rtol: float, atol: float) -> list[str]:
    """Say where two values differ that look the same when they are shown."""
    try:
        numbers, wanted = as_array(got), as_array(expected)
    except Unreadable:
        return []
    places = np.argwhere(~_close(numbers, wanted, rtol, atol)) if numbers.shape == wanted.shape else []
    if len(places) == 0:
        return []
    place = tuple(map(int, places[0]))
    where = f"at {list(place)}: " if place else ""
    return [f"{where}{numbers[place].item()!r}, not {wanted[place].item()!r}"]


def show(value, depth: int = 0) -> str:
    """Write a value in a few words, the same on every machine and with every version of NumPy."""
    if isinstance(value, _NUMBERS):
        return _show_number(value)
    if isinstance(value, str):
        text = str.__str__(value)
        return repr(text if len(text) <= 60 else text[:57] + "...")
    if value is None or value is Ellipsis:
        return "None" if value is None else "..."
    if isinstance(value, np.ndarray) or _is_tensor(value):
        return _show_array(value)
    if type(value) in (list, tuple, set, frozenset, dict) and depth < 3 and len(value) <= LONGEST:
        return _show_container(value, depth)
    return describe(value)


def _show_number(value) -> str:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, int):
        return f"{int(value):d}" if abs(value) < 10**15 else "a very large whole number"
    if isinstance(value, complex):
        return f"{complex(value):.4g}"
    return f"{float(value):.6g}"


def _show_array(value) -> str:
    try:
        array = as_array(value)
    except Unreadable:
        return describe(value)
    if array.size <= LONGEST:
        return _show_nested(array.tolist())
    return f"an array of shape {array.shape}"


def _show_nested(value) -> str:
    return f"[{', '.join(map(_show_nested, value))}]" if isinstance(value, list) else _show_number(value)


def _show_container(value, depth: int) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{show(key, depth + 1)}: {show(part, depth + 1)}' for key, part in value.items())}}}"
    parts = [show(part, depth + 1) for part in value]
    if isinstance(value, tuple):
        return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
    # A set has no order of its own: that of its texts is always the same.
    return f"{{{', '.join(sorted(parts))}}}" if isinstance(value, (set, frozenset)) else f"[{', '.join(parts)}]"


def show_argument(value) -> str:
    """Write an argument of a call as code that can be copied, or say how large it is."""
    if isinstance(value, np.ndarray):
        kind = "" if value.dtype in (np.int64, np.float64) else f', dtype="{value.dtype}"'
        return f"np.array({show(value)}{kind})" if value.size <= LONGEST else show(value)
    return show(value)


def describe(value) -> str:
    """Say what a value is, without asking it: "a text", "a function", "an object of type Sequential"."""
    for kinds, words in (
        (str, "a text"),
        (bytes, "bytes"),
        (type, "a class"),
        (_LAZY, "a generator (`list(...)` turns it into a list)"),
        (dict, "a dictionary"),
        ((set, frozenset), "a set"),
        (list, "a list"),
        (tuple, "a tuple"),
        (range, "a range"),
        (_NUMBERS, "a number"),
    ):
        if isinstance(value, kinds):
            return words
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return "an array of objects rather than of numbers"
    if type_name(value) in ("function", "method", "builtin_function_or_method", "ufunc"):
        return "a function"
    return f"an object of type {type_name(value)}"


def type_name(value) -> str:
    """Return the name of a value's type; a class cannot give itself another one here."""
    name = type.__dict__["__name__"].__get__(type(value))
    return name if name.isidentifier() and len(name) <= 40 else "unknown"


def show_error(error: BaseException) -> str:
    """Write an exception in one line without folders, addresses, or what differs between versions of Python."""
    kind = type_name(error)
    if isinstance(error, RecursionError):
        return f"{kind}: it calls itself without end"
    try:
        message = str(error)
    except Exception:
        message = ""
    message = _FOLDERS.sub("", _ADDRESS.sub("", message.strip().partition("\n")[0]))
    if len(message) > 160:
        message = message[:157] + "..."
    return f"{kind}: {message}" if message else kind


def equal_inputs(first: Sequence, second: Sequence) -> bool:
    """Tell whether arrays and containers among the arguments of a call are still what they were."""
    return all(_unchanged(one, other) for one, other in zip(first, second, strict=True))


def _unchanged(now, before) -> bool:
    if isinstance(before, np.ndarray):
        if now.shape != before.shape or now.dtype != before.dtype:
            return False
        return np.array_equal(now, before, equal_nan=before.dtype.kind in "fc")
    if isinstance(before, (list, tuple)):
        return len(now) == len(before) and equal_inputs(now, before)
    if isinstance(before, dict):
        return list(now) == list(before) and equal_inputs(list(now.values()), list(before.values()))
    if isinstance(before, (*_NUMBERS, str, set)):
        return type(now) is type(before) and (now == before or now is before or now != now)
    return True  # what else there is, such as a random generator, is there to be used up
