"""Measure the table of `benchmarks.lfw_table`."""

import argparse

from benchmarks import lfw_table
from benchmarks.kept_runs import use_one_thread
from benchmarks.lfw_table import table
from benchmarks.lfw_table.photographs import Photographs
from benchmarks.lfw_table.systems import SYSTEMS
from course_utils.protocols import lfw_scores


def main(arguments: list[str] | None = None) -> None:
    """Score View 1 where it is not stored yet, then View 2 where it is not stored yet; print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.lfw_table", description=lfw_table.__doc__.split("\n")[0]
    )
    parser.add_argument("--view1", action="store_true", help="score View 1 only")
    parser.add_argument("--only", nargs="+", choices=SYSTEMS, metavar="SYSTEM", help=f"of {'; '.join(SYSTEMS)}")
    options = parser.parse_args(arguments)
    use_one_thread()
    photographs = Photographs()
    for name in options.only or SYSTEMS:
        known = [row["candidate"] for row in table.stored_rows() if (row["view"], row["system"]) == (table.VIEW1, name)]
        if any(each not in known for each in SYSTEMS[name].candidates):
            table.keep(table.measure_view1(name, photographs), photographs)
    if options.view1:
        return
    for name in options.only or SYSTEMS:
        if not any((row["view"], row["system"]) == (table.VIEW2, name) for row in table.stored_rows()):
            chosen = table.choice(name, table.stored_rows())
            table.keep([table.measure_view2(name, chosen, photographs)], photographs)
    table.show(lfw_scores.table())


if __name__ == "__main__":
    main()
