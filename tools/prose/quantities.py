"""Read the numbers of a text: their value, their unit, and to how many digits they are given."""

import itertools
import re
from dataclasses import dataclass, replace

SMALLEST_CHECKED = 13  # integers below it are found nearly everywhere by chance
YEARS = range(1900, 2100)

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:[eE][-+−]?\d+)?"
POWER = r"(?:⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^\{?[-−]?\d+\}?)"
_UNIT = (
    r"(?:[ \t\n~\u00a0\u202f]|\\[,;% ])*"
    r"(?:(?P<hundredth>%|per\s+cent\b|percent\b|percentage\s+points?\b|hundredths?\b)"
    r"|(?P<scale>thousandths?|thousand|million|billion)\b)"
)
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<sign>[-−](?=[\d.]))?(?P<number>{NUMBER})(?P<power>{POWER})?(?!\w|\.\d|,\d)(?:{_UNIT})?"
)
_SCALES = {"thousandth": 1e-3, "thousandths": 1e-3, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_JOINED = re.compile(r"\s*(?:to|and|or|instead of|against|–|-|,)\s*")
_HEDGE = re.compile(
    r"\b(?:about|nearly|almost|around|roughly|over|under|(?:more|less|fewer) than|at least|at most|some|up to|hardly"
    r"|close to|above|below|beyond)\s+(?:[a-z]+\s+)?$",
    re.IGNORECASE,
)
_NAMED = {
    *itertools.product((45, 90, 180, 270, 360), ("°", "degrees")),
    *itertools.product((16, 32, 64), ("bit", "bits")),
}
_SQUARE = re.compile(r"(?<![\w.,])(\d+) ?[×x] ?\1(?![\w.,]*\d)")
_NOUN = re.compile(r"[\s*_-]*(?P<noun>°|[^\W\d_]+|[×·x/]\s*\d+)")

# What looks like a number and states none: addresses, versions, names, the numbers of headings and lists, code.
_NOT_STATED = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"(?s:<!--.*?-->)|<[a-z/][^>\n]*>",
        r"(?s:^```.*?^```)|`[^`]+`",
        r"\[\d\d\](?=\()|(?<=\])\([^)\s]*\)|https?://[^\s)>]+|\b(?:arXiv|doi):?\s?\S+",
        r"\bv?\d+(?:\.\d+){2,}|^#+ +\d[\d.]*|^ *\d+\. ",
        r"\b(?:Keras|Python|TensorFlow|NumPy|Pillow|View|CC BY|CC0|Attribution|Units|SHA|ISO/IEC)[\s-]\d[\d.:-]*"
        r"(?:, \d[\d.]*)*(?: (?:and|or) \d[\d.]*)?",
    )
]
_REFERENCE = re.compile(
    r"\b(?:lessons?|sections?|exercises?|art\.|article|regulation(?: \(EU\))?)"
    r"\s+\d[\d./]*(?:\(\w+\))*"
    r"(?:(?:\s*,\s*|\s+to\s+|,?\s+and\s+|,?\s+or\s+)\d[\d.]*(?:\(\w+\))*)*(?!\s*%|[\w.]*\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """One way to read a number: what it is, and one unit in its last written place."""

    value: float
    step: float


@dataclass(frozen=True)
class Quantity:
    """A number that a text states.

    Attributes
    ----------
    text
        As written, with its unit: "93 %", "4.9 million".
    start, end
        Where it stands in the text.
    readings
        Its value and precision; two for the first of "20 to 30 %", which may or may not share the unit.
    hedged
        True after words such as "about": the number may then be rounder than its digits say.
    noun
        The word, or the factor, that follows: "pictures", "×64"; empty if there is none.
    is_of_square
        True for both numbers of "64 × 64".
    """

    text: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    hedged: bool
    noun: str
    is_of_square: bool

    @property
    def digits(self) -> str:
        """The digits of the number itself, without sign, unit and power."""
        match = re.search(NUMBER, self.text)
        return re.sub(r"\D", "", re.split("[eE]", match.group())[0]) if match else ""

    @property
    def is_integer(self) -> bool:
        """True if neither a decimal point nor a unit, exponent or power is written."""
        return re.fullmatch(r"[-−]?[\d,]+", self.text) is not None

    @property
    def significant(self) -> int:
        """Count the digits that say something: without leading zeros, and without those at the end of an integer."""
        digits = self.digits.lstrip("0")
        return len(digits if "." in self.text else digits.rstrip("0"))

    @property
    def is_checked(self) -> bool:
        """False for what is found nearly everywhere by chance, for years, right angles and bits."""
        value = abs(self.readings[0].value)
        if not self.is_integer:
            return True
        is_year = value in YEARS and "," not in self.text
        return value >= SMALLEST_CHECKED and not is_year and (value, self.noun) not in _NAMED

    @property
    def is_malformed(self) -> bool:
        """True for an integer that begins with 0, as two exchanged digits leave it."""
        digits = self.digits
        return len(digits) > 1 and digits[0] == "0" and "." not in self.text


def read_quantities(text: str) -> list[Quantity]:
    """Return the numbers that a text states, in its order.

    Parameters
    ----------
    text
        Markdown.
    """
    stated = without_names(text)
    found = [_read(match, stated) for match in _QUANTITY.finditer(stated)]
    return _share_units(found, stated)


def without_names(text: str) -> str:
    """Blank out code, addresses, versions, headings' numbers and references; every other character keeps its place."""
    for pattern in (*_NOT_STATED, _REFERENCE):
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    return text


def _read(match: re.Match, text: str) -> Quantity:
    number = match["number"].replace(",", "").replace("−", "-")
    value, step = float(number), step_of(number)
    if match["power"]:
        exponent = int(match["power"].strip("^{}").translate(SUPERSCRIPTS))
        value = value**exponent if value and abs(exponent) < 100 else float("nan")
        step = abs(value) * 1e-6
    scale = 0.01 if match["hundredth"] else _SCALES.get(match["scale"] or "", 1)
    reading = Reading(-scale * value if match["sign"] else scale * value, scale * step)
    noun = _NOUN.match(text, match.end())
    squares = [square.span() for square in _SQUARE.finditer(text)]
    return Quantity(
        text=match.group(),
        start=match.start(),
        end=match.end(),
        readings=(reading,),
        hedged=_HEDGE.search(text[: match.start()]) is not None,
        noun=re.sub(r"\s", "", noun["noun"]).lower() if noun else "",
        is_of_square=any(start <= match.start() and match.end() <= end for start, end in squares),
    )


def step_of(number: str) -> float:
    """Return one unit in the last written place of a number: 0.01 for "0.83" and "25.10", 1 for "120"."""
    mantissa, _, exponent = number.lower().partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def _share_units(quantities: list[Quantity], text: str) -> list[Quantity]:
    """Let the first number of "20 to 30 %" have the unit of the second one too."""
    shared = quantities[-1:]
    for first, second in zip(quantities[-2::-1], quantities[:0:-1], strict=True):
        scale = _scale_of(shared[0])
        if scale != 1 and _scale_of(first) == 1 and _JOINED.fullmatch(text[first.end : second.start]):
            plain = first.readings[0]
            scaled = Reading(scale * plain.value, scale * plain.step)
            first = replace(first, readings=(scaled, plain))
        shared.insert(0, first)
    return shared


def _scale_of(quantity: Quantity) -> float:
    """Return what the unit of a number multiplies it by; 1 without a unit."""
    number = re.search(NUMBER, quantity.text).group().replace(",", "").replace("−", "-")
    plain = step_of(number)
    return 1 if re.search(POWER, quantity.text) else quantity.readings[0].step / plain
