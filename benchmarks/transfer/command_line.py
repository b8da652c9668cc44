"""Read the command line of a benchmark that trains networks."""

import argparse
from dataclasses import asdict, fields

from benchmarks.transfer.recipe import Recipe


def parse(
    program: str, summary: str, rows: list[str], arguments: list[str] | None, beyond_view1: bool
) -> argparse.Namespace:
    """Read the command line of a benchmark that trains these rows, and scores them on more than View 1, or not.

    Returns
    -------
    argparse.Namespace
        Among it ``changes``, fields of the recipe that hold for every network; and ``stored``: True if what is measured
        is to be stored.
    """
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{program}", description=summary)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="one training each")
    parser.set_defaults(view1=False)
    if beyond_view1:
        parser.add_argument("--view1", action="store_true", help="score View 1 only, and store nothing")
    parser.add_argument("--only", nargs="+", choices=rows, metavar="ROW",
                        help=f"measure only these; the others stay as they are stored: {'; '.join(rows)}")  # fmt: skip
    for field in fields(Recipe):
        if field.type in (int, float):
            help_text = "for all networks; nothing is stored then"
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), help=help_text)
    parser.add_argument("--precision", choices=["float32", "mixed_bfloat16"], help="for all networks")
    options = parser.parse_args(arguments)
    options.changes = {name: value for name in asdict(Recipe()) if (value := getattr(options, name, None)) is not None}
    options.stored = not (options.view1 or set(options.changes) - {"precision"})
    return options
