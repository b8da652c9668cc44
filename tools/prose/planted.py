"""Numbers made wrong on purpose, to measure how many are noticed."""

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from tools.prose.notebooks import NotebookTexts
from tools.prose.quantities import Quantity

FAULTS = ("digits exchanged", "digit changed", "unit exchanged", "point moved")
_UNITS = {"million": ("billion", "thousand"), "billion": ("million",), " %": ("",), "%": ("",), " per cent": ("",)}


@dataclass(frozen=True)
class Plant:
    """A number of a text and what was written in its place.

    Attributes
    ----------
    fault
        One of `FAULTS`.
    number
        What kind of number it is: "decimal, 2 digits".
    where
        Name of the notebook, and id of the cell.
    before, after
        The number as it stands there, and as it was planted.
    noticed
        True if the check found it.
    """

    fault: str
    number: str
    where: str
    before: str
    after: str
    noticed: bool


def variants(quantity: Quantity) -> Iterator[tuple[str, str]]:
    """Return faults of a number: their kind, and the number with the fault."""
    text = quantity.text
    places = [place for place, character in enumerate(text) if character in "0123456789"]
    for first, second in itertools.pairwise(places):
        if text[first] != text[second]:
            exchanged = text[:first] + text[second] + text[first + 1 : second] + text[first] + text[second + 1 :]
            yield "digits exchanged", exchanged
    for place, digit in itertools.product(places, "0123456789"):
        if digit != text[place]:
            yield "digit changed", text[:place] + digit + text[place + 1 :]
    for unit, others in _UNITS.items():
        if text.endswith(unit):
            yield from (("unit exchanged", text.removesuffix(unit) + other) for other in others)
            break
    if re.match(r"[-−]?0?\.\d", text):
        yield "point moved", re.sub(r"^([-−]?)0?\.(\d)(?=\d)", r"\1\2.", re.sub(r"^([-−]?)0?\.(\d)$", r"\1\2", text))


def kind_of(quantity: Quantity) -> str:
    """Return what the chance of a number to be met elsewhere depends on."""
    digits = f"{min(quantity.significant, 3)}{' or more' if quantity.significant >= 3 else ''} digits"
    if quantity.is_integer:
        return f"integer, {digits}"
    return f"{'decimal' if re.fullmatch('[-−]?[0-9,.]+', quantity.text) else 'with a unit or power'}, {digits}"


def plant_everywhere(texts: NotebookTexts, faults: Collection[str] = FAULTS) -> Iterator[Plant]:
    """Plant faults of these kinds in every number that is found where it should be, one at a time.

    Statements of exercises are left out: most of their numbers are given there, and stand nowhere else.
    """
    for passage in (passage for passage in texts.passages if not passage.is_task):
        before = len(texts.problems_of(passage))
        for quantity, problem in texts.judge(passage):
            for fault, wrong in variants(quantity):
                if problem or fault not in faults:
                    continue
                text = passage.text[: quantity.start] + wrong + passage.text[quantity.end :]
                noticed = len(texts.problems_of(replace(passage, text=text))) > before
                where = f"{texts.path.stem} {texts.cells[passage.cell].id}"
                yield Plant(fault, kind_of(quantity), where, quantity.text, wrong, noticed)


def summary(plants: list[Plant]) -> str:
    """Return a table: of each kind of fault and number, how many were planted and how many noticed."""
    planted = Counter((plant.fault, plant.number) for plant in plants)
    noticed = Counter((plant.fault, plant.number) for plant in plants if plant.noticed)
    lines = [
        f"{fault:18}  {number:38}  {noticed[fault, number]:6} of {count:6}  {noticed[fault, number] / count:7.1%}"
        for (fault, number), count in sorted(planted.items())
    ]
    return "\n".join(
        [*lines, f"{'all':58}  {noticed.total():6} of {planted.total():6}  {noticed.total() / planted.total():7.1%}"]
    )
