"""The numbers of code, of outputs and of stored results, and whether one of them stands behind a number of a text."""

import ast
import bisect
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from tools.notebooks.compare import IMAGES
from tools.prose.quantities import Quantity, Reading, step_of

# A digit that belongs to a word or a name (float32, conv2d_1) is no number; "25x25" and "5ms" hold one.
_NUMBER = re.compile(r"(?<![^\W\d])(?<![\d.])-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])")
_PERCENT = re.compile(r"\s?%")
_MARKUP = re.compile(r"<[^>]*>|data:image/\w+;base64,\S+")
_LOOKS_ONLY = {"alpha", "bins", "columns", "dpi", "figsize", "linewidth", "panel_size", "picture_size"}
ROUNDEST = 0.1  # "about 4,000" may stand for what is 10 % off, and not for more


@dataclass(frozen=True)
class Number:
    """A number that was computed or set: its value, and one unit in its last written place (0: exact)."""

    value: float
    step: float


class Evidence:
    """The numbers of one place, for example of a code cell and its outputs."""

    def __init__(self, numbers: Iterable[Number]):
        finite = {number for number in numbers if math.isfinite(number.value)}
        self._numbers = sorted(finite, key=lambda number: abs(number.value))
        self._sizes = [abs(number.value) for number in self._numbers]

    @classmethod
    def joined(cls, parts: Iterable["Evidence"]) -> "Evidence":
        """Return the numbers of several places together."""
        return cls(number for part in parts for number in part._numbers)

    def supports(self, quantity: Quantity) -> bool:
        """Tell whether a number of a text rounds to one of these, to the digits that the text gives."""
        return any(self._supports(quantity, reading) for reading in quantity.readings)

    def _supports(self, quantity: Quantity, reading: Reading) -> bool:
        if not (math.isfinite(reading.value) and reading.step > 0):
            return False
        half = 0.5 * reading.step
        if quantity.hedged:
            half = max(half, min(0.5 * _roundness(reading), ROUNDEST * abs(reading.value)))
        slack = 1e-9 * abs(reading.value)
        size = abs(reading.value)
        first = bisect.bisect_left(self._sizes, size - half - slack)
        last = bisect.bisect_right(self._sizes, size + half + slack)
        return any(self._fits(number, quantity, reading) for number in self._numbers[first:last])

    def _fits(self, number: Number, quantity: Quantity, reading: Reading) -> bool:
        """Tell whether a number of the right size has the right sign, and enough digits to be written like this."""
        if reading.value < 0 < number.value:
            return False
        written_digits_end_in_zero = "." in quantity.text and quantity.digits.endswith("0")
        return not written_digits_end_in_zero or number.step <= 1.001 * reading.step


def _roundness(reading: Reading) -> float:
    """Return one unit in the last place that is not 0: 1,000 for "4,000"."""
    places = round(abs(reading.value) / reading.step)
    zeros = len(str(places)) - len(str(places).rstrip("0")) if places else 0
    return reading.step * 10**zeros


def of_text(text: str) -> Iterator[Number]:
    """Return the numbers that a printed text holds."""
    text = _MARKUP.sub(" ", text.replace("−", "-"))
    for pattern in (_NUMBER, _GROUPED):
        for match in pattern.finditer(text):
            written = match.group().replace(",", "")
            if (
                written.startswith("-")
                and text[: match.start()].rstrip(" ")[-1:].isalnum()
                and text[match.start() - 1] != " "
            ):
                written = written[1:]  # "10-20" is a range
            scale = 0.01 if _PERCENT.match(text, match.end()) else 1
            yield Number(scale * float(written), scale * step_of(written.rstrip(".")))


def of_code(source: str) -> Iterator[Number]:
    """Return the numbers that code holds, and those that it calculates from them alone (25 * 120).

    What only says how a figure looks is left out, and so are texts and comments: a number in them was not computed.
    """
    for node in _walk(ast.parse(TransformerManager().transform_cell(source))):
        value = _constant(node)
        if value is not None:
            yield Number(float(value), _written_step(value) if isinstance(node, ast.Constant) else 0)


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.keyword) and child.arg in _LOOKS_ONLY:
            continue
        yield child
        yield from _walk(child)


def _constant(node: ast.AST) -> float | None:
    """Return the value of a number, or of a sum of numbers; None for anything else."""
    numbers = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.operator, ast.unaryop)
    if not isinstance(node, ast.Constant | ast.UnaryOp | ast.BinOp):
        return None
    if not all(isinstance(part, numbers) for part in ast.walk(node)):
        return None
    constants = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    if not all(type(value) in (int, float) and abs(value) < 1e12 for value in constants):
        return None
    try:
        value = eval(compile(ast.Expression(node), "", "eval"), {"__builtins__": {}})
        return value
    except (ArithmeticError, TypeError, ValueError):
        return None


def _written_step(value: float) -> float:
    return step_of(repr(value))


def of_cell(cell: NotebookNode) -> Iterator[Number]:
    """Return the numbers of a code cell: in its code, its outputs and its widgets."""
    yield from of_code(cell.source)
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            yield from of_text(output.text)
        elif output.output_type == "error":
            yield from of_text(output.evalue)
        else:
            texts = {name: content for name, content in output.data.items() if name not in IMAGES}
            for content in texts.values():
                yield from of_text(content if isinstance(content, str) else json.dumps(content))
    for widget in cell.metadata.get("course", {}).get("widgets", []):
        yield from of_text(widget)


def of_result(stored: object, runs: bool = False) -> Iterator[Number]:
    """Return the numbers of a stored result: of all rows and columns, and in the names of its rows.

    Single runs count only where a text names the result as its source (`runs`): among so many numbers, a mistyped one
    would often be found too.
    """
    if isinstance(stored, bool) or stored is None:
        return
    if isinstance(stored, int | float):
        yield Number(float(stored), 0)
    elif isinstance(stored, str):
        yield from of_text(stored)
    elif isinstance(stored, Mapping):
        for name, item in stored.items():
            if runs or name != "runs":
                yield from of_result(item, runs)
    else:
        for item in stored:
            yield from of_result(item, runs)
