"""The sources that a cell's metadata give for numbers that stand nowhere near, under ``course`` and ``numbers``.

A source is a calculation ("2 × 289"), which is done; or a file of the course, in which the number must stand; or words
that say where it comes from, which nothing checks.
"""

import json
from functools import cache
from pathlib import Path

from course_utils.environment import ROOT
from tools.prose import evidence
from tools.prose.arithmetic import is_equal
from tools.prose.evidence import Evidence
from tools.prose.quantities import read_quantities

SHORTEST = 10  # characters of a source in words


def source_problem(number: str, source: str) -> str | None:
    """Say what is wrong with the source of a number; None if nothing is."""
    if is_equal(source, number) is False:
        return "is not what its source gives"
    if is_equal(source, number):
        return None
    if source.endswith((".py", ".json", ".md", ".csv")):
        if not (ROOT / source).is_file():
            return "has a source that does not exist"
        found = of_file(ROOT / source).supports(read_quantities(number)[0])
        return None if found else "does not stand in its source"
    return None if len(source) >= SHORTEST else "has a source that says too little"


@cache
def of_file(path: Path) -> Evidence:
    """Return the numbers of a file of the course: code, a stored result, or a text."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return Evidence(evidence.of_code(text))
    if path.suffix == ".json":
        return Evidence(evidence.of_result(json.loads(text), runs=True))
    return Evidence(evidence.of_text(text))
