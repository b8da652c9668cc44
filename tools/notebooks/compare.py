"""Compare the stored outputs of a cell with new ones: numbers with a tolerance, words exactly.

Another number of threads or another processor changes the last digits of a computation, and with them the padding of
a printed array.  Neither is a regression.  Everything else is: another word, another integer, one output fewer.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.notebooks.embedded import HTML, IMAGES, figures_in, words_of
from tools.notebooks.figures import compare_figures
from tools.notebooks.tags import Tolerance

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MOST_MESSAGES = 5
MOST_DIFF_LINES = 30

# A number stands alone: not inside a word (conv2d_1), a version (2.21.0) or a hexadecimal number (0x1f).
_NUMBER = re.compile(
    r"(?<![\w.])[-+]?(?:(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\d+|nan|inf)(?!\w|\.\d)",
)
_INTEGER = re.compile(r"[-+]?\d+")
_DECIMALS = re.compile(r"\.\d")
_COMMA = re.compile(r"(?<!\s)\s*,\s+")  # from the first space on, or long rows of spaces would take minutes
_INNERMOST_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_SPACES = re.compile(r"[ \t]+")


@dataclass(frozen=True)
class Number:
    """A number as printed, with the line that it stands in."""

    text: str
    line: str

    @property
    def is_integer(self) -> bool:
        """True if no decimal point and no exponent is printed."""
        return _INTEGER.fullmatch(self.text) is not None

    @property
    def last_place(self) -> Decimal:
        """One unit in the last printed place; 0 if no decimals are printed (``3.`` and ``1e-05`` are exact values)."""
        if _DECIMALS.search(self.text) is None:
            return Decimal(0)
        return Decimal(1).scaleb(Decimal(self.text).as_tuple().exponent)


def compare_text(stored: str, new: str, tolerance: Tolerance) -> list[str]:
    """Compare two printed texts.

    Returns
    -------
    list of str
        One message for each number that is too far off, or the lines that differ if it is more than numbers; empty
        if the texts match.
    """
    if stored == new:
        return []
    stored_words, stored_numbers = _split(stored)
    new_words, new_numbers = _split(new)
    if stored_words != new_words:
        return [_line_diff(stored, new)]
    pairs = enumerate(zip(stored_numbers, new_numbers, strict=True), start=1)
    messages = [
        f"number {position}{message}" for position, (a, b) in pairs if (message := _number_problem(a, b, tolerance))
    ]
    return _shortened(messages)


def _split(text: str) -> tuple[str, list[Number]]:
    """Split a text into its words, with ``#`` for each number and padding removed, and its numbers."""
    numbers = [Number(match.group(), _line_around(text, match.start())) for match in _NUMBER.finditer(text)]
    words = _COMMA.sub(", ", _NUMBER.sub("#", text))
    # NumPy pads columns and breaks lines according to the width of the numbers.
    words = _INNERMOST_BRACKETS.sub(lambda row: f"[{' '.join(row.group()[1:-1].split())}]", words)
    lines = [_SPACES.sub(" ", line).strip() for line in words.strip().splitlines()]
    return "\n".join(lines), numbers


def _line_around(text: str, position: int) -> str:
    """Return the line of a text that holds a position."""
    start = text.rfind("\n", 0, position) + 1
    return text[start:].partition("\n")[0].strip()


def _number_problem(stored: Number, new: Number, tolerance: Tolerance) -> str | None:
    """Say how far two printed numbers are apart, or return None if they are close enough."""
    a, b = Decimal(stored.text), Decimal(new.text)
    if not (a.is_finite() and b.is_finite()):
        if str(a) == str(b):
            return None
        return f": stored {stored.text}, new {new.text}, in the line {stored.line!r}"
    difference = abs(a - b)
    allowed, rule = _allowance(stored, new, tolerance)
    if difference <= allowed:
        return None
    percent = f" ({float(100 * difference / abs(a)):.2g} %)" if a else ""
    return (
        f": stored {stored.text}, new {new.text}, difference {float(difference):.3g}{percent}, "
        f"tolerance {float(allowed):.3g} ({rule}), in the line {stored.line!r}"
    )


