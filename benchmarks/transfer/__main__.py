"""Measure the table of `benchmarks.transfer`."""

from benchmarks import transfer
from benchmarks.transfer.command_line import parse
from benchmarks.transfer.people import SIZE, People, load_people
from benchmarks.transfer.real_faces import RealFaces, version
from benchmarks.transfer.recipe import NETWORKS
from benchmarks.transfer.table import measure_all, measure_simple, record
from course_utils.datasets import load_faces

BASELINES = "baselines"  # what `--only` calls the rows that are not trained


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the table and store it."""
    options = parse("transfer", transfer.__doc__.split("\n")[0], [BASELINES, *NETWORKS], arguments, beyond_view1=True)
    real = RealFaces(load_faces("lfw", size=SIZE), None if options.view1 else load_faces("olivetti"))
    rows = []
    if not options.only or BASELINES in options.only:
        rows = measure_simple(load_people(People()), real, options.seeds)
    rows += measure_all(NETWORKS, real, options)
    record("transfer", rows, options, version(real.lfw))


if __name__ == "__main__":
    main()
