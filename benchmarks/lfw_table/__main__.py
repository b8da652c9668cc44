"""Measure the table of `benchmarks.lfw_table`."""

import argparse

from benchmarks import lfw_table
from benchmarks.kept_runs import use_one_thread
from benchmarks.lfw_table import table
from benchmarks.lfw_table.olivetti import WithOlivetti
from benchmarks.lfw_table.photographs import Photographs
from benchmarks.lfw_table.systems import SYSTEMS
from course_utils.protocols import lfw_scores


def main(arguments: list[str] | None = None) -> None:
    """Score View 1, then View 2 and Olivetti, each where it is not stored yet; print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.lfw_table", description=lfw_table.__doc__.split("\n")[0]
    )
    parser.add_argument("--view1", action="store_true", help="score View 1 only")
    parser.add_argument("--only", nargs="+", choices=SYSTEMS, metavar="SYSTEM", help=f"of {'; '.join(SYSTEMS)}")
    parser.add_argument("--workers", type=int, default=2, help="processes that train networks; 0: all in this one")
    options = parser.parse_args(arguments)
    use_one_thread()
    wanted, photographs, both = options.only or SYSTEMS, Photographs(), WithOlivetti()
    for name in wanted:
        known = [row["candidate"] for row in table.rows_of(name, table.VIEW1, table.stored_rows())]
        if any(each not in known for each in SYSTEMS[name].candidates):
            table.keep(table.measure_view1(name, photographs), photographs)
    if options.view1:
        return
    for name in wanted:
        chosen = table.choice(name, table.stored_rows())
        if not table.rows_of(name, table.VIEW2, table.stored_rows()):
            table.keep([table.measure_view2(name, chosen, photographs, options.workers)], photographs)
        if not table.rows_of(name, table.OLIVETTI, table.stored_rows()):
            table.keep([table.measure_olivetti(name, chosen, both)], photographs)
    table.show(lfw_scores.table())


if __name__ == "__main__":
    main()