def _allowance(stored: Number, new: Number, tolerance: Tolerance) -> tuple[Decimal, str]:
    """Return how far two numbers may be apart and the rule that says so."""
    if stored.is_integer and new.is_integer:
        return Decimal(str(tolerance.int_tol)), f"int-tol {tolerance.int_tol:g}"
    largest = max(abs(Decimal(stored.text)), abs(Decimal(new.text)))
    return max(
        (Decimal(str(tolerance.rtol)) * largest, f"rtol {tolerance.rtol:g}"),
        (Decimal(str(tolerance.atol)), f"atol {tolerance.atol:g}"),
        (max(stored.last_place, new.last_place), "one unit in the last printed place"),
    )


def _line_diff(stored: str, new: str) -> str:
    """Show the lines that differ."""
    lines = list(difflib.unified_diff(stored.splitlines(), new.splitlines(), "stored", "new", lineterm="", n=1))
    if len(lines) > MOST_DIFF_LINES:
        lines = [*lines[:MOST_DIFF_LINES], f"... and {len(lines) - MOST_DIFF_LINES} more lines"]
    return "\n".join(["text differs", *lines])


def _shortened(messages: list[str]) -> list[str]:
    """Keep the first few messages and count the rest."""
    if len(messages) <= MOST_MESSAGES:
        return messages
    return [*messages[:MOST_MESSAGES], f"... and {len(messages) - MOST_MESSAGES} more numbers"]


def compare_outputs(stored: Sequence[Mapping], new: Sequence[Mapping], tolerance: Tolerance) -> list[str]:
    """Compare all outputs of a cell; both must have been tidied (`tools.notebooks.tidy.tidy_outputs`).

    Number and kind of the outputs must agree always, also those of figures that are not compared themselves.

    Returns
    -------
    list of str
        What differs; empty if the outputs match.
    """
    stored_kinds, new_kinds = [_kind(output) for output in stored], [_kind(output) for output in new]
    problems = []
    if stored_kinds != new_kinds:
        problems.append(
            f"number or kind of outputs differs\n  stored: {_listed(stored_kinds)}\n  new:    {_listed(new_kinds)}"
        )
    for position, (a, b) in enumerate(zip(stored, new, strict=False), start=1):
        if _kind(a) == _kind(b):
            problems += [f"output {position}, {message}" for message in _compare_output(a, b, tolerance)]
    return problems


def _kind(output: Mapping) -> str:
    """Describe an output without its content."""
    if output["output_type"] == "stream":
        return output["name"]
    if output["output_type"] == "error":
        return "error"
    formats = sorted(set(output["data"]) - {WIDGET_VIEW})
    return f"{output['output_type']} ({', '.join(formats)})"


def _listed(kinds: list[str]) -> str:
    return ", ".join(kinds) or "no output"


def _compare_output(stored: Mapping, new: Mapping, tolerance: Tolerance) -> list[str]:
    """Compare two outputs of the same kind."""
    stored_contents, new_contents = _contents(stored), _contents(new)
    problems = [
        f"{name}: {message}"
        for name in sorted(stored_contents)
        for message in _compare_content(stored_contents[name], new_contents[name], tolerance)
    ]
    return problems + _compare_figures(stored, new, tolerance)


def _contents(output: Mapping) -> dict:
    """Return what an output shows, without figures, by format; of an exception its name and message.

    The alternative text of a figure is compared like printed text: it is what somebody reads who does not see it.
    """
    if output["output_type"] == "stream":
        return {output["name"]: output["text"]}
    if output["output_type"] == "error":
        return {"exception": f"{output['ename']}: {output['evalue']}"}
    contents = {name: content for name, content in output["data"].items() if name not in IMAGES | {WIDGET_VIEW}}
    if HTML in contents:
        contents[HTML] = words_of(contents[HTML])  # the alternative texts of its figures among them
    about = output.get("metadata", {})
    for name in sorted(IMAGES & set(output["data"])):
        contents[f"{name}, alternative text"] = about.get(name, {}).get("alt", "")
    return contents


def _compare_figures(stored: Mapping, new: Mapping, tolerance: Tolerance) -> list[str]:
    """Compare the figures of two outputs, where a tag asks for it; their number is seen elsewhere."""
    if tolerance.image is None:
        return []
    pairs = list(zip(figures_in(stored), figures_in(new), strict=False))
    messages = [(old.format, compare_figures(old, figure, tolerance.image)) for old, figure in pairs]
    return [f"{name}: {message}" for name, message in messages if message]


def _compare_content(stored, new, tolerance: Tolerance) -> list[str]:
    """Compare what two outputs hold in one format; what is not text must be the same."""
    if isinstance(stored, str) and isinstance(new, str):
        return compare_text(stored, new, tolerance)
    return [] if stored == new else ["content differs"]
