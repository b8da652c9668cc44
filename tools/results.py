"""Check, or write again, what follows from the stored results of the benchmarks; nothing is measured.

python -m tools.results check      # do the tables store runs only, and does the data card show what follows from them?
python -m tools.results recompute  # take computed numbers out of the tables, and write the data card's tables again

After a change of an interval in `course_utils.metrics.intervals`, or of a number in ``benchmarks/results``, `recompute`
is all there is to run.  Lessons load the tables when they are executed: `make notebooks`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course_utils import results
from course_utils.datasets.unavailable import UnusableSourceError
from tools.rendered_set import card

SET = results.ROOT / "data" / "rendered"


def problems(folder: Path | None = None) -> list[str]:
    """Return what is wrong with the stored tables: one sentence for each that cannot be loaded."""
    found = []
    for name in results.names(folder):
        try:
            results.load(name, folder)
        except ValueError as error:
            found.append(str(error))
    return found


def take_out_computed(folder: Path | None = None) -> list[str]:
    """Take computed numbers out of the stored tables; return the names of the tables that changed."""
    changed = []
    for name in results.names(folder):
        table = results.read(name, folder)
        rows = [without_computed(row, table["intervals"]) for row in table["rows"]]
        if rows != table["rows"]:
            results.write((folder or results.FOLDER) / f"{name}.json", {**table, "rows": rows})
            changed.append(name)
    return changed


def without_computed(row: dict, intervals: dict[str, list[str]]) -> dict:
    """Return a row less the columns that follow from its runs."""
    numbers = results.computed(row, intervals)
    return {name: value for name, value in row.items() if name not in numbers}


def main(words: list[str] | None = None) -> int:
    """Run a command; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.results", description=__doc__.split("\n")[0])
    parser.add_argument("command", choices=["check", "recompute"])
    command = parser.parse_args(words).command
    if command == "recompute":
        for name in take_out_computed():
            print(f"{name}.json: computed numbers taken out")
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        return 1
    print(f"{len(results.names())} tables: their means and intervals follow from their runs")
    try:
        return card.update(SET, only_check=command == "check")
    except UnusableSourceError as error:
        print(f"The data card was not looked at: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
